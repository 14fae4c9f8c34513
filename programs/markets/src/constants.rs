//! Seeds and limits. The comment of each limit gives the reason for its size.
use anchor_lang::{address, prelude::Address};
use hypernode_common::{
    stake::{HYPER, MIN_DURATION},
    DAY,
};

/// The configuration; there is one.
pub const CONFIG_SEED: &[u8] = b"config";
/// The set of oracle keys; there is one.
pub const ORACLE_SET_SEED: &[u8] = b"oracle_set";
/// Followed by the creator and the 32 bytes of the market's id.
pub const MARKET_SEED: &[u8] = b"market";
/// Followed by the operator's wallet: one node per wallet, because there is one stake per wallet.
pub const NODE_SEED: &[u8] = b"node";
/// Seed of the owner's seeded address, so that each wallet has one buyer account.
pub const BUYER_SEED: &str = "buyer";
/// Followed by the owner's wallet. The token account is its own authority.
pub const BUYER_VAULT_SEED: &[u8] = b"buyer_vault";
/// Followed by the owner's wallet and the buyer's nonce as u64 LE.
pub const JOB_SEED: &[u8] = b"job";

/// Decimals of HYPER. Every amount in the programs assumes them.
pub const DECIMALS: u8 = 6;

/// Pause flags. Refunds, withdrawals and receipts must have none.
pub const PAUSE_NEW_JOBS: u8 = 1;
pub const PAUSE_NEW_NODES: u8 = 2;

/// Seconds of compute in one attempt (7 days). The stake's cooldown must cover it and both windows.
pub const MAX_TIMEOUT: u32 = 7 * 86_400;
/// Seconds for a node to fetch image and inputs (10 s to 1 day).
pub const MIN_START_ALLOWANCE: u32 = 10;
pub const MAX_START_ALLOWANCE: u32 = 86_400;
/// Seconds for a node to upload the outputs and submit the receipt (30 s to 1 day).
pub const MIN_GRACE: u32 = 30;
pub const MAX_GRACE: u32 = 86_400;
/// Least seconds for the oracles to fetch, repeat and sign, besides eight timeouts (10 minutes to 3 days).
pub const MIN_VERDICT_FLOOR: u32 = 600;
pub const MAX_VERDICT_FLOOR: u32 = 3 * 86_400;
/// Seconds that a job may wait for its first assignment (1 minute to 30 days). The buyer may cancel it before.
pub const MIN_JOB_TTL: u32 = 60;
pub const MAX_JOB_TTL: u32 = 30 * 86_400;
/// Seconds after the late window in which a report can still hold the stake (2 days).
pub const REPORT_TIME: u32 = 2 * 86_400;
// An operator who unstakes right after an assignment still has the stake locked when a report can be made: a job of
// half a day fits the shortest stake.
const _: () =
    assert!((MIN_VERDICT_FLOOR + 13 * 43_200 + 86_400 + REPORT_TIME) as i64 <= MIN_DURATION);
/// Seconds for which a rejected or finally timed-out job waits for the report that collects its sentence (30 days).
pub const OUTCOME_TIME: i64 = 30 * DAY;
/// Least sentence that is worth a report (0.01 HYPER): collecting it costs less.
pub const LEAST_SENTENCE: u64 = HYPER / 100;
/// The slashing program's account `["config"]`. It signs the close of a job whose sentence it collects.
pub const SLASHER: Address = address!("D4zeGUMk3T2FndFJdb9gWUeBfKynfPEpikBpsTDrYNk7");
/// Assignments that workers may give back before the run, without using up an attempt.
pub const MAX_DECLINES: u8 = 100;

/// Every attempt is repeated.
pub const ALWAYS_BPS: u16 = 10_000;
/// Audit rates that a market may have. Below 5 % the deterrence rule requires stakes that no operator has.
pub const AUDIT_RATES: [u16; 6] = [500, 1_000, 1_500, 2_000, 2_500, ALWAYS_BPS];
/// Jobs of a new node, and of one whose work was rejected, that are all repeated.
pub const PROBATION_JOBS: u8 = 10;
pub const MAX_ATTEMPTS: u8 = 5;
pub const MAX_REPUTATION: u16 = 1_000;

/// Fewest oracles that decide: k of 2 k - 1, so that neither k - 1 corrupt ones nor k - 1 silent ones do.
pub const MIN_THRESHOLD: u8 = 2;
/// Share of the free stake that may stand behind open jobs.
pub const FRAUD_BPS: u16 = 10_000;
/// Seconds between two rotations: the old keys judge their jobs until the next one.
pub const ROTATION_PAUSE: i64 = 14 * DAY;
/// Most signatures that fit a transaction with a priority fee and `settle_job`. With a larger threshold no job could
/// be settled.
pub const MAX_THRESHOLD: u8 = 4;

/// Seconds that a retired node's account stays as evidence for slashing: the shortest stake duration.
pub const NODE_RETIREMENT: i64 = 14 * DAY;

/// First sequence number of a buyer account: its opening slot times this. One slot holds at most a thirtieth
/// of this many jobs, so a reopened account starts above all its earlier numbers.
pub const SEQUENCE_PER_SLOT: u64 = 1 << 20;

/// As an amount of `withdraw`: the whole available balance.
pub const ALL: u64 = u64::MAX;

/// Largest minimum rate: no authority can price all buyers out.
pub const MAX_MIN_RATE: u64 = HYPER / 100;
