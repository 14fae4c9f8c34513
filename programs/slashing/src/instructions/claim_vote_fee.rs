use anchor_lang::prelude::*;

use crate::{
    errors::SlashingError,
    events::VoteFeeClaimed,
    state::{Config, Report, Vote},
    tokens::{transfer_from_vault, wallet_of},
};

#[derive(Accounts)]
pub struct ClaimVoteFee {
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut, address = vote.report @ SlashingError::WrongVote)]
    pub report: Account<Report>,
    #[account(mut, close = payer)]
    pub vote: Account<Vote>,
    /// CHECK: address constraint. Paid the vote's rent.
    #[account(mut, address = vote.payer @ SlashingError::WrongPayer)]
    pub payer: UncheckedAccount,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: `validate` checks the owner; the token program requires the vault's mint.
    #[account(mut)]
    pub destination: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl ClaimVoteFee {
    fn validate(&self) -> Result<()> {
        // vote
        require!(self.vote.won(&self.report), SlashingError::NoFee);
        // destination
        require!(
            wallet_of(&self.destination)? == self.vote.validator,
            SlashingError::WrongDestination
        );
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn claim_vote_fee(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (report, vote) = (&mut accounts.report, &accounts.vote);
        let amount = report.claim_fee(vote.weight.get())?;
        transfer_from_vault(
            &accounts.config,
            &accounts.vault,
            &accounts.destination,
            amount,
        )?;

        report.invariant()?;
        emit!(VoteFeeClaimed {
            report: vote.report,
            validator: vote.validator,
            round: vote.round,
            amount: amount.into(),
        });
        Ok(())
    }
}
