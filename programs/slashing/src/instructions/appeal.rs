use anchor_lang::prelude::*;
use hypernode_runtime::tokens::transfer;

use crate::{
    errors::SlashingError,
    events::ReportAppealed,
    state::{Config, Report},
};

#[derive(Accounts)]
pub struct Appeal {
    #[account(address = report.accused @ SlashingError::NotAccused)]
    pub accused: Signer,
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut)]
    pub report: Account<Report>,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: the token program requires the vault's mint and the accused's signature.
    #[account(mut)]
    pub source: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl Appeal {
    pub fn appeal(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let report = &mut accounts.report;
        let old_status = report.status;
        report.appeal(Clock::get()?.unix_timestamp)?;
        transfer(
            &accounts.source,
            &accounts.vault,
            &accounts.accused,
            report.appeal_bond.get(),
        )?;

        report.invariant()?;
        emit!(ReportAppealed {
            report: *report.address(),
            accused: report.accused,
            appeal_bond: report.appeal_bond,
            voting_ends_at: report.voting_ends_at,
            old_status,
            new_status: report.status,
        });
        Ok(())
    }
}
