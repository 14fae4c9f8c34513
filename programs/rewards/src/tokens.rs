//! Token transfers from the accumulator's two token accounts.
use anchor_lang::{cpi::CpiSeed, prelude::*};
use hypernode_runtime::tokens::transfer_signed;

use crate::{constants::ACCUMULATOR_SEED, state::Accumulator};

/// Transfer tokens that the accumulator owns. Do nothing for zero.
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
