//! Seeds and limits. The comment of each limit gives the reason for its size.
use anchor_lang::{address, prelude::Address};
use hypernode_common::{stake::HYPER, DAY};

/// The configuration; there is one. It signs calls to staking and owns the vault.
pub const CONFIG_SEED: &[u8] = b"config";
/// Token account that holds bonds and unclaimed dues.
pub const VAULT_SEED: &[u8] = b"vault";
/// Followed by the accused's wallet and the digest of the evidence.
pub const REPORT_SEED: &[u8] = b"report";
/// The same for attested reports, so that a wallet cannot take their address with a report by bond.
pub const ATTESTED_SEED: &[u8] = b"attested";
/// Followed by the report, the round and the validator's wallet: one vote per wallet and round.
pub const VOTE_SEED: &[u8] = b"vote";
/// Followed by the accused's wallet.
pub const RECORD_SEED: &[u8] = b"record";
/// Followed by the accused's wallet, the job (the evidence if there is no job) and the sequence as u64 LE.
pub const FAULT_SEED: &[u8] = b"fault";

/// The markets program's account `["oracle_set"]`.
pub const ORACLE_SET: Address = address!("p5rKZFEMj3ozqunJAxuQABjNjc1gxg1KXHavaByJWQK");

/// Decimals of HYPER. Every amount in the programs assumes them.
pub const DECIMALS: u8 = 6;

/// Number of fault reasons.
pub const REASONS: usize = 5;
/// Most of a stake that one report, and one day, may take. The authority cannot set more.
pub const MAX_SLASH_BPS: u16 = 5_000;
/// Least part that is burned, so that an accomplice's report cannot return the slashed stake to its owner.
pub const MIN_BURN_BPS: u16 = 1_000;
/// Bounds of the quorums. A larger quorum needs more weight than votes in practice.
pub const MAX_QUORUM_BPS: u16 = 5_000;
/// A third of all weight: fewer tokens would convict an innocent wallet.
pub const MIN_QUORUM_BPS: u16 = 3_334;

pub const MIN_BOND: u64 = HYPER;
/// Largest bond, so that small stakers can still report.
pub const MAX_BOND: u64 = 10_000 * HYPER;
pub const LEAST_VALIDATOR_STAKE: u64 = 100 * HYPER;
pub const MOST_VALIDATOR_STAKE: u64 = 1_000_000 * HYPER;

/// Least voting and appeal period. It must not be shorter than `MAX_ATTESTATION_LIFE`.
pub const MIN_PERIOD: i64 = DAY;
pub const MAX_VOTING_PERIOD: i64 = 14 * DAY;
pub const MAX_APPEAL_PERIOD: i64 = 30 * DAY;
/// Longest validity of an attestation. It expires before its report can end, so it cannot open a second one.
pub const MAX_ATTESTATION_LIFE: i64 = MIN_PERIOD;

/// Validators that must vote to uphold a report in the first round, and to overturn it in an appeal.
pub const MIN_VOTERS: u16 = 3;
pub const MIN_APPEAL_VOTERS: u16 = 5;

/// Seconds between two executions against one wallet for the same reason.
pub const COOLDOWN: i64 = DAY;
/// Seconds after which neither cooldown nor daily cap delays a report: small faults cannot keep a large one waiting.
pub const LONGEST_WAIT: i64 = 7 * DAY;
/// Seconds after the end at which unclaimed dues are burned and the report may be closed (90 days).
pub const CLAIM_PERIOD: i64 = 90 * DAY;

/// Most open reports by bond against one wallet. Staking counts holds in one byte; the other 55 are for
/// attested reports.
pub const MAX_OPEN_REPORTS: u16 = 200;
const _: () = assert!(MAX_OPEN_REPORTS < u8::MAX as u16);
