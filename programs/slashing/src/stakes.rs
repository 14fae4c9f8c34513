//! Calls to the staking program, signed by the configuration. They pass a fixed list of accounts, because
//! Anchor's `CpiContext` costs thousands of compute units more.
use anchor_lang::{
    cpi::InstructionAccount, prelude::*, unchecked_invoke_signed_fixed, CpiHandle, Discriminator,
};
use staking::{instruction, Pool, Stake};

use crate::{constants::CONFIG_SEED, state::Config};

/// Hold a stake for one report.
pub fn hold(config: &Account<Config>, stake: &mut Account<Stake>) {
    on_stake(config, stake, instruction::Hold::DISCRIMINATOR);
}

/// Release the hold of one report.
pub fn release_hold(config: &Account<Config>, stake: &mut Account<Stake>) {
    on_stake(config, stake, instruction::ReleaseHold::DISCRIMINATOR);
}

/// Accounts of `slash` besides the configuration.
pub struct Slash<'a> {
    pub pool: &'a mut Account<Pool>,
    pub stake: &'a mut Account<Stake>,
    pub stake_vault: &'a mut UncheckedAccount,
    pub accumulator: &'a UncheckedAccount,
    pub destination: &'a mut UncheckedAccount,
    pub token_program: &'a Program<Token>,
}

/// Take tokens from a stake. Do nothing for zero.
pub fn slash(config: &Account<Config>, slash: Slash, amount: u64) {
    if amount == 0 {
        return;
    }
    // In the order of staking's accounts.
    let handles: [CpiHandle; 7] = [
        config.cpi_handle(),
        slash.pool.cpi_handle_mut().into(),
        slash.stake.cpi_handle_mut().into(),
        slash.accumulator.cpi_handle(),
        slash.stake_vault.cpi_handle_mut().into(),
        slash.destination.cpi_handle_mut().into(),
        slash.token_program.cpi_handle(),
    ];
    let [signer, pool, stake, accumulator, vault, destination, token_program] = &handles;
    let metas = [
        InstructionAccount::readonly_signer(signer.address()),
        InstructionAccount::writable(pool.address()),
        InstructionAccount::writable(stake.address()),
        InstructionAccount::readonly(accumulator.address()),
        InstructionAccount::writable(vault.address()),
        InstructionAccount::writable(destination.address()),
        InstructionAccount::readonly(token_program.address()),
    ];
    let mut data = [0; 16];
    let (tag, argument) = data.split_at_mut(8);
    tag.copy_from_slice(instruction::Slash::DISCRIMINATOR);
    argument.copy_from_slice(&amount.to_le_bytes());
    invoke(config, &data, &metas, &handles);
}

fn on_stake(config: &Account<Config>, stake: &mut Account<Stake>, tag: &[u8]) {
    let handles: [CpiHandle; 2] = [config.cpi_handle(), stake.cpi_handle_mut().into()];
    let [signer, held] = &handles;
    let metas = [
        InstructionAccount::readonly_signer(signer.address()),
        InstructionAccount::writable(held.address()),
    ];
    invoke(config, tag, &metas, &handles);
}

/// Call staking. A refusal aborts the whole transaction, so there is no result to return.
fn invoke<const N: usize>(
    config: &Account<Config>,
    data: &[u8],
    metas: &[InstructionAccount; N],
    handles: &[CpiHandle; N],
) {
    let bump = [config.bump];
    let seeds: [&[u8]; 2] = [CONFIG_SEED, &bump];
    unchecked_invoke_signed_fixed(&staking::ID, data, metas, handles, &[&seeds]);
}
