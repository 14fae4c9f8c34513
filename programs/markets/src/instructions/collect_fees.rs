use anchor_lang::prelude::*;
use hypernode_runtime::tokens::amount_of;

use crate::{
    errors::MarketsError,
    events::FeesCollected,
    state::{BuyerAccount, Config},
    tokens::transfer_from_vault,
};

#[derive(Accounts)]
pub struct CollectFees {
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut)]
    pub buyer: Account<BuyerAccount>,
    /// CHECK: address constraint; the token program checks the rest.
    #[account(mut, address = buyer.vault @ MarketsError::WrongVault)]
    pub vault: UncheckedAccount,
    /// CHECK: address constraint.
    #[account(mut, address = config.treasury @ MarketsError::WrongDestination)]
    pub treasury: UncheckedAccount,
    /// CHECK: address constraint.
    #[account(mut, address = config.stakers @ MarketsError::WrongDestination)]
    pub stakers: UncheckedAccount,
    /// CHECK: address constraint.
    #[account(mut, address = config.operations @ MarketsError::WrongDestination)]
    pub operations: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl CollectFees {
    pub fn collect_fees(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (treasury, stakers, operations) = accounts.buyer.take_dues();
        let total = treasury.saturating_add(stakers).saturating_add(operations);
        require!(total > 0, MarketsError::NothingDue);
        let (buyer, vault) = (&accounts.buyer, &accounts.vault);
        transfer_from_vault(buyer, vault, &accounts.treasury, treasury)?;
        transfer_from_vault(buyer, vault, &accounts.stakers, stakers)?;
        transfer_from_vault(buyer, vault, &accounts.operations, operations)?;
        buyer.invariant(amount_of(vault)?)?;
        emit!(FeesCollected {
            buyer: buyer.owner,
            treasury: treasury.into(),
            stakers: stakers.into(),
            operations: operations.into(),
        });
        Ok(())
    }
}
