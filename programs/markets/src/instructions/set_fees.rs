use anchor_lang::prelude::*;
use anchor_spl::token::{self, TokenAccount};
use hypernode_common::fees::FeeShares;

use crate::{errors::MarketsError, events::FeesSet, state::Config};

#[derive(Accounts)]
pub struct SetFees {
    #[account(address = config.authority @ MarketsError::NotAuthority)]
    pub authority: Signer,
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(token::mint = config.mint)]
    pub treasury: Account<TokenAccount>,
    #[account(token::mint = config.mint)]
    pub stakers: Account<TokenAccount>,
    #[account(token::mint = config.mint)]
    pub operations: Account<TokenAccount>,
}

impl SetFees {
    pub fn set_fees(ctx: &mut Context<Self>, shares: FeeShares) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let config = &mut accounts.config;

        let old = config.shares();
        config.treasury = *accounts.treasury.address();
        config.stakers = *accounts.stakers.address();
        config.operations = *accounts.operations.address();
        config.set_shares(shares);
        config.invariant()?;

        emit!(FeesSet {
            treasury: config.treasury,
            stakers: config.stakers,
            operations: config.operations,
            old_protocol_bps: old.protocol_bps.into(),
            old_stakers_bps: old.stakers_bps.into(),
            old_operations_bps: old.operations_bps.into(),
            protocol_bps: config.protocol_bps,
            stakers_bps: config.stakers_bps,
            operations_bps: config.operations_bps,
        });
        Ok(())
    }
}
