//! What a stake is worth: its weight, the jobs it allows at once, and the cheating it deters.

use crate::{fees::bps_of, BPS, DAY};

/// One HYPER; the token has 6 decimals.
pub const HYPER: u64 = 1_000_000;

/// Longer than any job can live, so a stake outlasts every job it stood for, even if its owner unstakes at
/// once after an assignment. `markets::constants` proves it at compile time.
pub const MIN_DURATION: i64 = 14 * DAY;
pub const MAX_DURATION: i64 = 365 * DAY;
/// Weight grows linearly from 1× by up to 3× at a year.
const BONUS_BPS: u64 = 30_000;

/// Least stake of a node that takes jobs; markets may demand more.
pub const MIN_NODE_STAKE: u64 = 100 * HYPER;
/// Stake, and the jobs it allows at once. Largest first.
const CAPACITY_TIERS: [(u64, u16); 4] = [
    (100_000 * HYPER, u16::MAX),
    (10_000 * HYPER, 10),
    (1_000 * HYPER, 3),
    (100 * HYPER, 1),
];

/// Weight, and the name of the tier it reaches. Largest first; a view that decides nothing on chain.
const STAKE_TIERS: [(u64, StakeTier); 4] = [
    (100_000 * HYPER, StakeTier::Diamond),
    (50_000 * HYPER, StakeTier::Gold),
    (10_000 * HYPER, StakeTier::Silver),
    (1_000 * HYPER, StakeTier::Bronze),
];

/// What people call a weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StakeTier {
    Starter,
    Bronze,
    Silver,
    Gold,
    Diamond,
}

/// `price × 10,000² ≤ stake × 2,000 × audit` without the common factor: an invalid result costs 2,000 bps.
const DETERRENCE_FACTOR: u128 = 50_000;

pub fn multiplier_bps(duration: i64) -> Option<u64> {
    if !(MIN_DURATION..=MAX_DURATION).contains(&duration) {
        return None;
    }
    let (duration, year) = (
        u64::try_from(duration).ok()?,
        u64::try_from(MAX_DURATION).ok()?,
    );
    BONUS_BPS
        .checked_mul(duration)?
        .checked_div(year)?
        .checked_add(BPS)
}

/// Rounded down twice: first the multiplier, then the weight. `None` for a duration out of range.
pub fn weight(amount: u64, duration: i64) -> Option<u64> {
    bps_of(amount, multiplier_bps(duration)?)
}

/// How many jobs a node with this stake may hold at once.
pub fn capacity(stake: u64) -> u16 {
    CAPACITY_TIERS
        .iter()
        .find(|(least, _)| stake >= *least)
        .map_or(0, |(_, jobs)| *jobs)
}

/// The tier that a weight reaches.
pub fn stake_tier(weight: u64) -> StakeTier {
    STAKE_TIERS
        .iter()
        .find(|(least, _)| weight >= *least)
        .map_or(StakeTier::Starter, |(_, tier)| *tier)
}

/// Whether losing the slashable part of the stake costs more than all unsettled pay is worth, when cheating
/// is caught with probability `audit_bps`: stake × slash ≥ unsettled ÷ audit.
pub fn deters(stake: u64, unsettled: u64, audit_bps: u16) -> bool {
    let gain = u128::from(unsettled).checked_mul(DETERRENCE_FACTOR);
    let loss = u128::from(stake).checked_mul(u128::from(audit_bps));
    matches!((gain, loss), (Some(gain), Some(loss)) if gain <= loss)
}
