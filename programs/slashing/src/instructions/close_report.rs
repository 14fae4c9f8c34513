use anchor_lang::prelude::*;

use crate::{
    errors::SlashingError,
    events::ReportClosed,
    state::{Config, Report},
    tokens::burn_from_vault,
};

#[derive(Accounts)]
pub struct CloseReport {
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut, close = payer)]
    pub report: Account<Report>,
    /// CHECK: address constraint. Paid the report's rent.
    #[account(mut, address = report.payer @ SlashingError::WrongPayer)]
    pub payer: UncheckedAccount,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: address constraint; the token program checks the rest.
    #[account(mut, address = config.mint @ SlashingError::WrongMint)]
    pub mint: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl CloseReport {
    pub fn close_report(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &ctx.accounts;
        let report = &accounts.report;
        let rest = report.leave(Clock::get()?.unix_timestamp)?;
        burn_from_vault(&accounts.config, &accounts.vault, &accounts.mint, rest)?;
        emit!(ReportClosed {
            report: *report.address(),
            accused: report.accused,
            burned: rest.into(),
        });
        Ok(())
    }
}
