use anchor_lang::prelude::*;
use hypernode_runtime::seeded::create_with_seed;
use staking::Stake;

use crate::{
    errors::GovernanceError,
    events::Voted,
    nonce::refuse_durable_nonce,
    state::{Proposal, VoteChoice, VoteRecord},
};

#[derive(Accounts)]
pub struct Vote {
    pub voter: Signer,
    /// Pays the rent; may be the voter.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    #[account(mut)]
    pub proposal: Account<Proposal>,
    #[account(constraint = stake.owner == *voter.address() @ GovernanceError::WrongStake)]
    pub stake: Account<Stake>,
    /// CHECK: `create_with_seed` allows one address per voter and proposal, so a wallet cannot vote twice.
    #[account(mut)]
    pub vote: UncheckedAccount,
    pub instructions: Sysvar<SysvarInstructions>,
    pub system_program: Program<System>,
}

impl Vote {
    fn validate(&self, now: i64) -> Result<()> {
        let Self {
            proposal,
            stake,
            instructions,
            ..
        } = self;

        // instructions
        refuse_durable_nonce(instructions)?;
        // stake
        require!(
            stake.earliest_exit(now)? >= proposal.voting_ends_at.get(),
            GovernanceError::StakeLeavesTooSoon
        );
        Ok(())
    }

    pub fn vote(ctx: &mut Context<Self>, choice: VoteChoice) -> Result<()> {
        let now = Clock::get()?.unix_timestamp;
        ctx.accounts.validate(now)?;
        let accounts = &mut ctx.accounts;
        let proposal = &mut accounts.proposal;

        let weight = accounts.stake.votable(proposal.created_at.get());
        proposal.vote(choice, weight, now)?;
        let record = VoteRecord {
            proposal: *proposal.address(),
            voter: *accounts.voter.address(),
            payer: *accounts.payer.address(),
            weight: weight.into(),
            voted_at: now.into(),
            choice: choice.into(),
        };
        create_with_seed(
            &accounts.payer,
            &accounts.voter,
            &accounts.vote,
            VoteRecord::seed(proposal.id.get(), &mut [0; VoteRecord::SEED_LEN])?,
            &record,
        )?;

        proposal.invariant()?;
        emit!(Voted {
            proposal: record.proposal,
            id: proposal.id,
            voter: record.voter,
            choice: record.choice,
            weight: record.weight,
            for_weight: proposal.for_weight,
            against_weight: proposal.against_weight,
            abstain_weight: proposal.abstain_weight,
            old_status: proposal.status,
            new_status: proposal.status,
        });
        Ok(())
    }
}
