use anchor_lang::prelude::*;
use anchor_spl::{
    mint::Mint,
    token::{self, TokenAccount},
};
use hypernode_runtime::upgrade::may_upgrade;
use staking::Pool;

use crate::{
    constants::{COMMUNITY, DECIMALS},
    errors::GovernanceError,
    events::GovernanceInitialized,
    state::{Config, Floors, GovernanceParams},
};

#[derive(Accounts)]
pub struct InitConfig {
    /// Pays the rent. It gets no authority; only executed proposals change the configuration.
    #[account(mut)]
    pub payer: Signer,
    #[account(init, payer = payer, seeds = [b"config"], bump)]
    pub config: Account<Config>,
    /// CHECK: address by its seeds; only the address is used.
    #[account(seeds = [b"authority"], bump)]
    pub authority: UncheckedAccount,
    pub mint: Account<Mint>,
    #[account(constraint = pool.mint == *mint.address() @ GovernanceError::WrongMint)]
    pub pool: Account<Pool>,
    #[account(
        init, payer = payer, seeds = [b"treasury"], bump,
        token::mint = mint, token::authority = authority,
    )]
    pub treasury: Account<TokenAccount>,
    #[account(
        init, payer = payer, seeds = [b"unlocks"], bump,
        token::mint = mint, token::authority = authority,
    )]
    pub unlocks: Account<TokenAccount>,
    #[account(token::mint = mint)]
    pub operations: Account<TokenAccount>,
    /// CHECK: `may_upgrade` checks address, owner and content.
    pub program_data: UncheckedAccount,
    pub token_program: Program<Token>,
    pub system_program: Program<System>,
}

impl InitConfig {
    fn validate(&self) -> Result<()> {
        let Self {
            payer,
            mint,
            operations,
            program_data,
            ..
        } = self;

        // program_data
        require!(
            may_upgrade(&crate::ID, program_data, payer.address())?,
            GovernanceError::NotUpgradeAuthority
        );
        // mint
        require!(mint.decimals() == DECIMALS, GovernanceError::WrongDecimals);
        // operations: `init` makes sure that it is not one of the two new accounts
        require!(
            *operations.address() != COMMUNITY,
            GovernanceError::BadOperations
        );
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn init_config(
        ctx: &mut Context<Self>,
        guardian: Address,
        guardian_expires_at: i64,
        params: &GovernanceParams,
        floors: &Floors,
    ) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let config = &mut accounts.config;

        config.mint = *accounts.mint.address();
        config.pool = *accounts.pool.address();
        config.operations = *accounts.operations.address();
        config.bump = ctx.bumps.config;
        config.authority_bump = ctx.bumps.authority;
        config.treasury_bump = ctx.bumps.treasury;
        config.unlocks_bump = ctx.bumps.unlocks;
        config.set_floors(floors);
        config.set_params(params)?;
        let now = Clock::get()?.unix_timestamp;
        config.set_guardian(guardian, guardian_expires_at, now)?;

        config.invariant()?;
        emit!(GovernanceInitialized {
            mint: config.mint,
            pool: config.pool,
            operations: config.operations,
            guardian,
            guardian_expires_at: config.guardian_expires_at,
            version: config.version,
            proposal_threshold: config.proposal_threshold,
            voting_period: config.voting_period,
            timelock_parameters: config.timelock_parameters,
            timelock_critical: config.timelock_critical,
            execution_window: config.execution_window,
            min_voting_period: config.min_voting_period,
            min_timelock_parameters: config.min_timelock_parameters,
            min_timelock_critical: config.min_timelock_critical,
            quorum_bps: config.quorum_bps,
        });
        Ok(())
    }
}
