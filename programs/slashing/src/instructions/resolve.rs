use anchor_lang::prelude::*;
use staking::Stake;

use crate::{
    errors::SlashingError,
    events::ReportResolved,
    programs::Staking,
    stakes::release_hold,
    state::{Config, Record, Report},
};

#[derive(Accounts)]
pub struct Resolve {
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut)]
    pub report: Account<Report>,
    #[account(mut)]
    pub record: Account<Record>,
    /// Stake of the accused. There is one per wallet.
    #[account(mut)]
    pub stake: Account<Stake>,
    pub staking_program: Program<Staking>,
}

impl Resolve {
    fn validate(&self) -> Result<()> {
        let accused = self.report.accused;
        // record
        require!(self.record.accused == accused, SlashingError::WrongRecord);
        // stake
        require!(self.stake.owner == accused, SlashingError::WrongStake);
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn resolve(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let report = &mut accounts.report;
        let old_status = report.status;
        report.resolve(Clock::get()?.unix_timestamp)?;
        if report.status.is_end() {
            accounts.record.close_one()?;
            release_hold(&accounts.config, &mut accounts.stake);
        }

        report.invariant()?;
        emit!(ReportResolved {
            report: *report.address(),
            accused: report.accused,
            round: report.round,
            uphold_weight: report.uphold_weight,
            overturn_weight: report.overturn_weight,
            voters: report.voters,
            executable_at: report.executable_at,
            accused_due: report.accused_due,
            old_status,
            new_status: report.status,
        });
        Ok(())
    }
}
