use anchor_lang::prelude::*;

use crate::{
    errors::MarketsError,
    events::JobCancelled,
    state::{BuyerAccount, Job, Outcome},
};

#[derive(Accounts)]
pub struct CancelJob {
    #[account(address = job.buyer @ MarketsError::NotOwner)]
    pub owner: Signer,
    #[account(mut, constraint = buyer.owner == job.buyer @ MarketsError::WrongAccountForJob)]
    pub buyer: Account<BuyerAccount>,
    #[account(mut, close = payer)]
    pub job: Account<Job>,
    /// CHECK: address constraint. Paid the rent; may be the owner.
    #[account(mut, unsafe(dup), address = job.payer @ MarketsError::WrongPayer)]
    pub payer: UncheckedAccount,
}

impl CancelJob {
    pub fn cancel_job(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let job = &accounts.job;
        job.cancel()?;
        accounts.buyer.unlock(job.cap.get())?;
        emit!(JobCancelled {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            refund: job.cap,
            old_status: job.status,
            outcome: Outcome::Cancelled.into(),
        });
        Ok(())
    }
}
