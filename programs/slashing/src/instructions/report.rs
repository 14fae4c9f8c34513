#![allow(unused_variables)] // The derive does not see that a seed uses an instruction argument.

use anchor_lang::prelude::*;
use hypernode_runtime::tokens::transfer;
use staking::{Pool, Stake};

use crate::{
    errors::SlashingError,
    events::FaultReported,
    programs::Staking,
    stakes::hold,
    state::{fault_address, Accusation, Config, Record, Report},
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
    /// CHECK: `require_unpunished` checks that this job's fault account is at this address and does not exist.
    pub fault: UncheckedAccount,
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
    fn validate(&self, accusation: &Accusation) -> Result<()> {
        // stake
        require!(self.stake.amount > 0, SlashingError::NothingAtStake);
        // accusation
        accusation.validate(self.reporter.address(), &self.stake.owner)
    }

    #[access_control(ctx.accounts.validate(accusation))]
    pub fn report(ctx: &mut Context<Self>, accusation: &Accusation) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (report, config, stake) = (
            &mut accounts.report,
            &mut accounts.config,
            &mut accounts.stake,
        );
        let now = Clock::get()?.unix_timestamp;

        report.accused = stake.owner;
        report.reporter = *accounts.reporter.address();
        report.payer = *accounts.payer.address();
        report.bump = ctx.bumps.report;
        report.fault_bump = require_unpunished(&accounts.fault, accusation, &stake.owner)?;
        report.accuse(accusation, config)?;
        let total_weight = weight_of_others(&accounts.pool, stake)?;
        report.open(config.bond, total_weight, now)?;
        begin_record(
            &mut accounts.record,
            report,
            ctx.bumps.record,
            *accounts.payer.address(),
        )?;
        transfer(
            &accounts.source,
            &accounts.vault,
            &accounts.reporter,
            config.bond.get(),
        )?;
        hold(config, stake);

        report.invariant()?;
        emit!(FaultReported {
            report: *report.address(),
            accused: report.accused,
            reporter: report.reporter,
            buyer: report.buyer,
            job: report.job,
            sequence: report.sequence,
            evidence: report.evidence,
            reason: report.reason,
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

/// Refuse a job that was already punished. Return the bump of its fault account.
pub fn require_unpunished(
    fault: &UncheckedAccount,
    accusation: &Accusation,
    accused: &Address,
) -> Result<u8> {
    let (expected, bump) = fault_address(accused, &accusation.subject(), accusation.sequence);
    require!(*fault.address() == expected, SlashingError::WrongFault);
    require!(
        !fault.account().owned_by(&crate::ID),
        SlashingError::AlreadyPunished
    );
    Ok(bump)
}

/// Count the report in the accused's record, which may be new.
pub fn begin_record(record: &mut Record, report: &Report, bump: u8, payer: Address) -> Result<()> {
    if record.accused == Address::default() {
        record.accused = report.accused;
        record.payer = payer;
        record.bump = bump;
    }
    record.open(report.attested.get())?;
    record.invariant()
}
