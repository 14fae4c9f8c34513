use anchor_lang::prelude::*;

use crate::{errors::SlashingError, events::AuthorityAccepted, state::Config};

#[derive(Accounts)]
pub struct AcceptAuthority {
    #[account(address = config.pending_authority @ SlashingError::NotPendingAuthority)]
    pub new_authority: Signer,
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
}

impl AcceptAuthority {
    pub fn accept_authority(ctx: &mut Context<Self>) -> Result<()> {
        let config = &mut ctx.accounts.config;
        let old_authority = config.accept();
        config.invariant()?;
        emit!(AuthorityAccepted {
            old_authority,
            new_authority: config.authority,
        });
        Ok(())
    }
}
