use anchor_lang::prelude::*;
use hypernode_runtime::tokens::{amount_of, transfer};

use crate::{constants::AUTHORITY, errors::GovernanceError, events::TreasurySpent};

#[derive(Accounts)]
pub struct TreasuryTransfer {
    /// Signs only inside `execute`.
    #[account(address = AUTHORITY @ GovernanceError::NotAuthority)]
    pub authority: Signer,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"treasury"], bump)]
    pub treasury: UncheckedAccount,
    /// CHECK: the proposal names it; the token program requires the treasury's mint.
    #[account(mut)]
    pub destination: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl TreasuryTransfer {
    pub fn treasury_transfer(ctx: &mut Context<Self>, amount: u64) -> Result<()> {
        require!(amount > 0, GovernanceError::ZeroAmount);
        let accounts = &ctx.accounts;
        transfer(
            &accounts.treasury,
            &accounts.destination,
            &accounts.authority,
            amount,
        )?;
        emit!(TreasurySpent {
            destination: *accounts.destination.address(),
            amount: amount.into(),
            balance: amount_of(&accounts.treasury)?.into(),
        });
        Ok(())
    }
}
