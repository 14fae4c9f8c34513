use anchor_lang::prelude::*;

use crate::{
    errors::SlashingError,
    events::ParamsSet,
    state::{Config, SlashingParams},
};

#[derive(Accounts)]
pub struct SetParams {
    #[account(address = config.authority @ SlashingError::NotAuthority)]
    pub authority: Signer,
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
}

impl SetParams {
    pub fn set_params(ctx: &mut Context<Self>, params: SlashingParams) -> Result<()> {
        let config = &mut ctx.accounts.config;
        config.set(params);
        config.invariant()?;
        emit!(ParamsSet {
            bond: config.bond,
            appeal_bond: config.appeal_bond,
            voting_period: config.voting_period,
            appeal_period: config.appeal_period,
            min_validator_stake: config.min_validator_stake,
            quorum_bps: config.quorum_bps,
            appeal_quorum_bps: config.appeal_quorum_bps,
            reason_bps: config.reason_bps,
            daily_cap_bps: config.daily_cap_bps,
        });
        Ok(())
    }
}
