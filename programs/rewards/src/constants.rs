//! Seeds of every account, and the bounds of the settings.

/// The accumulator; there is one. Authority of both token accounts and signer of calls to staking.
pub const ACCUMULATOR_SEED: &[u8] = b"accumulator";
/// Token account that receives fees and pays claims.
pub const VAULT_SEED: &[u8] = b"vault";
/// Token account that receives the community's part of each release and pays it into the vault over time.
pub const COMMUNITY_SEED: &[u8] = b"community";
/// Decimals of HYPER.
pub const DECIMALS: u8 = 6;
/// Bounds of a window in seconds. A shorter window lets a staker stake only for one distribution.
pub const MIN_WINDOW: i64 = 3_600;
pub const MAX_WINDOW: i64 = 365 * 86_400;
