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
    /// CHECK: by its address. It may be closed itself; its number never comes again.
    #[account(address = vote.proposal @ GovernanceError::WrongProposal)]
    pub proposal: UncheckedAccount,
    #[account(mut, close = payer)]
    pub vote: Account<VoteRecord>,
    /// CHECK: who paid the rent, by its address; may be the voter.
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
