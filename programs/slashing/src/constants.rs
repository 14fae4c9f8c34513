//! Seeds and limits. The comment of each limit gives the reason for its size.
use hypernode_common::{stake::HYPER, DAY};

/// The configuration; there is one. It signs calls to staking and owns the vault.
pub const CONFIG_SEED: &[u8] = b"config";
/// Token account that holds bonds and unclaimed dues.
pub const VAULT_SEED: &[u8] = b"vault";
/// Followed by the accused's wallet and the digest of the evidence, for a report by bond.
pub const REPORT_SEED: &[u8] = b"report";
/// Followed by the job and its sequence as u64 LE, for the report of a rejected or timed-out job.
pub const SENTENCE_SEED: &[u8] = b"sentence";
/// Followed by the report, the round and the validator's wallet: one vote per wallet and round.
pub const VOTE_SEED: &[u8] = b"vote";
/// Followed by the accused's wallet.
pub const RECORD_SEED: &[u8] = b"record";

/// Decimals of HYPER. Every amount in the programs assumes them.
pub const DECIMALS: u8 = 6;

/// Reasons of a report by bond. The other two are verdicts on jobs, whose sentence the job carries.
pub const REASONS: usize = 3;
/// Most of a stake that one report by bond, and one day, may take. The authority cannot set more.
pub const MAX_SLASH_BPS: u16 = 5_000;
/// Bounds of the quorums. A larger quorum needs more weight than votes in practice.
pub const MAX_QUORUM_BPS: u16 = 5_000;
/// A third of all weight: fewer tokens would convict an innocent wallet.
pub const MIN_QUORUM_BPS: u16 = 3_334;

/// Least bond, as part of what a report could take and of what an appeal could save.
pub const BOND_BPS: u64 = 1_000;
/// Part of a bond that pays the validators, whatever they decide: nobody gains by their verdict.
pub const FEE_BPS: u64 = 1_000;
pub const MIN_BOND: u64 = HYPER;
/// Largest floor of a bond, so that small stakers can still report.
pub const MAX_BOND: u64 = 10_000 * HYPER;
pub const LEAST_VALIDATOR_STAKE: u64 = 100 * HYPER;
pub const MOST_VALIDATOR_STAKE: u64 = 1_000_000 * HYPER;

/// Least voting and appeal period.
pub const MIN_PERIOD: i64 = DAY;
pub const MAX_VOTING_PERIOD: i64 = 14 * DAY;
pub const MAX_APPEAL_PERIOD: i64 = 30 * DAY;

/// Validators that must vote to uphold a report in the first round, and to overturn it in an appeal.
pub const MIN_VOTERS: u16 = 3;
pub const MIN_APPEAL_VOTERS: u16 = 5;

/// Seconds between two executions against one wallet for the same reason.
pub const COOLDOWN: i64 = DAY;
/// Seconds after which neither cooldown nor daily cap delays a report: small faults cannot keep a large one waiting.
pub const LONGEST_WAIT: i64 = 7 * DAY;
/// Seconds after the end at which unclaimed dues are burned and the report may be closed (90 days).
pub const CLAIM_PERIOD: i64 = 90 * DAY;
