use anchor_lang::prelude::*;

use crate::{
    errors::MarketsError,
    events::OraclesRotated,
    state::{Config, OracleSet},
};

#[derive(Accounts)]
pub struct RotateOracles {
    #[account(address = config.authority @ MarketsError::NotAuthority)]
    pub authority: Signer,
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut, seeds = [b"oracle_set"], bump)]
    pub oracle_set: Account<OracleSet>,
}

impl RotateOracles {
    pub fn rotate_oracles(ctx: &mut Context<Self>, threshold: u8, keys: &[Address]) -> Result<()> {
        let oracle_set = &mut ctx.accounts.oracle_set;
        let old_epoch = oracle_set.epoch;
        oracle_set.rotate(keys, threshold, Clock::get()?.unix_timestamp)?;
        oracle_set.invariant()?;
        emit!(OraclesRotated {
            old_epoch,
            epoch: oracle_set.epoch,
            threshold,
            count: oracle_set.count,
            keys: oracle_set.keys,
        });
        Ok(())
    }
}
