use anchor_lang::prelude::*;
use hypernode_runtime::tokens::amount_of;

use crate::{
    attestation::{digest, require_quorum},
    errors::MarketsError,
    events::{JobRejected, JobSettled},
    state::{BuyerAccount, Job, Node, OracleSet, Outcome, RejectReason, Verdict},
    tokens::transfer_from_vault,
};

#[derive(Accounts)]
pub struct SettleJob {
    #[account(seeds = [b"oracle_set"], bump)]
    pub oracle_set: Account<OracleSet>,
    #[account(mut, close = payer)]
    pub job: Account<Job>,
    /// CHECK: address constraint. Paid the rent.
    #[account(mut, unsafe(dup), address = job.payer @ MarketsError::WrongPayer)]
    pub payer: UncheckedAccount,
    #[account(mut, constraint = buyer.owner == job.buyer @ MarketsError::WrongAccountForJob)]
    pub buyer: Account<BuyerAccount>,
    /// CHECK: address constraint; the token program checks the rest.
    #[account(mut, unsafe(dup), address = buyer.vault @ MarketsError::WrongVault)]
    pub vault: UncheckedAccount,
    #[account(mut, address = job.node @ MarketsError::WrongAccountForJob)]
    pub node: Account<Node>,
    /// CHECK: address constraint. Not loaded, so that an operator cannot block a rejection by closing it; may be
    /// the vault, so that naming the vault cannot block one either. An accepted job's pay then stays there.
    #[account(mut, unsafe(dup), address = job.payout @ MarketsError::WrongPayout)]
    pub payout: UncheckedAccount,
    pub token_program: Program<Token>,
    pub instructions: Sysvar<SysvarInstructions>,
}

impl SettleJob {
    pub fn settle_job(ctx: &mut Context<Self>, verdict: u8, reason: u8) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let parsed = Verdict::parse(verdict, reason)?;
        let (oracles, job) = (&accounts.oracle_set, &accounts.job);
        let digest = digest(oracles, job.address(), job, verdict, reason);
        let signers = require_quorum(&accounts.instructions, oracles, &digest)?;
        let now = Clock::get()?.unix_timestamp;
        match parsed {
            Verdict::Accept => accounts.accept(now, signers)?,
            Verdict::Reject(reject_reason) => accounts.reject(reject_reason, now, signers)?,
        }
        accounts.node.invariant()?;
        accounts.buyer.invariant(amount_of(&accounts.vault)?)
    }

    /// Pay the node, book the fees and unlock the rest.
    fn accept(&mut self, now: i64, signers: u8) -> Result<()> {
        let (job, node) = (&self.job, &mut self.node);
        let (price, split) = job.settle(now)?;
        let unlocked = self.buyer.pay(job.cap.get(), price, &split)?;
        node.finish(job.cap.get(), job.accepted(), now)?;
        if job.is_always_repeated() {
            node.pass_probation();
        }
        transfer_from_vault(&self.buyer, &self.vault, &self.payout, split.node)?;
        emit!(JobSettled {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            node: job.node,
            payout: job.payout,
            price: price.into(),
            node_share: split.node.into(),
            treasury: split.treasury.into(),
            stakers: split.stakers.into(),
            operations: split.operations.into(),
            unlocked: unlocked.into(),
            seconds_used: job.seconds_used,
            signers,
            score: node.reputation.score,
            old_status: job.status,
            outcome: Outcome::Settled.into(),
        });
        Ok(())
    }

    /// Refund the buyer and record the rejection in the node's reputation.
    fn reject(&mut self, reject_reason: RejectReason, now: i64, signers: u8) -> Result<()> {
        let (job, node) = (&self.job, &mut self.node);
        job.reject(now)?;
        self.buyer.unlock(job.cap.get())?;
        node.finish(job.cap.get(), job.rejected(), now)?;
        node.begin_probation();
        emit!(JobRejected {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            node: job.node,
            refund: job.cap,
            reject_reason: reject_reason.into(),
            signers,
            score: node.reputation.score,
            old_status: job.status,
            outcome: Outcome::Rejected.into(),
        });
        Ok(())
    }
}
