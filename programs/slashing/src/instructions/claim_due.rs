use anchor_lang::prelude::*;

use crate::{
    events::DueClaimed,
    state::{Config, Report},
    tokens::{transfer_from_vault, wallet_of},
};

#[derive(Accounts)]
pub struct ClaimDue {
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut)]
    pub report: Account<Report>,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: its owner decides which dues are paid; the token program requires the vault's mint.
    #[account(mut)]
    pub destination: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl ClaimDue {
    pub fn claim_due(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let report = &mut accounts.report;
        let wallet = wallet_of(&accounts.destination)?;
        let amount = report.claim(&wallet)?;
        transfer_from_vault(
            &accounts.config,
            &accounts.vault,
            &accounts.destination,
            amount,
        )?;

        report.invariant()?;
        emit!(DueClaimed {
            report: *report.address(),
            wallet,
            amount: amount.into(),
        });
        Ok(())
    }
}
