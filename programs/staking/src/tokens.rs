//! Token transfers from the vault of all stakes.
use anchor_lang::{cpi::CpiSeed, prelude::*};
use hypernode_runtime::tokens::transfer_signed;

use crate::{constants::POOL_SEED, state::Pool};

pub fn transfer_from_vault(
    pool: &Account<Pool>,
    vault: &UncheckedAccount,
    to: &UncheckedAccount,
    amount: u64,
) -> Result<()> {
    let bump = [pool.bump];
    let seeds = [CpiSeed::from(POOL_SEED), CpiSeed::from(&bump)];
    transfer_signed(vault, to, pool, &seeds, amount)
}
