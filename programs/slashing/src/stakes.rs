//! Calls to the staking and the markets program, signed by the configuration. They pass a fixed list of accounts, because
//! Anchor's `CpiContext` costs thousands of compute units more.
use anchor_lang::{
    cpi::InstructionAccount, prelude::*, unchecked_invoke_signed_fixed, CpiHandle, Discriminator,
};
use staking::{instruction, Pool, Stake};

use crate::{constants::CONFIG_SEED, jobs::CLOSE_OUTCOME_TAG, programs::Markets, state::Config};

/// Hold a stake for one report, and the amount that it will take.
pub fn hold(config: &Account<Config>, stake: &mut Account<Stake>, amount: u64) {
    on_stake(config, stake, instruction::Hold::DISCRIMINATOR, amount);
}

/// Hold the amount of a report that was confirmed.
pub fn hold_more(config: &Account<Config>, stake: &mut Account<Stake>, amount: u64) {
    on_stake(config, stake, instruction::HoldMore::DISCRIMINATOR, amount);
}

/// Release the hold of one report, and its amount.
pub fn release_hold(config: &Account<Config>, stake: &mut Account<Stake>, amount: u64) {
    on_stake(
        config,
        stake,
        instruction::ReleaseHold::DISCRIMINATOR,
        amount,
    );
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
    let data = with_amount(instruction::Slash::DISCRIMINATOR, amount);
    invoke(config, &staking::ID, &data, &metas, &handles);
}

fn on_stake(config: &Account<Config>, stake: &mut Account<Stake>, tag: &[u8], amount: u64) {
    let handles: [CpiHandle; 2] = [config.cpi_handle(), stake.cpi_handle_mut().into()];
    let [signer, held] = &handles;
    let metas = [
        InstructionAccount::readonly_signer(signer.address()),
        InstructionAccount::writable(held.address()),
    ];
    invoke(
        config,
        &staking::ID,
        &with_amount(tag, amount),
        &metas,
        &handles,
    );
}

/// Close an ended job, whose sentence a report now collects, and release its exposure.
pub fn close_outcome(
    config: &Account<Config>,
    job: &mut UncheckedAccount,
    payer: &mut UncheckedAccount,
    node: &mut UncheckedAccount,
) {
    let handles: [CpiHandle; 4] = [
        config.cpi_handle(),
        job.cpi_handle_mut().into(),
        payer.cpi_handle_mut().into(),
        node.cpi_handle_mut().into(),
    ];
    let [signer, ended, rent, worker] = &handles;
    let metas = [
        InstructionAccount::readonly_signer(signer.address()),
        InstructionAccount::writable(ended.address()),
        InstructionAccount::writable(rent.address()),
        InstructionAccount::writable(worker.address()),
    ];
    invoke(config, &Markets::id(), &CLOSE_OUTCOME_TAG, &metas, &handles);
}

fn with_amount(tag: &[u8], amount: u64) -> [u8; 16] {
    let mut data = [0; 16];
    let (name, argument) = data.split_at_mut(8);
    name.copy_from_slice(tag);
    argument.copy_from_slice(&amount.to_le_bytes());
    data
}

/// Call a program. A refusal aborts the whole transaction, so there is no result to return.
fn invoke<const N: usize>(
    config: &Account<Config>,
    program: &Address,
    data: &[u8],
    metas: &[InstructionAccount; N],
    handles: &[CpiHandle; N],
) {
    let bump = [config.bump];
    let seeds: [&[u8]; 2] = [CONFIG_SEED, &bump];
    unchecked_invoke_signed_fixed(program, data, metas, handles, &[&seeds]);
}
