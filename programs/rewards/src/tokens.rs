//! Token movements out of the accumulator's two accounts, by direct call.
use anchor_lang::{
    cpi::{CpiSeed, CpiSigner},
    prelude::*,
};
use hypernode_common::token;
use pinocchio_token::instructions::Transfer;

use crate::{constants::ACCUMULATOR_SEED, errors::RewardsError, state::Accumulator};

/// Move tokens that the accumulator owns; nothing for an amount of zero.
pub fn transfer(
    accumulator: &Account<Accumulator>,
    from: &UncheckedAccount,
    to: &UncheckedAccount,
    amount: u64,
) -> Result<()> {
    if amount == 0 {
        return Ok(());
    }
    let bump = [accumulator.bump];
    let seeds = [CpiSeed::from(ACCUMULATOR_SEED), CpiSeed::from(&bump)];
    Transfer::new(from.account(), to.account(), accumulator.account(), amount)
        .invoke_signed(&[CpiSigner::from(&seeds)])
}

/// What a token account holds; the caller has checked its address.
pub fn balance(account: &UncheckedAccount) -> Result<u64> {
    let data = account.account().try_borrow()?;
    token::amount(&data).ok_or(RewardsError::InvariantBroken.into())
}
