use anchor_lang::prelude::*;

use crate::{events::ProposalCancelled, nonce::refuse_durable_nonce, state::Proposal};

#[derive(Accounts)]
pub struct Cancel {
    /// The proposer, or any wallet for a stale draft.
    pub canceller: Signer,
    #[account(mut)]
    pub proposal: Account<Proposal>,
    pub instructions: Sysvar<SysvarInstructions>,
}

impl Cancel {
    pub fn cancel(ctx: &mut Context<Self>) -> Result<()> {
        refuse_durable_nonce(&ctx.accounts.instructions)?;
        let by = *ctx.accounts.canceller.address();
        let proposal = &mut ctx.accounts.proposal;
        let old_status = proposal.status;
        proposal.cancel(&by, Clock::get()?.unix_timestamp)?;
        proposal.invariant()?;
        emit!(ProposalCancelled {
            proposal: *proposal.address(),
            id: proposal.id,
            by,
            old_status,
            new_status: proposal.status,
        });
        Ok(())
    }
}
