use anchor_lang::prelude::*;

use crate::{
    errors::MarketsError,
    events::{JobDeclined, JobGivenUp},
    state::{BuyerAccount, DeclineReason, Job, Node, Outcome},
};

#[derive(Accounts)]
pub struct DeclineJob {
    /// Worker key of the assignment.
    #[account(address = job.worker_key @ MarketsError::NotWorkerKey)]
    pub worker_key: Signer,
    /// Closed if this was the last attempt and the run could have begun.
    #[account(mut)]
    pub job: Account<Job>,
    #[account(mut, address = job.node @ MarketsError::WrongAccountForJob)]
    pub node: Account<Node>,
    #[account(mut, constraint = buyer.owner == job.buyer @ MarketsError::WrongAccountForJob)]
    pub buyer: Account<BuyerAccount>,
    /// CHECK: address constraint. Paid the rent.
    #[account(mut, unsafe(dup), address = job.payer @ MarketsError::WrongPayer)]
    pub payer: UncheckedAccount,
}

impl DeclineJob {
    pub fn decline_job(ctx: &mut Context<Self>, reason: DeclineReason) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let now = Clock::get()?.unix_timestamp;
        accounts.job.require_declinable(now)?;
        if !accounts.job.may_decline_freely(now) && accounts.job.is_final(now) {
            accounts.give_up(reason, now)
        } else {
            accounts.give_back(reason, now)
        }
    }

    /// Post the job again. Within the start allowance that uses up no attempt.
    fn give_back(&mut self, reason: DeclineReason, now: i64) -> Result<()> {
        let (job, node) = (&mut self.job, &mut self.node);
        let (old_status, node_address, exposure) = (job.status, job.node, job.exposure());
        let entry = if job.may_decline_freely(now) {
            let entry = job.declined(now);
            job.decline(now)?;
            entry
        } else {
            let entry = job.unanswered();
            job.fail(now)?;
            entry
        };
        node.finish(exposure, entry, now)?;
        job.invariant()?;
        node.invariant()?;
        emit!(JobDeclined {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            node: node_address,
            cap: job.cap,
            decline_reason: reason.into(),
            declines: job.declines,
            score: node.reputation.score,
            old_status,
            new_status: job.status,
        });
        Ok(())
    }

    fn give_up(&mut self, reason: DeclineReason, now: i64) -> Result<()> {
        let (job, node) = (&self.job, &mut self.node);
        job.fail_finally(now)?;
        node.finish(job.exposure(), job.unanswered(), now)?;
        node.invariant()?;
        emit!(JobGivenUp {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            node: job.node,
            refund: job.cap,
            decline_reason: reason.into(),
            score: node.reputation.score,
            old_status: job.status,
            outcome: Outcome::Declined.into(),
        });
        self.buyer.unlock(self.job.cap.get())?;
        self.job.close(*self.payer.account())
    }
}
