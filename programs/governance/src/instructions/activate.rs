use anchor_lang::prelude::*;

use crate::{errors::GovernanceError, events::ProposalActivated, state::Proposal};

#[derive(Accounts)]
pub struct Activate {
    #[account(address = proposal.proposer @ GovernanceError::NotProposer)]
    pub proposer: Signer,
    #[account(mut)]
    pub proposal: Account<Proposal>,
}

impl Activate {
    pub fn activate(ctx: &mut Context<Self>) -> Result<()> {
        let proposal = &mut ctx.accounts.proposal;
        let old_status = proposal.status;
        proposal.activate(Clock::get()?.unix_timestamp)?;
        proposal.invariant()?;
        emit!(ProposalActivated {
            proposal: *proposal.address(),
            id: proposal.id,
            count: proposal.count,
            voting_starts_at: proposal.voting_starts_at,
            voting_ends_at: proposal.voting_ends_at,
            old_status,
            new_status: proposal.status,
        });
        Ok(())
    }
}
