use anchor_lang::prelude::*;

use crate::{
    errors::MarketsError,
    events::ReceiptSubmitted,
    state::{Job, Receipt},
};

#[derive(Accounts)]
pub struct SubmitReceipt {
    /// Worker key of the assignment. Operators cannot replace it for a running job.
    #[account(address = job.worker_key @ MarketsError::NotWorkerKey)]
    pub worker_key: Signer,
    #[account(mut)]
    pub job: Account<Job>,
}

impl SubmitReceipt {
    pub fn submit_receipt(ctx: &mut Context<Self>, receipt: &Receipt) -> Result<()> {
        require!(receipt.receipt_hash != [0; 32], MarketsError::EmptyReceipt);
        let job = &mut ctx.accounts.job;
        let old_status = job.status;
        job.submit(receipt, &Clock::get()?)?;
        job.invariant()?;
        emit!(ReceiptSubmitted {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            node: job.node,
            receipt_hash: job.receipt_hash,
            seconds_used: job.seconds_used,
            submitted_at: job.submitted_at,
            submitted_slot: job.submitted_slot,
            verdict_deadline: job.verdict_deadline,
            late_until: job.late_until,
            old_status,
            new_status: job.status,
        });
        Ok(())
    }
}
