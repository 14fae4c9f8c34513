use anchor_lang::prelude::*;
use staking::Stake;

use crate::{
    errors::SlashingError,
    events::ReportMooted,
    programs::Staking,
    stakes::release_hold,
    state::{Config, Fault, Record, Report},
};

#[derive(Accounts)]
pub struct DismissMoot {
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut)]
    pub report: Account<Report>,
    #[account(mut)]
    pub record: Account<Record>,
    /// Fault of the same job, executed by another report.
    pub fault: Account<Fault>,
    /// Stake of the accused. There is one per wallet.
    #[account(mut)]
    pub stake: Account<Stake>,
    pub staking_program: Program<Staking>,
}

impl DismissMoot {
    fn validate(&self) -> Result<()> {
        let Self {
            report,
            record,
            fault,
            stake,
            ..
        } = self;

        // record
        require!(record.accused == report.accused, SlashingError::WrongRecord);
        // fault
        let same = fault.accused == report.accused
            && fault.subject == report.subject()
            && fault.sequence == report.sequence;
        require!(same, SlashingError::WrongFault);
        // stake
        require!(stake.owner == report.accused, SlashingError::WrongStake);
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn dismiss_moot(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let report = &mut accounts.report;
        let old_status = report.status;
        report.moot(Clock::get()?.unix_timestamp)?;
        accounts.record.close_one()?;
        release_hold(&accounts.config, &mut accounts.stake);

        report.invariant()?;
        emit!(ReportMooted {
            report: *report.address(),
            accused: report.accused,
            reporter_due: report.reporter_due,
            accused_due: report.accused_due,
            old_status,
            new_status: report.status,
        });
        Ok(())
    }
}
