use anchor_lang::prelude::*;

use crate::{
    constants::AUTHORITY,
    errors::GovernanceError,
    events::ParamsSet,
    state::{Config, GovernanceParams},
};

#[derive(Accounts)]
pub struct SetParams {
    /// Signs only inside `execute`.
    #[account(address = AUTHORITY @ GovernanceError::NotAuthority)]
    pub authority: Signer,
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
}

impl SetParams {
    pub fn set_params(ctx: &mut Context<Self>, params: &GovernanceParams) -> Result<()> {
        let config = &mut ctx.accounts.config;
        let old_version = config.version;
        config.set_params(params)?;
        config.invariant()?;
        emit!(ParamsSet {
            old_version,
            version: config.version,
            proposal_threshold: config.proposal_threshold,
            voting_period: config.voting_period,
            timelock_parameters: config.timelock_parameters,
            timelock_critical: config.timelock_critical,
            execution_window: config.execution_window,
            quorum_bps: config.quorum_bps,
        });
        Ok(())
    }
}
