use anchor_lang::prelude::*;

use crate::{constants::AUTHORITY, errors::GovernanceError, events::GuardianSet, state::Config};

#[derive(Accounts)]
pub struct SetGuardian {
    /// Signs only inside `execute`.
    #[account(address = AUTHORITY @ GovernanceError::NotAuthority)]
    pub authority: Signer,
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
}

impl SetGuardian {
    pub fn set_guardian(ctx: &mut Context<Self>, guardian: Address, expires_at: i64) -> Result<()> {
        let config = &mut ctx.accounts.config;
        let (old_version, old_guardian) = (config.version, config.guardian);
        config.set_guardian(guardian, expires_at, Clock::get()?.unix_timestamp)?;
        config.invariant()?;
        emit!(GuardianSet {
            old_version,
            version: config.version,
            old_guardian,
            guardian,
            guardian_expires_at: config.guardian_expires_at,
        });
        Ok(())
    }
}
