use anchor_lang::prelude::*;

use crate::{errors::GovernanceError, events::ProposalClosed, state::Proposal};

#[derive(Accounts)]
pub struct CloseProposal {
    #[account(mut, close = payer)]
    pub proposal: Account<Proposal>,
    /// CHECK: address constraint. Paid the rent.
    #[account(mut, address = proposal.payer @ GovernanceError::WrongPayer)]
    pub payer: UncheckedAccount,
}

impl CloseProposal {
    pub fn close_proposal(ctx: &mut Context<Self>) -> Result<()> {
        let proposal = &ctx.accounts.proposal;
        proposal.check_closable(Clock::get()?.unix_timestamp)?;
        emit!(ProposalClosed {
            proposal: *proposal.address(),
            id: proposal.id,
            payer: proposal.payer,
        });
        Ok(())
    }
}
