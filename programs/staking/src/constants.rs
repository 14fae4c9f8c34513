//! Seeds of every account, and what they mean.

/// The one pool.
pub const POOL_SEED: &[u8] = b"pool";
/// The one token account that holds every stake; its authority is the pool.
pub const VAULT_SEED: &[u8] = b"vault";
/// Then the owner: one stake per wallet.
pub const STAKE_SEED: &[u8] = b"stake";
/// HYPER has 6 decimals; every amount in the programs counts on it.
pub const DECIMALS: u8 = 6;
