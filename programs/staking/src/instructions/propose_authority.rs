use anchor_lang::prelude::*;

use crate::{errors::StakingError, events::AuthorityProposed, state::Pool};

#[derive(Accounts)]
pub struct ProposeAuthority {
    #[account(address = pool.authority @ StakingError::NotAuthority)]
    pub authority: Signer,
    #[account(mut, seeds = [b"pool"], bump)]
    pub pool: Account<Pool>,
}

impl ProposeAuthority {
    pub fn propose_authority(ctx: &mut Context<Self>, new_authority: Address) -> Result<()> {
        let pool = &mut ctx.accounts.pool;
        pool.propose(new_authority);
        pool.invariant()?;
        emit!(AuthorityProposed {
            authority: pool.authority,
            pending_authority: new_authority,
        });
        Ok(())
    }
}
