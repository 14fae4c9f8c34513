#![allow(unused_variables)] // The derive does not see that a seed uses an instruction argument.

use anchor_lang::prelude::*;
use hypernode_runtime::tokens::transfer;
use staking::{Pool, Stake};

use crate::{
    errors::SlashingError,
    events::FaultReported,
    jobs::exposure_of,
    programs::Staking,
    stakes::hold,
    state::{Config, FaultReason, Record, Report},
};

#[derive(Accounts)]
#[instruction(evidence: [u8; 32])]
pub struct OpenReport {
    pub reporter: Signer,
    /// Pays the rent; may be the reporter.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// Numbers the report.
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(seeds = [b"pool"], bump = pool.bump, seeds::program = staking::ID)]
    pub pool: Account<Pool>,
    /// Stake of the accused. There is one per wallet.
    #[account(mut)]
    pub stake: Account<Stake>,
    #[account(
        init, payer = payer, seeds = [b"report", stake.owner.as_ref(), evidence.as_ref()], bump,
    )]
    pub report: Account<Report>,
    #[account(
        init_if_needed, payer = payer, seeds = [b"record", stake.owner.as_ref()], bump,
    )]
    pub record: Account<Record>,
    /// CHECK: `exposure_of` checks the address. Empty if the accused has no node.
    pub node: UncheckedAccount,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: the token program requires the vault's mint and the reporter's signature.
    #[account(mut)]
    pub source: UncheckedAccount,
    pub staking_program: Program<Staking>,
    pub token_program: Program<Token>,
    pub system_program: Program<System>,
}

impl OpenReport {
    fn validate(&self, evidence: &[u8; 32]) -> Result<()> {
        require!(
            self.reporter.address() != &self.stake.owner,
            SlashingError::SelfReport
        );
        require!(*evidence != [0; 32], SlashingError::EmptyEvidence);
        Ok(())
    }

    #[access_control(ctx.accounts.validate(&evidence))]
    pub fn report(ctx: &mut Context<Self>, evidence: [u8; 32], reason: FaultReason) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (report, config, stake) = (
            &mut accounts.report,
            &mut accounts.config,
            &mut accounts.stake,
        );
        let now = Clock::get()?.unix_timestamp;
        let backing = exposure_of(&accounts.node, &stake.owner)?;
        let free = stake.free().saturating_sub(backing);

        report.accused = stake.owner;
        report.reporter = *accounts.reporter.address();
        report.payer = *accounts.payer.address();
        report.bump = ctx.bumps.report;
        report.accuse(evidence, reason, free, config)?;
        let total_weight = weight_of_others(&accounts.pool, stake)?;
        report.open(config.bond.get(), total_weight, now)?;
        let (record, bump) = (&mut accounts.record, ctx.bumps.record);
        record.open(&report.accused, accounts.payer.address(), bump)?;
        transfer(
            &accounts.source,
            &accounts.vault,
            &accounts.reporter,
            report.bond.get(),
        )?;
        hold(config, stake, 0);

        record.invariant()?;
        report.invariant()?;
        emit!(FaultReported {
            report: *report.address(),
            accused: report.accused,
            reporter: report.reporter,
            evidence: report.evidence,
            reason: report.reason,
            amount: report.amount,
            bond: report.bond,
            total_weight: report.total_weight,
            voting_ends_at: report.voting_ends_at,
            new_status: report.status,
        });
        Ok(())
    }
}

/// Return the total weight without the accused's, which does not count towards a quorum.
pub fn weight_of_others(pool: &Pool, stake: &Stake) -> Result<u64> {
    pool.total_weight
        .checked_sub(stake.weight)
        .map(|weight| weight.get())
        .ok_or(SlashingError::Overflow.into())
}
