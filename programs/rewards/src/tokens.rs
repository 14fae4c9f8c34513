//! Token movements out of the accumulator's two accounts, by direct call.
use anchor_lang::{
    cpi::{CpiSeed, CpiSigner},
    prelude::*,
};
use anchor_spl::token::TokenAccount;
use pinocchio_token::instructions::Transfer;

use crate::{constants::ACCUMULATOR_SEED, state::Accumulator};

/// Move tokens that the accumulator owns; nothing for an amount of zero.
pub fn transfer(
    accumulator: &Account<Accumulator>,
    from: &Account<TokenAccount>,
    to: &AccountView,
    amount: u64,
) -> Result<()> {
    if amount == 0 {
        return Ok(());
    }
    let bump = [accumulator.bump];
    let seeds = [CpiSeed::from(ACCUMULATOR_SEED), CpiSeed::from(&bump)];
    Transfer::new(from.account(), to, accumulator.account(), amount)
        .invoke_signed(&[CpiSigner::from(&seeds)])
}
