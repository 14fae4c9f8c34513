use anchor_lang::prelude::*;

use crate::{
    constants::SLASHER,
    errors::MarketsError,
    events::OutcomeClosed,
    state::{Job, Node},
};

#[derive(Accounts)]
pub struct CloseOutcome {
    /// The slashing program's configuration as it makes the report; later any wallet.
    pub closer: Signer,
    #[account(mut, close = payer)]
    pub job: Account<Job>,
    /// CHECK: address constraint. Paid the rent; may be the closer.
    #[account(mut, unsafe(dup), address = job.payer @ MarketsError::WrongPayer)]
    pub payer: UncheckedAccount,
    #[account(mut, address = job.node @ MarketsError::WrongAccountForJob)]
    pub node: Account<Node>,
}

impl CloseOutcome {
    /// Close an ended job and release its exposure.
    pub fn close_outcome(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (job, node) = (&accounts.job, &mut accounts.node);
        let reported = *accounts.closer.address() == SLASHER;
        job.leave(reported, Clock::get()?.unix_timestamp)?;
        node.uncover(job.exposure())?;
        node.invariant()?;
        emit!(OutcomeClosed {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            node: job.node,
            sentence: job.sentence,
            exposure: job.exposure().into(),
            reported: reported.into(),
            old_status: job.status,
        });
        Ok(())
    }
}
