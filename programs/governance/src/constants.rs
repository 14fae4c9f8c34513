//! Seeds and limits. The comment of each limit gives the reason for its size.
use anchor_lang::{address, prelude::Address};
use hypernode_common::{stake::MIN_DURATION, DAY};

/// The configuration; there is one.
pub const CONFIG_SEED: &[u8] = b"config";
/// Signs executed instructions and owns the two token accounts below. The address holds no account.
pub const AUTHORITY_SEED: &[u8] = b"authority";
/// Token account of the treasury, which only an executed proposal can spend.
pub const TREASURY_SEED: &[u8] = b"treasury";
/// Token account that receives unlocked HYPER, which `release` splits.
pub const UNLOCKS_SEED: &[u8] = b"unlocks";
/// Followed by the proposal's number as u64 LE.
pub const PROPOSAL_SEED: &[u8] = b"proposal";
/// Followed by the proposal's number, in the voter's seeded address: one vote per wallet.
pub const VOTE_SEED: &[u8] = b"vote";
/// Followed by the release's number as u64 LE.
pub const RELEASE_SEED: &[u8] = b"release";

/// Address of the seed `authority`. No private key can sign for it. A test checks the derivation.
pub const AUTHORITY: Address = address!("69ZeMVnhAbBmxad4MKoTos4HVGBjCRG1hZ9Xwr2MdpbJ");
/// The rewards program's token account ["community"], which gets its part of each release. A test checks the
/// derivation.
pub const COMMUNITY: Address = address!("9vmWhpMjQV9WVkcURspoPzyfZjgJx8amEnpcAus9BW5Q");

/// Decimals of HYPER. Every amount in the programs assumes them.
pub const DECIMALS: u8 = 6;

/// Most instructions of one proposal. Each takes 32 bytes of every proposal's account.
pub const MAX_INSTRUCTIONS: usize = 8;
/// Most accounts and bytes of data of one instruction: `add_instruction` carries 33 bytes for each account, and
/// a transaction has 1,232 bytes. `rotate_oracles` with 7 keys needs 237 bytes of data.
pub const MAX_ACCOUNTS: usize = 24;
pub const MAX_DATA: usize = 640;

/// Seconds after which any wallet may cancel a draft that was not activated (7 days).
pub const DRAFT_LIFE: i64 = 7 * DAY;
/// Seconds for which an ended proposal's account stays readable (30 days).
pub const RETENTION: i64 = 30 * DAY;

/// Longest vote: shorter than the shortest cooldown, so that a stake cannot vote and leave before the end.
pub const MAX_VOTING_PERIOD: i64 = MIN_DURATION - 1;
/// Longest waits. Longer ones would delay every change that the DAO makes.
pub const MAX_TIMELOCK: i64 = 30 * DAY;
pub const MAX_EXECUTION_WINDOW: i64 = 30 * DAY;
/// Longest mandate of a guardian. It ends without a vote; a proposal can renew it.
pub const MAX_GUARDIAN_TERM: i64 = 366 * DAY;

/// Least base units of a release: 1 HYPER.
pub const MIN_RELEASE: u64 = 1_000_000;
/// Shares of each release, rounded down. Operations gets the rest.
pub const COMMUNITY_BPS: u64 = 3_000;
pub const BURN_BPS: u64 = 2_000;
