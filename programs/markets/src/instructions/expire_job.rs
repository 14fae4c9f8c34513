use anchor_lang::prelude::*;

use crate::{
    errors::MarketsError,
    events::{JobExpired, JobReposted, JobTimedOut, JobUnverified},
    state::{BuyerAccount, Job, JobStatus, Node, Outcome},
};

#[derive(Accounts)]
pub struct ExpireJob {
    /// Closed, unless the job is posted again or waits for a report.
    #[account(mut)]
    pub job: Account<Job>,
    /// CHECK: address constraint. Paid the rent.
    #[account(mut, unsafe(dup), address = job.payer @ MarketsError::WrongPayer)]
    pub payer: UncheckedAccount,
    #[account(mut, constraint = buyer.owner == job.buyer @ MarketsError::WrongAccountForJob)]
    pub buyer: Account<BuyerAccount>,
    /// Node of the job. For a posted job pass this program's address.
    #[account(mut, address = job.node @ MarketsError::WrongAccountForJob)]
    pub node: Option<Account<Node>>,
}

impl ExpireJob {
    pub fn expire_job(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let now = Clock::get()?.unix_timestamp;
        match accounts.job.current_status() {
            JobStatus::Posted => accounts.expire(now),
            JobStatus::Assigned if accounts.job.is_final(now) => accounts.time_out(now),
            JobStatus::Assigned => accounts.repost(now),
            JobStatus::Submitted => accounts.give_up(now),
            JobStatus::Rejected | JobStatus::TimedOut => Err(MarketsError::JobEnded.into()),
        }
    }

    fn expire(&mut self, now: i64) -> Result<()> {
        let job = &self.job;
        job.expire(now)?;
        emit!(JobExpired {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            refund: job.cap,
            old_status: job.status,
            outcome: Outcome::Expired.into(),
        });
        self.refund_and_close()
    }

    fn repost(&mut self, now: i64) -> Result<()> {
        let (job, node) = (&mut self.job, node_of(&mut self.node)?);
        let (old_status, node_address) = (job.status, job.node);
        let (unanswered, exposure) = (job.unanswered(), job.exposure());
        job.repost(now)?;
        node.finish(exposure, unanswered, now)?;
        job.invariant()?;
        node.invariant()?;
        emit!(JobReposted {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            node: node_address,
            cap: job.cap,
            expires_at: job.expires_at,
            score: node.reputation.score,
            old_status,
            new_status: job.status,
        });
        Ok(())
    }

    fn time_out(&mut self, now: i64) -> Result<()> {
        let (job, node) = (&mut self.job, node_of(&mut self.node)?);
        let old_status = job.status;
        job.time_out(now)?;
        node.fail(job, job.unanswered(), now)?;
        node.invariant()?;
        emit!(JobTimedOut {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            node: job.node,
            refund: job.cap,
            sentence: job.sentence,
            score: node.reputation.score,
            old_status,
            outcome: Outcome::TimedOut.into(),
        });
        if job.awaits_report() {
            return self.buyer.unlock(job.cap.get());
        }
        self.refund_and_close()
    }

    fn give_up(&mut self, now: i64) -> Result<()> {
        let (job, node) = (&self.job, node_of(&mut self.node)?);
        job.give_up(now)?;
        node.release(job.exposure())?;
        node.invariant()?;
        emit!(JobUnverified {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            node: job.node,
            refund: job.cap,
            old_status: job.status,
            outcome: Outcome::Unverified.into(),
        });
        self.refund_and_close()
    }

    fn refund_and_close(&mut self) -> Result<()> {
        self.buyer.unlock(self.job.cap.get())?;
        self.job.close(*self.payer.account())
    }
}

fn node_of(node: &mut Option<Account<Node>>) -> Result<&mut Account<Node>> {
    node.as_mut().ok_or(MarketsError::NodeMissing.into())
}
