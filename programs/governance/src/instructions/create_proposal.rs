use anchor_lang::prelude::*;
use staking::{Pool, Stake};

use crate::{
    errors::GovernanceError,
    events::ProposalCreated,
    state::{Config, Proposal, ProposalKind},
};

#[derive(Accounts)]
pub struct CreateProposal {
    pub proposer: Signer,
    /// Pays the rent; may be the proposer.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(address = config.pool @ GovernanceError::WrongPool)]
    pub pool: Account<Pool>,
    #[account(constraint = stake.owner == *proposer.address() @ GovernanceError::WrongStake)]
    pub stake: Account<Stake>,
    #[account(
        init, payer = payer,
        seeds = [b"proposal", &config.proposal_count.get().to_le_bytes()], bump,
    )]
    pub proposal: Account<Proposal>,
    pub system_program: Program<System>,
}

impl CreateProposal {
    fn validate(&self, description_hash: &[u8; 32], now: i64) -> Result<()> {
        let Self {
            config,
            pool,
            stake,
            ..
        } = self;

        // pool
        require!(pool.total_weight > 0, GovernanceError::NothingStaked);
        // stake
        require!(
            stake.votable(now) >= config.proposal_threshold.get(),
            GovernanceError::BelowThreshold
        );
        // description
        require!(
            *description_hash != [0; 32],
            GovernanceError::EmptyDescription
        );
        Ok(())
    }

    pub fn create_proposal(
        ctx: &mut Context<Self>,
        kind: ProposalKind,
        description_hash: [u8; 32],
    ) -> Result<()> {
        let now = Clock::get()?.unix_timestamp;
        let accounts = &mut ctx.accounts;
        accounts.validate(&description_hash, now)?;
        let (config, proposal) = (&mut accounts.config, &mut accounts.proposal);

        proposal.open(config, kind, accounts.pool.total_weight.get(), now)?;
        proposal.proposer = *accounts.proposer.address();
        proposal.payer = *accounts.payer.address();
        proposal.description_hash = description_hash;
        proposal.bump = ctx.bumps.proposal;
        config.count_proposal()?;

        proposal.invariant()?;
        emit!(ProposalCreated {
            proposal: *proposal.address(),
            id: proposal.id,
            proposer: proposal.proposer,
            payer: proposal.payer,
            description_hash,
            created_at: proposal.created_at,
            total_weight: proposal.total_weight,
            quorum_weight: proposal.quorum_weight,
            threshold: proposal.threshold,
            voting_period: proposal.voting_period,
            timelock: proposal.timelock,
            execution_window: proposal.execution_window,
            kind: proposal.kind,
            new_status: proposal.status,
        });
        Ok(())
    }
}
