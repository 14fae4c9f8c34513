use anchor_lang::prelude::*;

use crate::{errors::RewardsError, events::AuthorityProposed, state::Accumulator};

#[derive(Accounts)]
pub struct ProposeAuthority {
    #[account(address = accumulator.authority @ RewardsError::NotAuthority)]
    pub authority: Signer,
    #[account(mut, seeds = [b"accumulator"], bump)]
    pub accumulator: Account<Accumulator>,
}

impl ProposeAuthority {
    pub fn propose_authority(ctx: &mut Context<Self>, new_authority: Address) -> Result<()> {
        let accumulator = &mut ctx.accounts.accumulator;
        accumulator.propose(new_authority);
        accumulator.invariant()?;
        emit!(AuthorityProposed {
            authority: accumulator.authority,
            pending_authority: new_authority,
        });
        Ok(())
    }
}
