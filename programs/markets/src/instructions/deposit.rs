use anchor_lang::prelude::*;
use hypernode_runtime::tokens::{amount_of, transfer};

use crate::{errors::MarketsError, events::Deposited, state::BuyerAccount};

#[derive(Accounts)]
pub struct Deposit {
    #[account(address = buyer.owner @ MarketsError::NotOwner)]
    pub owner: Signer,
    #[account(mut)]
    pub buyer: Account<BuyerAccount>,
    /// CHECK: address constraint; the token program checks the rest.
    #[account(mut, address = buyer.vault @ MarketsError::WrongVault)]
    pub vault: UncheckedAccount,
    /// CHECK: the token program requires the vault's mint and the owner's signature.
    #[account(mut)]
    pub source: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl Deposit {
    pub fn deposit(ctx: &mut Context<Self>, amount: u64) -> Result<()> {
        require!(amount > 0, MarketsError::ZeroAmount);
        let accounts = &mut ctx.accounts;
        let buyer = &mut accounts.buyer;
        buyer.credit(amount)?;
        transfer(&accounts.source, &accounts.vault, &accounts.owner, amount)?;
        buyer.invariant(amount_of(&accounts.vault)?)?;
        emit!(Deposited {
            buyer: buyer.owner,
            amount: amount.into(),
            available: buyer.available,
        });
        Ok(())
    }
}
