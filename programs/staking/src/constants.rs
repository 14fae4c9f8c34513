//! Seeds of every account, and the accounts of other programs that this program trusts.
use anchor_lang::{address, prelude::*};

/// The pool; there is one.
pub const POOL_SEED: &[u8] = b"pool";
/// Token account that holds every stake; its authority is the pool.
pub const VAULT_SEED: &[u8] = b"vault";
/// Followed by the owner's wallet: one stake per wallet.
pub const STAKE_SEED: &[u8] = b"stake";
/// The rewards program.
pub const REWARDS: Address = address!("32dEyfbMDM58tKr4xEvAWVByo9t14so5g7zwJ673A9KA");
/// The rewards program's account `["accumulator"]`: it holds the index and signs `take_rewards`.
pub const ACCUMULATOR: Address = address!("BULPRodvGH9gz8HXqufKLmXv3i8bGRFw8116kcfeauWH");
/// The slashing program's account `["config"]`, the only signer that can hold or slash a stake.
pub const SLASHER: Address = address!("D4zeGUMk3T2FndFJdb9gWUeBfKynfPEpikBpsTDrYNk7");
/// Decimals of HYPER. Every amount in the programs assumes them.
pub const DECIMALS: u8 = 6;
