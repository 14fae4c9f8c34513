use anchor_lang::prelude::*;

use crate::{
    errors::GovernanceError,
    events::VoteClosed,
    state::{Proposal, VoteRecord},
};

#[derive(Accounts)]
pub struct CloseVote {
    #[account(address = vote.voter @ GovernanceError::NotVoter)]
    pub voter: Signer,
    /// CHECK: address constraint. It may be closed; its number is never reused.
    #[account(address = vote.proposal @ GovernanceError::WrongProposal)]
    pub proposal: UncheckedAccount,
    #[account(mut, close = payer)]
    pub vote: Account<VoteRecord>,
    /// CHECK: address constraint. Paid the rent; may be the voter.
    #[account(mut, unsafe(dup), address = vote.payer @ GovernanceError::WrongPayer)]
    pub payer: UncheckedAccount,
}

impl CloseVote {
    pub fn close_vote(ctx: &mut Context<Self>) -> Result<()> {
        let CloseVote { proposal, vote, .. } = &ctx.accounts;
        if proposal.account().owned_by(&crate::ID) {
            let proposal = Account::<Proposal>::load(*proposal.account())?;
            require!(proposal.has_ended(), GovernanceError::NotEnded);
        }
        emit!(VoteClosed {
            proposal: vote.proposal,
            voter: vote.voter,
        });
        Ok(())
    }
}
