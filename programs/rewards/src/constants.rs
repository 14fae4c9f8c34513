//! Seeds of every account, and the bounds of what may be set.

/// The one accumulator; authority of both token accounts, and signer of calls into staking.
pub const ACCUMULATOR_SEED: &[u8] = b"accumulator";
/// Fees arrive here; claims leave from here.
pub const VAULT_SEED: &[u8] = b"vault";
/// The community's part of each unlock arrives here, and moves to the vault as it flows.
pub const COMMUNITY_SEED: &[u8] = b"community";
/// HYPER has 6 decimals.
pub const DECIMALS: u8 = 6;
/// Seconds over which an amount may flow. A short window would let a stake come just for it.
pub const MIN_WINDOW: i64 = 3_600;
pub const MAX_WINDOW: i64 = 365 * 86_400;
