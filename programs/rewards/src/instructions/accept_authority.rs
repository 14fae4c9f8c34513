use anchor_lang::prelude::*;

use crate::{errors::RewardsError, events::AuthorityAccepted, state::Accumulator};

#[derive(Accounts)]
pub struct AcceptAuthority {
    #[account(address = accumulator.pending_authority @ RewardsError::NotPendingAuthority)]
    pub new_authority: Signer,
    #[account(mut, seeds = [b"accumulator"], bump)]
    pub accumulator: Account<Accumulator>,
}

impl AcceptAuthority {
    pub fn accept_authority(ctx: &mut Context<Self>) -> Result<()> {
        let accumulator = &mut ctx.accounts.accumulator;
        let old_authority = accumulator.accept();
        accumulator.invariant()?;
        emit!(AuthorityAccepted {
            old_authority,
            new_authority: accumulator.authority,
        });
        Ok(())
    }
}
