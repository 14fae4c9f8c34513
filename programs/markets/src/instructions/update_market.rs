#![allow(unused_variables)] // The derive does not see that a constraint uses an instruction argument.

use anchor_lang::prelude::*;

use crate::{
    errors::MarketsError,
    events::MarketUpdated,
    state::{Market, MarketTerms},
};

#[derive(Accounts)]
#[instruction(terms: MarketTerms)]
pub struct UpdateMarket {
    #[account(address = market.creator @ MarketsError::NotCreator)]
    pub creator: Signer,
    /// Signs too, so that no market names a matcher that does not know it.
    #[account(address = terms.matcher @ MarketsError::NotMatcher)]
    pub matcher: Signer,
    #[account(mut)]
    pub market: Account<Market>,
}

impl UpdateMarket {
    pub fn update_market(ctx: &mut Context<Self>, terms: MarketTerms) -> Result<()> {
        let market = &mut ctx.accounts.market;
        market.set(terms);
        market.invariant()?;
        emit!(MarketUpdated {
            market: *market.address(),
            creator: market.creator,
            market_id: market.market_id,
            matcher: market.matcher,
            price_per_second: market.price_per_second,
            min_timeout_seconds: market.min_timeout_seconds,
            max_timeout_seconds: market.max_timeout_seconds,
            job_ttl: market.job_ttl,
            start_allowance: market.start_allowance,
            grace: market.grace,
            verdict_floor: market.verdict_floor,
            min_stake: market.min_stake,
            min_reputation: market.min_reputation,
            audit_bps: market.audit_bps,
            max_attempts: market.max_attempts,
        });
        Ok(())
    }
}
