#![allow(unused_variables)] // The derive does not see that a seed uses an instruction argument.

use anchor_lang::prelude::*;
use staking::{Pool, Stake};

use crate::{
    errors::SlashingError,
    events::SentenceOpened,
    instructions::report::weight_of_others,
    jobs::Ended,
    programs::{Markets, Staking},
    stakes::{close_outcome, hold},
    state::{Config, Report},
};

#[derive(Accounts)]
#[instruction(sequence: u64)]
pub struct OpenFromJob {
    /// Pays the rent of the report. May have paid the job's.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// Numbers the report.
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
    /// CHECK: `Ended::read` checks owner and kind, and markets that it was rejected or finally timed out. It is closed.
    #[account(mut)]
    pub job: UncheckedAccount,
    /// CHECK: markets requires the wallet that paid the job's rent.
    #[account(mut, unsafe(dup))]
    pub job_payer: UncheckedAccount,
    /// CHECK: markets requires the job's node.
    #[account(mut)]
    pub node: UncheckedAccount,
    #[account(seeds = [b"pool"], bump = pool.bump, seeds::program = staking::ID)]
    pub pool: Account<Pool>,
    /// Stake of the operator that the job froze. There is one per wallet.
    #[account(mut)]
    pub stake: Account<Stake>,
    #[account(
        init, payer = payer,
        seeds = [b"sentence", job.address().as_ref(), &sequence.to_le_bytes()], bump,
    )]
    pub report: Account<Report>,
    pub markets_program: Program<Markets>,
    pub staking_program: Program<Staking>,
    pub system_program: Program<System>,
}

impl OpenFromJob {
    /// Markets refuses a job that has not ended, so nothing is claimed here: who, why and how much stand in the job.
    pub fn open_from_job(ctx: &mut Context<Self>, sequence: u64) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let ended = Ended::read(&accounts.job)?;
        require!(ended.sequence == sequence, SlashingError::WrongJob);
        // stake
        require!(
            accounts.stake.owner == ended.operator,
            SlashingError::WrongStake
        );
        let (report, config, stake) = (
            &mut accounts.report,
            &mut accounts.config,
            &mut accounts.stake,
        );
        report.payer = *accounts.payer.address();
        report.bump = ctx.bumps.report;
        report.convict(*accounts.job.address(), &ended, stake.free(), config)?;
        let total_weight = weight_of_others(&accounts.pool, stake)?;
        report.open_confirmed(total_weight, Clock::get()?.unix_timestamp)?;
        hold(config, stake, report.amount.get());

        report.invariant()?;
        emit!(SentenceOpened {
            report: *report.address(),
            accused: report.accused,
            job: report.job,
            sequence: report.sequence,
            attempt: report.attempt,
            evidence: report.evidence,
            reason: report.reason,
            sentence: ended.sentence.into(),
            amount: report.amount,
            total_weight: report.total_weight,
            executable_at: report.executable_at,
            new_status: report.status,
        });
        close_outcome(
            config,
            &mut accounts.job,
            &mut accounts.job_payer,
            &mut accounts.node,
        );
        Ok(())
    }
}
