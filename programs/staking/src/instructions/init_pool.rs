use anchor_lang::prelude::*;
use anchor_spl::{
    mint::Mint,
    token::{self, TokenAccount},
};
use hypernode_runtime::upgrade::may_upgrade;

use crate::{constants::DECIMALS, errors::StakingError, events::PoolInitialized, state::Pool};

#[derive(Accounts)]
pub struct InitPool {
    /// Pays the rent and becomes the pool's first authority.
    #[account(mut)]
    pub authority: Signer,
    #[account(init, payer = authority, seeds = [b"pool"], bump)]
    pub pool: Account<Pool>,
    pub mint: Account<Mint>,
    #[account(
        init, payer = authority, seeds = [b"vault"], bump,
        token::mint = mint, token::authority = pool,
    )]
    pub vault: Account<TokenAccount>,
    /// CHECK: `may_upgrade` checks address, owner and content.
    pub program_data: UncheckedAccount,
    pub token_program: Program<Token>,
    pub system_program: Program<System>,
}

impl InitPool {
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
            StakingError::NotUpgradeAuthority
        );
        // mint
        require!(mint.decimals() == DECIMALS, StakingError::WrongDecimals);
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn init_pool(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let authority = *accounts.authority.address();
        let mint = *accounts.mint.address();
        *accounts.pool = Pool {
            authority,
            pending_authority: Address::default(),
            mint,
            total_staked: PodU64::ZERO,
            total_weight: PodU64::ZERO,
            forfeited: PodU64::ZERO,
            bump: ctx.bumps.pool,
            vault_bump: ctx.bumps.vault,
        };
        accounts.pool.invariant()?;
        emit!(PoolInitialized {
            authority,
            mint,
            vault: *accounts.vault.address(),
        });
        Ok(())
    }
}
