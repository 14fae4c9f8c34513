//! Token transfers and burns by direct call, at a tenth of the compute cost of anchor-spl's wrapper.
use anchor_lang::{
    cpi::{CpiSeed, CpiSigner},
    prelude::*,
};
use hypernode_common::token;
use pinocchio_token::instructions::{Burn, Transfer};

/// Transfer tokens; `authority` has signed the transaction.
pub fn transfer(
    from: &UncheckedAccount,
    to: &UncheckedAccount,
    authority: &Signer,
    amount: u64,
) -> Result<()> {
    Transfer::new(from.account(), to.account(), authority.account(), amount).invoke()
}

/// Transfer tokens whose authority is the program address with these seeds. Do nothing for zero.
pub fn transfer_signed<A: AnchorAccount>(
    from: &UncheckedAccount,
    to: &UncheckedAccount,
    authority: &A,
    seeds: &[CpiSeed],
    amount: u64,
) -> Result<()> {
    if amount == 0 {
        return Ok(());
    }
    Transfer::new(from.account(), to.account(), authority.account(), amount)
        .invoke_signed(&[CpiSigner::from(seeds)])
}

/// Burn tokens whose authority is the program address with these seeds. Do nothing for zero.
pub fn burn_signed<A: AnchorAccount>(
    from: &UncheckedAccount,
    mint: &UncheckedAccount,
    authority: &A,
    seeds: &[CpiSeed],
    amount: u64,
) -> Result<()> {
    if amount == 0 {
        return Ok(());
    }
    Burn::new(from.account(), mint.account(), authority.account(), amount)
        .invoke_signed(&[CpiSigner::from(seeds)])
}

/// Return a token account's balance. The caller has checked the address.
pub fn amount_of(account: &UncheckedAccount) -> Result<u64> {
    let data = account.account().try_borrow()?;
    token::amount(&data).ok_or(ProgramError::InvalidAccountData)
}
