use anchor_lang::prelude::*;
use hypernode_runtime::tokens::amount_of;

use crate::{
    constants::ALL, errors::MarketsError, events::Withdrawn, state::BuyerAccount,
    tokens::transfer_from_vault,
};

#[derive(Accounts)]
pub struct Withdraw {
    #[account(address = buyer.owner @ MarketsError::NotOwner)]
    pub owner: Signer,
    #[account(mut)]
    pub buyer: Account<BuyerAccount>,
    /// CHECK: address constraint; the token program checks the rest.
    #[account(mut, address = buyer.vault @ MarketsError::WrongVault)]
    pub vault: UncheckedAccount,
    /// CHECK: the owner chooses it; the token program requires the vault's mint.
    #[account(mut)]
    pub destination: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl Withdraw {
    pub fn withdraw(ctx: &mut Context<Self>, amount: u64) -> Result<()> {
        require!(amount > 0, MarketsError::ZeroAmount);
        let accounts = &mut ctx.accounts;
        let buyer = &mut accounts.buyer;

        // Credit tokens that other wallets sent to the vault to the owner, or the vault could never be closed.
        buyer.credit_surplus(amount_of(&accounts.vault)?)?;
        let amount = if amount == ALL {
            buyer.available.get()
        } else {
            amount
        };
        buyer.debit(amount)?;
        transfer_from_vault(buyer, &accounts.vault, &accounts.destination, amount)?;

        buyer.invariant(amount_of(&accounts.vault)?)?;
        emit!(Withdrawn {
            buyer: buyer.owner,
            amount: amount.into(),
            available: buyer.available,
        });
        Ok(())
    }
}
