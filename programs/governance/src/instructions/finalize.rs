use anchor_lang::prelude::*;

use crate::{events::ProposalFinalized, state::Proposal};

#[derive(Accounts)]
pub struct Finalize {
    #[account(mut)]
    pub proposal: Account<Proposal>,
}

impl Finalize {
    pub fn finalize(ctx: &mut Context<Self>) -> Result<()> {
        let proposal = &mut ctx.accounts.proposal;
        let old_status = proposal.status;
        proposal.finalize(Clock::get()?.unix_timestamp)?;
        proposal.invariant()?;
        emit!(ProposalFinalized {
            proposal: *proposal.address(),
            id: proposal.id,
            quorum_weight: proposal.quorum_weight,
            for_weight: proposal.for_weight,
            against_weight: proposal.against_weight,
            abstain_weight: proposal.abstain_weight,
            old_status,
            new_status: proposal.status,
        });
        Ok(())
    }
}
