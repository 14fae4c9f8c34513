use anchor_lang::prelude::*;

use crate::{errors::MarketsError, events::MinRateSet, state::Config};

#[derive(Accounts)]
pub struct SetMinRate {
    #[account(address = config.authority @ MarketsError::NotAuthority)]
    pub authority: Signer,
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
}

impl SetMinRate {
    pub fn set_min_rate(ctx: &mut Context<Self>, min_rate: u64) -> Result<()> {
        let config = &mut ctx.accounts.config;
        let old_min_rate = config.min_rate;
        config.min_rate = min_rate.into();
        config.invariant()?;
        emit!(MinRateSet {
            old_min_rate,
            min_rate: config.min_rate,
        });
        Ok(())
    }
}
