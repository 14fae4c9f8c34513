use anchor_lang::prelude::*;
use anchor_spl::{
    mint::Mint,
    token::{self, TokenAccount},
};
use hypernode_runtime::upgrade::may_upgrade;
use staking::Pool;

use crate::{
    constants::DECIMALS, errors::RewardsError, events::AccumulatorInitialized, state::Accumulator,
};

#[derive(Accounts)]
pub struct InitAccumulator {
    /// Pays the rent and becomes the first authority.
    #[account(mut)]
    pub authority: Signer,
    #[account(init, payer = authority, seeds = [b"accumulator"], bump)]
    pub accumulator: Account<Accumulator>,
    #[account(seeds = [b"pool"], bump = pool.bump, seeds::program = staking::ID)]
    pub pool: Account<Pool>,
    #[account(address = pool.mint @ RewardsError::WrongMint)]
    pub mint: Account<Mint>,
    #[account(
        init, payer = authority, seeds = [b"vault"], bump,
        token::mint = mint, token::authority = accumulator,
    )]
    pub vault: Account<TokenAccount>,
    #[account(
        init, payer = authority, seeds = [b"community"], bump,
        token::mint = mint, token::authority = accumulator,
    )]
    pub community: Account<TokenAccount>,
    /// CHECK: `may_upgrade` checks address, owner and content.
    pub program_data: UncheckedAccount,
    pub token_program: Program<Token>,
    pub system_program: Program<System>,
}

impl InitAccumulator {
    fn validate(&self) -> Result<()> {
        // program_data
        require!(
            may_upgrade(&crate::ID, &self.program_data, self.authority.address())?,
            RewardsError::NotUpgradeAuthority
        );
        // mint
        require!(
            self.mint.decimals() == DECIMALS,
            RewardsError::WrongDecimals
        );
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn init_accumulator(
        ctx: &mut Context<Self>,
        fee_window: i64,
        community_window: i64,
    ) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let accumulator = &mut accounts.accumulator;
        accumulator.authority = *accounts.authority.address();
        accumulator.mint = *accounts.mint.address();
        accumulator.stale_after = i64::MAX.into();
        accumulator.updated_at = Clock::get()?.unix_timestamp.into();
        accumulator.set_windows(fee_window, community_window);
        accumulator.bump = ctx.bumps.accumulator;
        accumulator.vault_bump = ctx.bumps.vault;
        accumulator.community_bump = ctx.bumps.community;
        accumulator.invariant()?;
        emit!(AccumulatorInitialized {
            authority: accumulator.authority,
            mint: accumulator.mint,
            vault: *accounts.vault.address(),
            community: *accounts.community.address(),
            fee_window: accumulator.fee_window,
            community_window: accumulator.community_window,
        });
        Ok(())
    }
}
