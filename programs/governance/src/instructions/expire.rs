use anchor_lang::prelude::*;

use crate::{events::ProposalExpired, state::Proposal};

#[derive(Accounts)]
pub struct Expire {
    #[account(mut)]
    pub proposal: Account<Proposal>,
}

impl Expire {
    pub fn expire(ctx: &mut Context<Self>) -> Result<()> {
        let proposal = &mut ctx.accounts.proposal;
        let old_status = proposal.status;
        proposal.expire(Clock::get()?.unix_timestamp)?;
        proposal.invariant()?;
        emit!(ProposalExpired {
            proposal: *proposal.address(),
            id: proposal.id,
            executed: proposal.executed,
            old_status,
            new_status: proposal.status,
        });
        Ok(())
    }
}
