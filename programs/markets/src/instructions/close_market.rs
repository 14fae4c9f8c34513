use anchor_lang::prelude::*;

use crate::{errors::MarketsError, events::MarketClosed, state::Market};

#[derive(Accounts)]
pub struct CloseMarket {
    #[account(address = market.creator @ MarketsError::NotCreator)]
    pub creator: Signer,
    #[account(mut, close = payer)]
    pub market: Account<Market>,
    /// CHECK: address constraint. Paid the rent; may be the creator.
    #[account(mut, unsafe(dup), address = market.payer @ MarketsError::WrongPayer)]
    pub payer: UncheckedAccount,
}

impl CloseMarket {
    pub fn close_market(ctx: &mut Context<Self>) -> Result<()> {
        let market = &ctx.accounts.market;
        emit!(MarketClosed {
            market: *market.address(),
            creator: market.creator,
        });
        Ok(())
    }
}
