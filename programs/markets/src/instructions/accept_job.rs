use anchor_lang::prelude::*;
use hypernode_runtime::tokens::amount_of;

use crate::{
    errors::MarketsError,
    events::JobAccepted,
    state::{BuyerAccount, Job, Node, Outcome},
    tokens::transfer_from_vault,
};

#[derive(Accounts)]
pub struct AcceptJob {
    #[account(address = job.buyer @ MarketsError::NotOwner)]
    pub owner: Signer,
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
    /// CHECK: address constraint; the token program checks the rest.
    #[account(mut, unsafe(dup), address = job.payout @ MarketsError::WrongPayout)]
    pub payout: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl AcceptJob {
    /// Pay the node as an accepting verdict would. Its reputation does not change.
    pub fn accept_job(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (job, node, buyer) = (&accounts.job, &mut accounts.node, &mut accounts.buyer);
        let (price, split) = job.accept(Clock::get()?.unix_timestamp)?;
        let unlocked = buyer.pay(job.cap.get(), price, &split)?;
        node.release(job.exposure())?;
        transfer_from_vault(buyer, &accounts.vault, &accounts.payout, split.node)?;
        node.invariant()?;
        buyer.invariant(amount_of(&accounts.vault)?)?;
        emit!(JobAccepted {
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
            old_status: job.status,
            outcome: Outcome::Accepted.into(),
        });
        Ok(())
    }
}
