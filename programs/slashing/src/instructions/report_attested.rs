#![allow(unused_variables)] // The derive does not see that a seed uses an instruction argument.

use anchor_lang::prelude::*;
use staking::{Pool, Stake};

use crate::{
    constants::{MAX_ATTESTATION_LIFE, ORACLE_SET},
    errors::SlashingError,
    events::FaultAttested,
    instructions::report::{begin_record, require_unpunished, weight_of_others},
    oracles::{digest, require_quorum, OracleSet},
    programs::Staking,
    stakes::hold,
    state::{Accusation, Config, Record, Report},
};

#[derive(Accounts)]
#[instruction(evidence: [u8; 32])]
pub struct OpenAttestedReport {
    /// The oracles signed this wallet, so that another wallet cannot copy the transaction and earn the bounty.
    pub reporter: Signer,
    /// Pays the rent; may be the reporter.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// Numbers the report.
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
    /// CHECK: address constraint; `OracleSet::read` checks the content.
    #[account(address = ORACLE_SET @ SlashingError::WrongOracleSet)]
    pub oracle_set: UncheckedAccount,
    #[account(seeds = [b"pool"], bump = pool.bump, seeds::program = staking::ID)]
    pub pool: Account<Pool>,
    /// Stake of the accused. There is one per wallet.
    #[account(mut)]
    pub stake: Account<Stake>,
    #[account(
        init, payer = payer, seeds = [b"attested", stake.owner.as_ref(), evidence.as_ref()], bump,
    )]
    pub report: Account<Report>,
    #[account(
        init_if_needed, payer = payer, seeds = [b"record", stake.owner.as_ref()], bump,
    )]
    pub record: Account<Record>,
    /// CHECK: `require_unpunished` checks that this job's fault account is at this address and does not exist.
    pub fault: UncheckedAccount,
    pub staking_program: Program<Staking>,
    pub system_program: Program<System>,
    pub instructions: Sysvar<SysvarInstructions>,
}

impl OpenAttestedReport {
    fn validate(&self, accusation: &Accusation, expires_at: i64) -> Result<()> {
        // stake
        require!(self.stake.amount > 0, SlashingError::NothingAtStake);
        // accusation
        require!(
            accusation.reason.is_objective(),
            SlashingError::NotObjective
        );
        accusation.validate(self.reporter.address(), &self.stake.owner)?;
        let life = expires_at.checked_sub(Clock::get()?.unix_timestamp);
        require!(
            life.is_some_and(|left| (0..=MAX_ATTESTATION_LIFE).contains(&left)),
            SlashingError::BadExpiry
        );
        Ok(())
    }

    #[access_control(ctx.accounts.validate(accusation, expires_at))]
    pub fn report_attested(
        ctx: &mut Context<Self>,
        accusation: &Accusation,
        expires_at: i64,
    ) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (report, config, stake) = (
            &mut accounts.report,
            &mut accounts.config,
            &mut accounts.stake,
        );
        let reporter = accounts.reporter.address();
        let data = accounts.oracle_set.account().try_borrow()?;
        let oracles = OracleSet::read(&data)?;
        let digest = digest(oracles, &stake.owner, reporter, accusation, expires_at);
        let signers = require_quorum(&accounts.instructions, oracles, &digest)?;

        report.accused = stake.owner;
        report.reporter = *reporter;
        report.payer = *accounts.payer.address();
        report.bump = ctx.bumps.report;
        report.fault_bump = require_unpunished(&accounts.fault, accusation, &stake.owner)?;
        report.accuse(accusation, config)?;
        let total_weight = weight_of_others(&accounts.pool, stake)?;
        report.attest(total_weight, Clock::get()?.unix_timestamp)?;
        begin_record(
            &mut accounts.record,
            report,
            ctx.bumps.record,
            *accounts.payer.address(),
        )?;
        hold(config, stake);

        report.invariant()?;
        emit!(FaultAttested {
            report: *report.address(),
            accused: report.accused,
            reporter: report.reporter,
            buyer: report.buyer,
            job: report.job,
            sequence: report.sequence,
            attempt: report.attempt,
            evidence: report.evidence,
            reason: report.reason,
            signers,
            total_weight: report.total_weight,
            executable_at: report.executable_at,
            new_status: report.status,
        });
        Ok(())
    }
}
