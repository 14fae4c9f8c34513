//! Seeds and limits. Each limit says how it was sized and which way it may ever change.
use hypernode_common::{stake::MIN_DURATION, DAY};

/// The one configuration.
pub const CONFIG_SEED: &[u8] = b"config";
/// The one set of oracle keys.
pub const ORACLE_SET_SEED: &[u8] = b"oracle_set";
/// Then the creator and the 32 bytes of the market's id.
pub const MARKET_SEED: &[u8] = b"market";
/// Then the operator's wallet: one node per wallet, as its stake.
pub const NODE_SEED: &[u8] = b"node";
/// In the owner's own address space, so that no wallet has two.
pub const BUYER_SEED: &str = "buyer";
/// Then the owner's wallet; a token account that is its own authority.
pub const BUYER_VAULT_SEED: &[u8] = b"buyer_vault";
/// Then the owner's wallet and the nonce that the buyer chose, as u64 LE.
pub const JOB_SEED: &[u8] = b"job";

/// HYPER has 6 decimals; every amount in the programs counts on it.
pub const DECIMALS: u8 = 6;

/// Pause flags. There is none for refunds, withdrawals or receipts, and there never may be.
pub const PAUSE_NEW_JOBS: u8 = 1;
pub const PAUSE_NEW_NODES: u8 = 2;

/// A week of compute in one attempt; with the next two it must stay within `MIN_DURATION`.
pub const MAX_TIMEOUT: u32 = 7 * 86_400;
/// To upload and to bring the receipt.
pub const MAX_GRACE: u32 = 86_400;
/// For the oracles to fetch, re-run and sign; what the shortest stake leaves after the two above.
pub const MAX_VERDICT_WINDOW: u32 = 3 * 86_400;
/// How long money may lie in a job that nobody takes. Only its owner waits for it, and may cancel.
pub const MAX_JOB_TTL: u32 = 30 * 86_400;
/// A node that is assigned a job and unstakes at once still has its stake locked when the verdict comes.
const _: () = assert!((MAX_TIMEOUT + MAX_GRACE + MAX_VERDICT_WINDOW) as i64 <= MIN_DURATION);

/// Below this the deterrence rule would ask for stakes nobody has; above 5 % cheating pays less and less.
pub const MIN_AUDIT_BPS: u16 = 500;
pub const MAX_AUDIT_BPS: u16 = 10_000;
pub const MAX_ATTEMPTS: u8 = 5;
pub const MAX_REPUTATION: u16 = 1_000;

/// As many signatures as fit a plain transaction beside whatever carries them and a priority fee; the largest
/// is `slashing.report_attested`. Under a threshold that fits none, no job could be settled at all.
pub const MAX_THRESHOLD: u8 = 4;

/// A retired node stays for its slashing evidence as long as the shortest stake is locked.
pub const NODE_RETIREMENT: i64 = 14 * DAY;

/// A buyer account's sequence starts at its opening slot times this. No buyer can create so many jobs in one
/// slot (a block holds a thirtieth of them), so an account opened again starts above all it ever numbered.
pub const SEQUENCE_PER_SLOT: u64 = 1 << 20;

/// As an amount: everything there is.
pub const ALL: u64 = u64::MAX;
