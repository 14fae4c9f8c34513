use anchor_lang::prelude::*;

use crate::{errors::StakingError, events::AuthorityAccepted, state::Pool};

#[derive(Accounts)]
pub struct AcceptAuthority {
    #[account(address = pool.pending_authority @ StakingError::NotPendingAuthority)]
    pub new_authority: Signer,
    #[account(mut, seeds = [b"pool"], bump)]
    pub pool: Account<Pool>,
}

impl AcceptAuthority {
    pub fn accept_authority(ctx: &mut Context<Self>) -> Result<()> {
        let pool = &mut ctx.accounts.pool;
        let old_authority = pool.accept();
        pool.invariant()?;
        emit!(AuthorityAccepted {
            old_authority,
            new_authority: pool.authority,
        });
        Ok(())
    }
}
