use anchor_lang::prelude::*;

use crate::{
    errors::SlashingError,
    events::VoteClosed,
    state::{Report, Vote},
};

#[derive(Accounts)]
pub struct CloseVote {
    /// CHECK: address constraint. The report may be closed or opened again.
    #[account(address = vote.report @ SlashingError::WrongVote)]
    pub report: UncheckedAccount,
    #[account(mut, close = payer)]
    pub vote: Account<Vote>,
    /// CHECK: address constraint. Paid the vote's rent.
    #[account(mut, address = vote.payer @ SlashingError::WrongPayer)]
    pub payer: UncheckedAccount,
}

impl CloseVote {
    fn validate(&self) -> Result<()> {
        // vote
        if !self.report.account().owned_by(&crate::ID) {
            return Ok(());
        }
        let (report, vote) = (Account::<Report>::load(*self.report.account())?, &self.vote);
        let done = report.status.is_end() && !vote.won(&report);
        require!(done || !vote.is_of(&report), SlashingError::VoteInUse);
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn close_vote(ctx: &mut Context<Self>) -> Result<()> {
        let vote = &ctx.accounts.vote;
        emit!(VoteClosed {
            report: vote.report,
            validator: vote.validator,
            round: vote.round,
        });
        Ok(())
    }
}
