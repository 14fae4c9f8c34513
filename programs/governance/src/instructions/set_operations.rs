use anchor_lang::prelude::*;
use anchor_spl::token::{self, TokenAccount};

use crate::{
    constants::{AUTHORITY, COMMUNITY},
    errors::GovernanceError,
    events::OperationsSet,
    state::Config,
};

#[derive(Accounts)]
pub struct SetOperations {
    /// Signs only inside `execute`.
    #[account(address = AUTHORITY @ GovernanceError::NotAuthority)]
    pub authority: Signer,
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
    /// CHECK: address by its seeds; only the address is used.
    #[account(seeds = [b"unlocks"], bump)]
    pub unlocks: UncheckedAccount,
    #[account(token::mint = config.mint)]
    pub operations: Account<TokenAccount>,
}

impl SetOperations {
    fn validate(&self) -> Result<()> {
        // operations: Anchor refuses a release in which it equals another writable account
        let operations = self.operations.address();
        require!(
            operations != self.unlocks.address() && *operations != COMMUNITY,
            GovernanceError::BadOperations
        );
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn set_operations(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let config = &mut accounts.config;
        let old_operations = config.operations;
        config.operations = *accounts.operations.address();
        config.invariant()?;
        emit!(OperationsSet {
            old_operations,
            operations: config.operations,
        });
        Ok(())
    }
}
