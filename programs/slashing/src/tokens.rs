//! Transfers and burns of tokens in the vault of bonds and dues.
use anchor_lang::{cpi::CpiSeed, prelude::*};
use hypernode_runtime::tokens::{burn_signed, transfer_signed};

use crate::{constants::CONFIG_SEED, errors::SlashingError, state::Config};

/// Offset of the owner's wallet in a token account.
const OWNER_AT: usize = 32;

/// Transfer tokens from the vault. Do nothing for zero.
pub fn transfer_from_vault(
    config: &Account<Config>,
    vault: &UncheckedAccount,
    to: &UncheckedAccount,
    amount: u64,
) -> Result<()> {
    let bump = [config.bump];
    let seeds = [CpiSeed::from(CONFIG_SEED), CpiSeed::from(&bump)];
    transfer_signed(vault, to, config, &seeds, amount)
}

/// Burn tokens of the vault. Do nothing for zero.
pub fn burn_from_vault(
    config: &Account<Config>,
    vault: &UncheckedAccount,
    mint: &UncheckedAccount,
    amount: u64,
) -> Result<()> {
    let bump = [config.bump];
    let seeds = [CpiSeed::from(CONFIG_SEED), CpiSeed::from(&bump)];
    burn_signed(vault, mint, config, &seeds, amount)
}

/// Return the owner of an account of the token program. The transfer checks that it is a token account of the
/// right mint.
pub fn wallet_of(account: &UncheckedAccount) -> Result<Address> {
    require!(
        account.account().owned_by(&Token::id()),
        SlashingError::WrongDestination
    );
    let data = account.account().try_borrow()?;
    let owner = data
        .get(OWNER_AT..)
        .and_then(|rest| rest.first_chunk::<32>())
        .ok_or(SlashingError::WrongDestination)?;
    Ok(Address::new_from_array(*owner))
}
