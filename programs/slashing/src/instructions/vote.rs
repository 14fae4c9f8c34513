use anchor_lang::prelude::*;
use staking::Stake;

use crate::{
    errors::SlashingError,
    events::Voted,
    state::{Report, Vote},
};

#[derive(Accounts)]
pub struct CastVote {
    pub validator: Signer,
    /// Pays the rent; may be the validator.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    #[account(mut)]
    pub report: Account<Report>,
    /// Stake of the validator.
    #[account(
        seeds = [b"stake", validator.address().as_ref()], bump = stake.bump,
        seeds::program = staking::ID,
    )]
    pub stake: Account<Stake>,
    #[account(
        init, payer = payer,
        seeds = [
            b"vote", report.address().as_ref(), &[report.round], validator.address().as_ref(),
        ],
        bump,
    )]
    pub vote: Account<Vote>,
    pub system_program: Program<System>,
}

impl CastVote {
    fn validate(&self) -> Result<()> {
        let Self {
            validator,
            report,
            stake,
            ..
        } = self;

        // validator
        let wallet = *validator.address();
        require!(
            wallet != report.reporter && wallet != report.accused,
            SlashingError::Partial
        );
        // stake
        require!(stake.owner == wallet, SlashingError::WrongStake);
        require!(
            stake.amount >= report.min_validator_stake,
            SlashingError::StakeTooLow
        );
        let now = Clock::get()?.unix_timestamp;
        require!(
            stake.earliest_exit(now)? >= report.voting_ends_at.get(),
            SlashingError::StakeCouldLeave
        );
        require!(
            stake.votable(report.opened_at.get()) > 0,
            SlashingError::NoVotes
        );
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn vote(ctx: &mut Context<Self>, uphold: bool) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (report, vote) = (&mut accounts.report, &mut accounts.vote);
        let weight = accounts.stake.votable(report.opened_at.get());
        report.vote(uphold, weight, Clock::get()?.unix_timestamp)?;

        vote.report = *report.address();
        vote.validator = *accounts.validator.address();
        vote.payer = *accounts.payer.address();
        vote.number = report.number;
        vote.weight = weight.into();
        vote.round = report.round;
        vote.uphold = uphold.into();
        vote.bump = ctx.bumps.vote;

        vote.invariant()?;
        report.invariant()?;
        emit!(Voted {
            report: vote.report,
            validator: vote.validator,
            round: vote.round,
            uphold: vote.uphold,
            weight: vote.weight,
            uphold_weight: report.uphold_weight,
            overturn_weight: report.overturn_weight,
            voters: report.voters,
        });
        Ok(())
    }
}
