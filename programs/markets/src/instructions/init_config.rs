use anchor_lang::prelude::*;
use anchor_spl::{
    mint::Mint,
    token::{self, TokenAccount},
};
use hypernode_common::fees::FeeShares;
use hypernode_runtime::upgrade::may_upgrade;

use crate::{
    constants::DECIMALS,
    errors::MarketsError,
    events::ConfigInitialized,
    state::{Config, OracleSet},
};

#[derive(Accounts)]
pub struct InitConfig {
    /// Pays the rent and becomes the first authority.
    #[account(mut)]
    pub authority: Signer,
    #[account(init, payer = authority, seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(init, payer = authority, seeds = [b"oracle_set"], bump)]
    pub oracle_set: Account<OracleSet>,
    pub mint: Account<Mint>,
    #[account(token::mint = mint)]
    pub treasury: Account<TokenAccount>,
    #[account(token::mint = mint)]
    pub stakers: Account<TokenAccount>,
    #[account(token::mint = mint)]
    pub operations: Account<TokenAccount>,
    /// CHECK: `may_upgrade` checks address, owner and content.
    pub program_data: UncheckedAccount,
    pub system_program: Program<System>,
}

impl InitConfig {
    fn validate(&self) -> Result<()> {
        let Self {
            authority,
            mint,
            program_data,
            ..
        } = self;

        // program_data
        require!(
            may_upgrade(&crate::ID, program_data, authority.address())?,
            MarketsError::NotUpgradeAuthority
        );
        // mint
        require!(mint.decimals() == DECIMALS, MarketsError::WrongDecimals);
        require!(
            mint.freeze_authority().is_none(),
            MarketsError::MintCanFreeze
        );
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn init_config(
        ctx: &mut Context<Self>,
        cluster: [u8; 32],
        shares: FeeShares,
        min_rate: u64,
        threshold: u8,
        keys: &[Address],
    ) -> Result<()> {
        let accounts = &mut ctx.accounts;

        let config = &mut accounts.config;
        config.authority = *accounts.authority.address();
        config.mint = *accounts.mint.address();
        config.treasury = *accounts.treasury.address();
        config.stakers = *accounts.stakers.address();
        config.operations = *accounts.operations.address();
        config.set_shares(shares);
        config.min_rate = min_rate.into();
        config.bump = ctx.bumps.config;
        config.invariant()?;

        let oracle_set = &mut accounts.oracle_set;
        oracle_set.cluster = cluster;
        oracle_set.bump = ctx.bumps.oracle_set;
        oracle_set.open(keys, threshold, Clock::get()?.unix_timestamp)?;
        oracle_set.invariant()?;

        emit!(ConfigInitialized {
            authority: config.authority,
            mint: config.mint,
            treasury: config.treasury,
            stakers: config.stakers,
            operations: config.operations,
            protocol_bps: config.protocol_bps,
            stakers_bps: config.stakers_bps,
            operations_bps: config.operations_bps,
            min_rate: config.min_rate,
            cluster,
            epoch: oracle_set.epoch,
            threshold,
            count: oracle_set.count,
        });
        Ok(())
    }
}
