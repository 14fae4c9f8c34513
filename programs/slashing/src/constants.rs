//! Seeds and limits. Each limit says how it was sized and which way it may ever change.
use anchor_lang::{address, prelude::Address};
use hypernode_common::{stake::HYPER, DAY};

/// The one configuration; it signs what staking does for us, and owns the vault.
pub const CONFIG_SEED: &[u8] = b"config";
/// The one token account that holds bonds and unpaid dues.
pub const VAULT_SEED: &[u8] = b"vault";
/// Then the accused's wallet and the digest of the evidence.
pub const REPORT_SEED: &[u8] = b"report";
/// The same for what oracles attest, so that nobody can occupy its address with a report of his own.
pub const ATTESTED_SEED: &[u8] = b"attested";
/// Then the report, the round and the validator's wallet: one vote each.
pub const VOTE_SEED: &[u8] = b"vote";
/// Then the accused's wallet.
pub const RECORD_SEED: &[u8] = b"record";
/// Then the accused's wallet, the job (or the evidence, where there is no job) and the sequence as u64 LE.
pub const FAULT_SEED: &[u8] = b"fault";

/// The markets program's oracles: `["oracle_set"]` there.
pub const ORACLE_SET: Address = address!("p5rKZFEMj3ozqunJAxuQABjNjc1gxg1KXHavaByJWQK");

/// HYPER has 6 decimals; every amount in the programs counts on it.
pub const DECIMALS: u8 = 6;

/// How many reasons there are.
pub const REASONS: usize = 5;
/// Hard ceiling of one punishment and of a day's: no authority can set more.
pub const MAX_SLASH_BPS: u16 = 5_000;
/// Less than this burned, and an accomplice's report would bring a slashed stake back to its owner.
pub const MIN_BURN_BPS: u16 = 1_000;
/// Above this no report could be upheld: more weight would be needed than ever votes.
pub const MAX_QUORUM_BPS: u16 = 5_000;
pub const MIN_QUORUM_BPS: u16 = 100;
pub const MIN_DAILY_CAP_BPS: u16 = 100;

pub const MIN_BOND: u64 = HYPER;
/// Above this a report would be for the rich.
pub const MAX_BOND: u64 = 10_000 * HYPER;
pub const LEAST_VALIDATOR_STAKE: u64 = 100 * HYPER;
pub const MOST_VALIDATOR_STAKE: u64 = 1_000_000 * HYPER;

/// Shorter, and an attestation could outlive the report that it opened (see `MAX_ATTESTATION_LIFE`).
pub const MIN_PERIOD: i64 = DAY;
pub const MAX_VOTING_PERIOD: i64 = 14 * DAY;
pub const MAX_APPEAL_PERIOD: i64 = 30 * DAY;
/// What oracles attest is dead before any report can end, so it opens one report and never a second.
pub const MAX_ATTESTATION_LIFE: i64 = MIN_PERIOD;

/// Validators that must vote to uphold a report, in the first round and in an appeal. More is always safer.
pub const MIN_VOTERS: u16 = 3;
pub const MIN_APPEAL_VOTERS: u16 = 5;

/// Between two punishments of one wallet for one reason.
pub const COOLDOWN: i64 = DAY;
/// A report that waited so long is no longer held up by the cooldown, or others could starve it for ever.
pub const LONGEST_WAIT: i64 = 7 * DAY;
/// After so long what nobody claimed is burned and the report may be closed.
pub const CLAIM_PERIOD: i64 = 90 * DAY;

/// Reports by bond against one wallet at once. Staking counts holds in a byte; the rest is for what oracles
/// attest, which nobody can crowd out.
pub const MAX_OPEN_REPORTS: u16 = 200;
const _: () = assert!(MAX_OPEN_REPORTS < u8::MAX as u16);
