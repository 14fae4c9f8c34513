use anchor_lang::prelude::*;

use crate::{errors::SlashingError, events::AuthorityProposed, state::Config};

#[derive(Accounts)]
pub struct ProposeAuthority {
    #[account(address = config.authority @ SlashingError::NotAuthority)]
    pub authority: Signer,
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
}

impl ProposeAuthority {
    pub fn propose_authority(ctx: &mut Context<Self>, new_authority: Address) -> Result<()> {
        let config = &mut ctx.accounts.config;
        config.propose(new_authority);
        config.invariant()?;
        emit!(AuthorityProposed {
            authority: config.authority,
            pending_authority: new_authority,
        });
        Ok(())
    }
}
