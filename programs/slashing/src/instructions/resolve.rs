use anchor_lang::prelude::*;
use staking::Stake;

use crate::{
    errors::SlashingError,
    events::ReportResolved,
    programs::Staking,
    stakes::{hold_more, release_hold},
    state::{Config, Record, Report, ReportStatus},
};

#[derive(Accounts)]
pub struct Resolve {
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut)]
    pub report: Account<Report>,
    /// Of the accused. For the verdict on a job pass this program's address.
    #[account(mut)]
    pub record: Option<Account<Record>>,
    /// Stake of the accused. There is one per wallet.
    #[account(mut)]
    pub stake: Account<Stake>,
    pub staking_program: Program<Staking>,
}

impl Resolve {
    fn validate(&self) -> Result<()> {
        let accused = self.report.accused;
        // record
        require_record(&self.report, &self.record)?;
        // stake
        require!(self.stake.owner == accused, SlashingError::WrongStake);
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn resolve(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let report = &mut accounts.report;
        let old_status = report.status;
        let (config, stake) = (&accounts.config, &mut accounts.stake);
        let held = report.held();
        report.resolve(stake.free(), Clock::get()?.unix_timestamp)?;
        if report.status.is_end() {
            if let Some(record) = &mut accounts.record {
                record.close_one()?;
            }
            release_hold(config, stake, held);
        } else if report.status == ReportStatus::Confirmed {
            hold_more(config, stake, report.held());
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
            amount: report.amount,
            accused_due: report.accused_due,
            validators_due: report.validators_due,
            old_status,
            new_status: report.status,
        });
        Ok(())
    }
}

/// Check that a report by bond comes with the accused's record, and a verdict on a job without one.
pub fn require_record(report: &Report, record: &Option<Account<Record>>) -> Result<()> {
    let fits = match record {
        Some(record) => !report.is_from_job() && record.accused == report.accused,
        None => report.is_from_job(),
    };
    require!(fits, SlashingError::WrongRecord);
    Ok(())
}
