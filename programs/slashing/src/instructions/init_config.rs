use anchor_lang::prelude::*;
use anchor_spl::{
    mint::Mint,
    token::{self, TokenAccount},
};
use hypernode_runtime::upgrade::may_upgrade;

use crate::{
    constants::DECIMALS,
    errors::SlashingError,
    events::ConfigInitialized,
    state::{Config, SlashingParams},
};

#[derive(Accounts)]
pub struct InitConfig {
    /// Pays the rent and becomes the first authority.
    #[account(mut)]
    pub authority: Signer,
    #[account(init, payer = authority, seeds = [b"config"], bump)]
    pub config: Account<Config>,
    pub mint: Account<Mint>,
    #[account(
        init, payer = authority, seeds = [b"vault"], bump,
        token::mint = mint, token::authority = config,
    )]
    pub vault: Account<TokenAccount>,
    /// CHECK: `may_upgrade` checks address, owner and content.
    pub program_data: UncheckedAccount,
    pub token_program: Program<Token>,
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
            SlashingError::NotUpgradeAuthority
        );
        // mint
        require!(mint.decimals() == DECIMALS, SlashingError::WrongDecimals);
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn init_config(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let config = &mut accounts.config;
        config.authority = *accounts.authority.address();
        config.mint = *accounts.mint.address();
        config.bump = ctx.bumps.config;
        config.vault_bump = ctx.bumps.vault;
        config.set(SlashingParams::default());
        config.invariant()?;
        emit!(ConfigInitialized {
            authority: config.authority,
            mint: config.mint,
            vault: *accounts.vault.address(),
        });
        Ok(())
    }
}
