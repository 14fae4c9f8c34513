//! Token movements out of the accumulator's two accounts.
use anchor_lang::{cpi::CpiSeed, prelude::*};
use hypernode_runtime::tokens::transfer_signed;

use crate::{constants::ACCUMULATOR_SEED, state::Accumulator};

/// Move tokens that the accumulator owns; nothing for an amount of zero.
pub fn transfer(
    accumulator: &Account<Accumulator>,
    from: &UncheckedAccount,
    to: &UncheckedAccount,
    amount: u64,
) -> Result<()> {
    let bump = [accumulator.bump];
    let seeds = [CpiSeed::from(ACCUMULATOR_SEED), CpiSeed::from(&bump)];
    transfer_signed(from, to, accumulator, &seeds, amount)
}
