//! Token movements by direct call, a tenth of the cost of anchor-spl's wrapper.
use anchor_lang::{
    cpi::{CpiSeed, CpiSigner},
    prelude::*,
};
use hypernode_common::token;
use pinocchio_token::instructions::{CloseAccount, Transfer};

use crate::{constants::BUYER_SEED, errors::MarketsError, state::BuyerAccount};

/// Move tokens that `authority` signed for.
pub fn transfer(
    from: &UncheckedAccount,
    to: &UncheckedAccount,
    authority: &Signer,
    amount: u64,
) -> Result<()> {
    Transfer::new(from.account(), to.account(), authority.account(), amount).invoke()
}

/// Move tokens out of a buyer's vault; nothing moves for zero.
pub fn transfer_from_vault(
    buyer: &Account<BuyerAccount>,
    vault: &UncheckedAccount,
    to: &UncheckedAccount,
    amount: u64,
) -> Result<()> {
    if amount == 0 {
        return Ok(());
    }
    let bump = [buyer.bump];
    let seeds = [
        CpiSeed::from(BUYER_SEED),
        CpiSeed::from(buyer.owner.as_ref()),
        CpiSeed::from(&bump),
    ];
    Transfer::new(vault.account(), to.account(), buyer.account(), amount)
        .invoke_signed(&[CpiSigner::from(&seeds)])
}

/// Close a buyer's vault, which must be empty; its rent goes to `payer`.
pub fn close_vault(
    buyer: &Account<BuyerAccount>,
    vault: &UncheckedAccount,
    payer: &UncheckedAccount,
) -> Result<()> {
    let bump = [buyer.bump];
    let seeds = [
        CpiSeed::from(BUYER_SEED),
        CpiSeed::from(buyer.owner.as_ref()),
        CpiSeed::from(&bump),
    ];
    CloseAccount::new(vault.account(), payer.account(), buyer.account())
        .invoke_signed(&[CpiSigner::from(&seeds)])
}

/// What a vault holds; the caller has checked its address.
pub fn vault_amount(vault: &UncheckedAccount) -> Result<u64> {
    let data = vault.account().try_borrow()?;
    token::amount(&data).ok_or(MarketsError::InvariantBroken.into())
}
