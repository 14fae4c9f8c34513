use anchor_lang::prelude::*;
use hypernode_common::{
    sentence::is_covered,
    stake::{capacity, MIN_NODE_STAKE},
};
use staking::Stake;

use crate::{
    constants::FRAUD_BPS,
    errors::MarketsError,
    events::JobAssigned,
    state::{Job, Market, Node, OracleSet},
};

#[derive(Accounts)]
pub struct AssignJob {
    #[account(address = node.worker_key @ MarketsError::NotWorkerKey)]
    pub worker_key: Signer,
    /// May be the worker key.
    #[account(address = market.matcher @ MarketsError::NotMatcher)]
    pub matcher: Signer,
    #[account(address = job.market @ MarketsError::WrongAccountForJob)]
    pub market: Account<Market>,
    /// Its epoch judges the job.
    #[account(seeds = [b"oracle_set"], bump)]
    pub oracle_set: Account<OracleSet>,
    #[account(mut)]
    pub job: Account<Job>,
    #[account(mut)]
    pub node: Account<Node>,
    /// Stake of the node's operator.
    #[account(
        seeds = [b"stake", node.operator.as_ref()], bump = stake.bump, seeds::program = staking::ID,
    )]
    pub stake: Account<Stake>,
}

impl AssignJob {
    fn validate(&self) -> Result<()> {
        let Self {
            market,
            job,
            node,
            stake,
            ..
        } = self;

        // node
        require!(!node.is_retired(), MarketsError::NodeRetired);
        require!(
            node.operator != job.buyer && node.worker_key != job.buyer,
            MarketsError::SelfDealing
        );
        require!(
            node.reputation.score >= market.min_reputation,
            MarketsError::ReputationTooLow
        );
        require!(node.fits(job), MarketsError::HardwareMismatch);
        // stake
        require!(stake.owner == node.operator, MarketsError::WrongStake);
        require!(stake.is_active(), MarketsError::StakeInactive);
        require!(
            stake.duration.get() >= job.longest_commitment(),
            MarketsError::StakeTooShort
        );
        let amount = stake.free();
        require!(
            amount >= MIN_NODE_STAKE.max(market.min_stake.get()),
            MarketsError::StakeTooLow
        );
        require!(
            node.active_jobs.get() < capacity(amount),
            MarketsError::CapacityReached
        );
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn assign_job(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (job, node) = (&mut accounts.job, &mut accounts.node);
        let old_status = job.status;
        let (amount, held) = (
            accounts.stake.amount.get(),
            accounts.stake.held_amount.get(),
        );
        let now = Clock::get()?.unix_timestamp;
        job.assign(node, &accounts.oracle_set, amount, now)?;
        node.take(job.exposure())?;
        require!(
            is_covered(node.exposure.get(), amount, held, FRAUD_BPS),
            MarketsError::ExposureTooHigh
        );
        job.invariant()?;
        node.invariant()?;
        emit!(JobAssigned {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            node: job.node,
            cap: job.cap,
            assigned_at: job.assigned_at,
            deadline: job.deadline,
            audit_bps: job.audit_bps,
            epoch: job.epoch,
            exposure: job.exposure().into(),
            old_status,
            new_status: job.status,
        });
        Ok(())
    }
}
