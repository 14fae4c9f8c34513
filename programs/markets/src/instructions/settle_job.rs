use anchor_lang::prelude::*;
use hypernode_common::attestation::{Audit, Decision, ACCEPT};
use hypernode_runtime::tokens::amount_of;

use crate::{
    attestation::{digest, require_quorum},
    errors::MarketsError,
    events::{JobRejected, JobSettled},
    state::{self, BuyerAccount, Ending, Job, Node, OracleSet, Outcome},
    tokens::transfer_from_vault,
};

#[derive(Accounts)]
pub struct SettleJob {
    #[account(seeds = [b"oracle_set"], bump)]
    pub oracle_set: Account<OracleSet>,
    /// Closed, unless it is rejected and waits for a report.
    #[account(mut)]
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
    pub fn settle_job(
        ctx: &mut Context<Self>,
        draw_id: [u8; 8],
        decision: &Decision,
    ) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (oracles, job) = (&accounts.oracle_set, &accounts.job);
        let digest = digest(oracles, job.address(), job, draw_id, decision);
        let signers = require_quorum(&accounts.instructions, oracles, job.epoch.get(), &digest)?;
        let now = Clock::get()?.unix_timestamp;
        if decision.verdict == ACCEPT {
            accounts.accept(decision, draw_id, now, signers)?;
        } else {
            accounts.reject(decision, draw_id, now, signers)?;
        }
        accounts.node.invariant()?;
        accounts.buyer.invariant(amount_of(&accounts.vault)?)
    }

    /// Pay the node, book the fees and unlock the rest.
    fn accept(
        &mut self,
        decision: &Decision,
        draw_id: [u8; 8],
        now: i64,
        signers: u8,
    ) -> Result<()> {
        let (job, node) = (&self.job, &mut self.node);
        let (price, split) = job.settle(decision, now)?;
        let unlocked = self.buyer.pay(job.cap.get(), price, &split)?;
        node.finish(job.exposure(), job.accepted(decision.audit), now)?;
        if decision.audit == Audit::Repeated {
            node.measure(job.seconds_used.get(), decision);
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
            ending: Ending::try_from(decision.ending)?.into(),
            exit_code: decision.exit_code,
            output_root: decision.root,
            audit: state::Audit::from(decision.audit).into(),
            draw_id,
            own_seconds: decision.own.into(),
            blame: state::Blame::from(decision.blame).into(),
            signers,
            score: node.reputation.score,
            old_status: job.status,
            outcome: Outcome::Settled.into(),
        });
        self.job.close(*self.payer.account())
    }

    /// Refund the buyer and record the rejection in the node's reputation.
    fn reject(
        &mut self,
        decision: &Decision,
        draw_id: [u8; 8],
        now: i64,
        signers: u8,
    ) -> Result<()> {
        let (job, node) = (&mut self.job, &mut self.node);
        let old_status = job.status;
        let quorum = self.oracle_set.quorum(job.epoch.get())?.threshold;
        job.reject(decision, quorum, now)?;
        self.buyer.unlock(job.cap.get())?;
        node.fail(job, job.rejected(decision.blame), now)?;
        if decision.audit.is_measured() {
            node.begin_probation();
        }
        emit!(JobRejected {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            node: job.node,
            refund: job.cap,
            reject_reason: job.reject_reason,
            ending: Ending::try_from(decision.ending)?.into(),
            exit_code: decision.exit_code,
            output_root: decision.root,
            audit: state::Audit::from(decision.audit).into(),
            draw_id,
            own_seconds: decision.own.into(),
            blame: job.blame,
            signers,
            sentence: job.sentence,
            score: node.reputation.score,
            old_status,
            outcome: Outcome::Rejected.into(),
        });
        if job.awaits_report() {
            return Ok(());
        }
        self.job.close(*self.payer.account())
    }
}
