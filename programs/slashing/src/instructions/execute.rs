use anchor_lang::prelude::*;
use staking::{Pool, Stake};

use crate::{
    errors::SlashingError,
    events::ReportExecuted,
    instructions::resolve::require_record,
    programs::Staking,
    stakes::{release_hold, slash, Slash},
    state::{Config, Record, Report},
    tokens::burn_from_vault,
};

#[derive(Accounts)]
pub struct Execute {
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut)]
    pub report: Account<Report>,
    /// Of the accused. For the verdict on a job pass this program's address.
    #[account(mut)]
    pub record: Option<Account<Record>>,
    #[account(mut)]
    pub pool: Account<Pool>,
    /// Stake of the accused. There is one per wallet.
    #[account(mut)]
    pub stake: Account<Stake>,
    /// CHECK: staking checks it.
    #[account(mut)]
    pub stake_vault: UncheckedAccount,
    /// CHECK: staking checks it.
    pub accumulator: UncheckedAccount,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: address constraint; the token program checks the rest.
    #[account(mut, address = config.mint @ SlashingError::WrongMint)]
    pub mint: UncheckedAccount,
    pub staking_program: Program<Staking>,
    pub token_program: Program<Token>,
}

impl Execute {
    fn validate(&self) -> Result<()> {
        let accused = self.report.accused;
        // record
        require_record(&self.report, &self.record)?;
        // stake
        require!(self.stake.owner == accused, SlashingError::WrongStake);
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn execute(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let now = Clock::get()?.unix_timestamp;
        let old_status = accounts.report.status;
        accounts.report.require_executable(now)?;

        let report = &mut accounts.report;
        let (config, stake) = (&accounts.config, &mut accounts.stake);
        if let Some(record) = &mut accounts.record {
            record.charge(report, stake.amount.get(), now)?;
            record.close_one()?;
            record.invariant()?;
        }
        report.execute(now)?;
        let slashed = report.slashed.get();
        release_hold(config, stake, slashed);
        let taking = Slash {
            pool: &mut accounts.pool,
            stake,
            stake_vault: &mut accounts.stake_vault,
            accumulator: &accounts.accumulator,
            destination: &mut accounts.vault,
            token_program: &accounts.token_program,
        };
        slash(config, taking, slashed);
        let burned = report.burned.get();
        burn_from_vault(config, &accounts.vault, &accounts.mint, burned)?;

        report.invariant()?;
        emit!(ReportExecuted {
            report: *report.address(),
            accused: report.accused,
            job: report.job,
            sequence: report.sequence,
            reason: report.reason,
            slashed: report.slashed,
            burned: report.burned,
            reporter_due: report.reporter_due,
            validators_due: report.validators_due,
            old_status,
            new_status: report.status,
        });
        Ok(())
    }
}
