//! Seeds of every account, and the other programs' accounts that this one trusts.
use anchor_lang::{address, prelude::*};

/// The one pool.
pub const POOL_SEED: &[u8] = b"pool";
/// The one token account that holds every stake; its authority is the pool.
pub const VAULT_SEED: &[u8] = b"vault";
/// Then the owner: one stake per wallet.
pub const STAKE_SEED: &[u8] = b"stake";
/// The rewards program.
pub const REWARDS: Address = address!("32dEyfbMDM58tKr4xEvAWVByo9t14so5g7zwJ673A9KA");
/// Its index: `["accumulator"]` there. It signs when rewards are taken.
pub const ACCUMULATOR: Address = address!("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH");
/// The slashing program's signer: `["config"]` there. Nothing else can hold or take a stake.
pub const SLASHER: Address = address!("D4zeGUMk3T2FndFJdb9gWUeBfKynfPEpikBpsTDrYNk7");
/// HYPER has 6 decimals; every amount in the programs counts on it.
pub const DECIMALS: u8 = 6;
