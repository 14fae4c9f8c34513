#![allow(unused_variables)] // The derive does not see that a seed uses an instruction argument.

use anchor_lang::prelude::*;

use crate::{
    constants::PAUSE_NEW_JOBS,
    errors::MarketsError,
    events::MarketCreated,
    state::{Config, Market, MarketTerms},
};

#[derive(Accounts)]
#[instruction(market_id: [u8; 32], terms: MarketTerms)]
pub struct CreateMarket {
    pub creator: Signer,
    /// Signs too, so that no market names a matcher that does not know it.
    #[account(address = terms.matcher @ MarketsError::NotMatcher)]
    pub matcher: Signer,
    /// Pays the rent; may be the creator.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(
        init, payer = payer,
        seeds = [b"market", creator.address().as_ref(), market_id.as_ref()], bump,
    )]
    pub market: Account<Market>,
    pub system_program: Program<System>,
}

impl CreateMarket {
    fn validate(&self) -> Result<()> {
        // config
        require!(!self.config.is_paused(PAUSE_NEW_JOBS), MarketsError::Paused);
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn create_market(
        ctx: &mut Context<Self>,
        market_id: [u8; 32],
        terms: MarketTerms,
    ) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let market = &mut accounts.market;
        market.creator = *accounts.creator.address();
        market.market_id = market_id;
        market.payer = *accounts.payer.address();
        market.bump = ctx.bumps.market;
        market.set(terms);
        market.invariant()?;
        emit!(MarketCreated {
            market: *market.address(),
            creator: market.creator,
            market_id,
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
