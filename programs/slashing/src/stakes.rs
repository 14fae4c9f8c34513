//! What staking does for us; the configuration signs.
use anchor_lang::prelude::*;
use staking::{cpi, Pool, Stake};

use crate::{constants::CONFIG_SEED, state::Config};

/// Keep a stake from leaving.
pub fn hold(config: &Account<Config>, stake: &mut Account<Stake>) -> Result<()> {
    let bump = [config.bump];
    let accounts = cpi::accounts::Hold {
        slasher: config.cpi_handle(),
        stake: stake.cpi_handle_mut(),
    };
    cpi::hold(CpiContext::new_with_signer(
        &staking::ID,
        accounts,
        &[&[CONFIG_SEED, &bump]],
    ))?;
    Ok(())
}

/// Let a stake go, as far as one report is concerned.
pub fn release_hold(config: &Account<Config>, stake: &mut Account<Stake>) -> Result<()> {
    let bump = [config.bump];
    let accounts = cpi::accounts::ReleaseHold {
        slasher: config.cpi_handle(),
        stake: stake.cpi_handle_mut(),
    };
    cpi::release_hold(CpiContext::new_with_signer(
        &staking::ID,
        accounts,
        &[&[CONFIG_SEED, &bump]],
    ))?;
    Ok(())
}

/// What `slash` needs beside the configuration.
pub struct Slash<'a> {
    pub pool: &'a mut Account<Pool>,
    pub stake: &'a mut Account<Stake>,
    pub stake_vault: &'a mut UncheckedAccount,
    pub accumulator: &'a UncheckedAccount,
    pub destination: &'a mut UncheckedAccount,
    pub token_program: &'a Program<Token>,
}

/// Take tokens out of a stake; nothing happens for zero.
pub fn slash(config: &Account<Config>, slash: Slash, amount: u64) -> Result<()> {
    if amount == 0 {
        return Ok(());
    }
    let bump = [config.bump];
    let seeds: [&[u8]; 2] = [CONFIG_SEED, &bump];
    let accounts = cpi::accounts::Slash {
        slasher: config.cpi_handle(),
        pool: slash.pool.cpi_handle_mut(),
        stake: slash.stake.cpi_handle_mut(),
        vault: slash.stake_vault.cpi_handle_mut(),
        accumulator: slash.accumulator.cpi_handle(),
        destination: slash.destination.cpi_handle_mut(),
        token_program: slash.token_program.cpi_handle(),
    };
    let signers: [&[&[u8]]; 1] = [&seeds];
    let context = CpiContext::new_with_signer(&staking::ID, accounts, &signers);
    cpi::slash(context, amount)?;
    Ok(())
}
