//! Token movements by direct call, a tenth of the cost of anchor-spl's wrapper.
use anchor_lang::{
    cpi::{CpiSeed, CpiSigner},
    prelude::*,
};
use hypernode_common::token;
use pinocchio_token::instructions::{Burn, Transfer};

/// Move tokens that `authority` signed for.
pub fn transfer(
    from: &UncheckedAccount,
    to: &UncheckedAccount,
    authority: &Signer,
    amount: u64,
) -> Result<()> {
    Transfer::new(from.account(), to.account(), authority.account(), amount).invoke()
}

/// Move tokens whose authority is a program's address with these seeds; nothing moves for zero.
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

/// Destroy tokens whose authority is a program's address with these seeds; nothing happens for zero.
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

/// What a token account holds; the caller has checked its address.
pub fn amount_of(account: &UncheckedAccount) -> Result<u64> {
    let data = account.account().try_borrow()?;
    token::amount(&data).ok_or(ProgramError::InvalidAccountData)
}
