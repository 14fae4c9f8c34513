//! The one token movement: a transfer by direct call, a tenth of the cost of anchor-spl's wrapper.
use anchor_lang::{
    cpi::{CpiSeed, CpiSigner},
    prelude::*,
};
use pinocchio_token::instructions::Transfer;

use crate::{constants::POOL_SEED, state::Pool};

/// Move tokens that `authority` signed for.
pub fn transfer(
    from: &UncheckedAccount,
    to: &UncheckedAccount,
    authority: &Signer,
    amount: u64,
) -> Result<()> {
    Transfer::new(from.account(), to.account(), authority.account(), amount).invoke()
}

/// Move tokens out of the vault.
pub fn transfer_from_vault(
    pool: &Account<Pool>,
    vault: &UncheckedAccount,
    to: &UncheckedAccount,
    amount: u64,
) -> Result<()> {
    let bump = [pool.bump];
    let seeds = [CpiSeed::from(POOL_SEED), CpiSeed::from(&bump)];
    Transfer::new(vault.account(), to.account(), pool.account(), amount)
        .invoke_signed(&[CpiSigner::from(&seeds)])
}
