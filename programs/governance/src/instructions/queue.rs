use anchor_lang::prelude::*;

use crate::{events::ProposalQueued, nonce::refuse_durable_nonce, state::Proposal};

#[derive(Accounts)]
pub struct Queue {
    #[account(mut)]
    pub proposal: Account<Proposal>,
    pub instructions: Sysvar<SysvarInstructions>,
}

impl Queue {
    pub fn queue(ctx: &mut Context<Self>) -> Result<()> {
        refuse_durable_nonce(&ctx.accounts.instructions)?;
        let proposal = &mut ctx.accounts.proposal;
        let old_status = proposal.status;
        proposal.queue(Clock::get()?.unix_timestamp)?;
        proposal.invariant()?;
        emit!(ProposalQueued {
            proposal: *proposal.address(),
            id: proposal.id,
            eta: proposal.eta,
            executable_until: proposal.window_end()?.into(),
            old_status,
            new_status: proposal.status,
        });
        Ok(())
    }
}
