use anchor_lang::prelude::*;

use crate::{errors::MarketsError, events::BuyerClosed, state::BuyerAccount, tokens::close_vault};

#[derive(Accounts)]
pub struct CloseBuyer {
    #[account(address = buyer.owner @ MarketsError::NotOwner)]
    pub owner: Signer,
    #[account(mut, close = payer)]
    pub buyer: Account<BuyerAccount>,
    /// CHECK: address constraint; the token program checks the rest.
    #[account(mut, address = buyer.vault @ MarketsError::WrongVault)]
    pub vault: UncheckedAccount,
    /// CHECK: address constraint. Paid the rent; may be the owner.
    #[account(mut, unsafe(dup), address = buyer.payer @ MarketsError::WrongPayer)]
    pub payer: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl CloseBuyer {
    fn validate(&self) -> Result<()> {
        // buyer
        require!(self.buyer.liabilities()? == 0, MarketsError::BuyerNotEmpty);
        require!(
            Clock::get()?.slot > self.buyer.opened_slot.get(),
            MarketsError::OpenedInThisSlot
        );
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn close_buyer(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &ctx.accounts;
        let buyer = &accounts.buyer;
        close_vault(buyer, &accounts.vault, &accounts.payer)?;
        emit!(BuyerClosed {
            buyer: buyer.owner,
            payer: buyer.payer,
        });
        Ok(())
    }
}
