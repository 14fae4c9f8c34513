//! Seeds and limits. Each limit says how it was sized and which way it may ever change.
use anchor_lang::{address, prelude::Address};
use hypernode_common::{stake::MIN_DURATION, DAY};

/// The one configuration.
pub const CONFIG_SEED: &[u8] = b"config";
/// Signs what was voted for, and owns the two token accounts below. It has no account.
pub const AUTHORITY_SEED: &[u8] = b"authority";
/// HYPER that only a vote can spend.
pub const TREASURY_SEED: &[u8] = b"treasury";
/// Where unlocked HYPER arrives, to be split by `release`.
pub const UNLOCKS_SEED: &[u8] = b"unlocks";
/// Then the proposal's number, as u64 LE.
pub const PROPOSAL_SEED: &[u8] = b"proposal";
/// Then the proposal's number, in the voter's own address space: one vote each.
pub const VOTE_SEED: &[u8] = b"vote";
/// Then the release's number, as u64 LE.
pub const RELEASE_SEED: &[u8] = b"release";

/// The address of the seed `authority`, which no wallet can sign for. A test derives it anew.
pub const AUTHORITY: Address = address!("69ZeMVnhAbBmxad4MKoTos4HVGBjCRG1hZ9Xwr2MdpbJ");
/// Rewards' token account ["community"], which takes its part of each release. A test derives it anew.
pub const COMMUNITY: Address = address!("9vmWhpMjQV9WVkcURspoPzyfZjgJx8amEnpcAus9BW5Q");

/// HYPER has 6 decimals; every amount in the programs counts on it.
pub const DECIMALS: u8 = 6;

/// Instructions of one proposal. Each takes 32 bytes of every proposal's account.
pub const MAX_INSTRUCTIONS: usize = 8;
/// Accounts and data of one instruction: `add_instruction` carries 33 bytes for each account, and a
/// transaction has 1,232 in all. `rotate_oracles` with 16 keys needs 525 bytes of data.
pub const MAX_ACCOUNTS: usize = 24;
pub const MAX_DATA: usize = 640;

/// A draft that was not activated for so long can be cleared away by anybody.
pub const DRAFT_LIFE: i64 = 7 * DAY;
/// How long an ended proposal stays for everybody to read.
pub const RETENTION: i64 = 30 * DAY;

/// No stake that voted may be gone before the vote ends: a vote is shorter than the shortest cooldown.
pub const MAX_VOTING_PERIOD: i64 = MIN_DURATION - 1;
/// Longer waits would only lock the DAO out of its own programs.
pub const MAX_TIMELOCK: i64 = 30 * DAY;
pub const MAX_EXECUTION_WINDOW: i64 = 30 * DAY;
/// A guardian's mandate ends by itself; a vote renews it.
pub const MAX_GUARDIAN_TERM: i64 = 366 * DAY;

/// The least that is worth a release: one HYPER.
pub const MIN_RELEASE: u64 = 1_000_000;
/// Parts of each release, rounded down; the rest goes to operations.
pub const COMMUNITY_BPS: u64 = 3_000;
pub const BURN_BPS: u64 = 2_000;
