//! Token movements by direct call, a tenth of the cost of anchor-spl's wrapper.
use anchor_lang::{
    cpi::{CpiSeed, CpiSigner},
    prelude::*,
};
use pinocchio_token::instructions::{Burn, Transfer};

use crate::{constants::AUTHORITY_SEED, errors::GovernanceError};

/// Where a token account keeps its amount.
const AMOUNT_AT: usize = 64;

/// Move tokens that `authority` signed for.
pub fn transfer(
    from: &UncheckedAccount,
    to: &UncheckedAccount,
    authority: &Signer,
    amount: u64,
) -> Result<()> {
    Transfer::new(from.account(), to.account(), authority.account(), amount).invoke()
}

/// Move tokens that the program's authority owns.
pub fn transfer_owned(
    from: &UncheckedAccount,
    to: &UncheckedAccount,
    (authority, bump): (&UncheckedAccount, u8),
    amount: u64,
) -> Result<()> {
    let bump = [bump];
    let seeds = [CpiSeed::from(AUTHORITY_SEED), CpiSeed::from(&bump)];
    Transfer::new(from.account(), to.account(), authority.account(), amount)
        .invoke_signed(&[CpiSigner::from(&seeds)])
}

/// Destroy tokens that the program's authority owns: the supply falls.
pub fn burn_owned(
    from: &UncheckedAccount,
    mint: &UncheckedAccount,
    (authority, bump): (&UncheckedAccount, u8),
    amount: u64,
) -> Result<()> {
    let bump = [bump];
    let seeds = [CpiSeed::from(AUTHORITY_SEED), CpiSeed::from(&bump)];
    Burn::new(from.account(), mint.account(), authority.account(), amount)
        .invoke_signed(&[CpiSigner::from(&seeds)])
}

/// What a token account holds; the caller has checked its address.
pub fn amount_of(account: &UncheckedAccount) -> Result<u64> {
    let data = account.account().try_borrow()?;
    let amount = data
        .get(AMOUNT_AT..)
        .and_then(|rest| rest.first_chunk::<8>())
        .ok_or(GovernanceError::InvariantBroken)?;
    Ok(u64::from_le_bytes(*amount))
}
