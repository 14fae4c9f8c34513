use anchor_lang::prelude::*;

use crate::{errors::MarketsError, events::PauseSet, state::Config};

#[derive(Accounts)]
pub struct SetPause {
    #[account(address = config.authority @ MarketsError::NotAuthority)]
    pub authority: Signer,
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
}

impl SetPause {
    pub fn set_pause(ctx: &mut Context<Self>, flags: u8) -> Result<()> {
        let config = &mut ctx.accounts.config;
        let old_flags = config.paused;
        config.paused = flags;
        config.invariant()?;
        emit!(PauseSet {
            old_flags,
            new_flags: flags,
        });
        Ok(())
    }
}
