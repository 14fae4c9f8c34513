//! Transfers and burns of tokens that the program's authority owns.
use anchor_lang::{cpi::CpiSeed, prelude::*};
use hypernode_runtime::tokens::{burn_signed, transfer_signed};

use crate::constants::AUTHORITY_SEED;

/// Transfer tokens that the program's authority owns.
pub fn transfer_owned(
    from: &UncheckedAccount,
    to: &UncheckedAccount,
    (authority, bump): (&UncheckedAccount, u8),
    amount: u64,
) -> Result<()> {
    let bump = [bump];
    let seeds = [CpiSeed::from(AUTHORITY_SEED), CpiSeed::from(&bump)];
    transfer_signed(from, to, authority, &seeds, amount)
}

/// Burn tokens that the program's authority owns. The supply falls.
pub fn burn_owned(
    from: &UncheckedAccount,
    mint: &UncheckedAccount,
    (authority, bump): (&UncheckedAccount, u8),
    amount: u64,
) -> Result<()> {
    let bump = [bump];
    let seeds = [CpiSeed::from(AUTHORITY_SEED), CpiSeed::from(&bump)];
    burn_signed(from, mint, authority, &seeds, amount)
}
