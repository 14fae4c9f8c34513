//! Value of a stake: its weight, its job capacity and its tier.

use crate::{fees::bps_of, BPS, DAY};

/// One HYPER; the token has 6 decimals.
pub const HYPER: u64 = 1_000_000;

/// Longer than the longest attempt, so a stake is still locked at the verdict even if its owner unstakes right
/// after the assignment. `markets::constants` checks this at compile time.
pub const MIN_DURATION: i64 = 14 * DAY;
pub const MAX_DURATION: i64 = 365 * DAY;
/// Added weight at 365 days. The multiplier grows linearly from 1× to 4×.
const BONUS_BPS: u64 = 30_000;

/// Least stake of a node that takes jobs. A market may require more.
pub const MIN_NODE_STAKE: u64 = 100 * HYPER;
/// Least stake, and the jobs it allows at once. Largest first.
const CAPACITY_TIERS: [(u64, u16); 4] = [
    (100_000 * HYPER, u16::MAX),
    (10_000 * HYPER, 10),
    (1_000 * HYPER, 3),
    (100 * HYPER, 1),
];

/// Least weight of each tier. Largest first. Tiers are display only; no program uses them.
const STAKE_TIERS: [(u64, StakeTier); 4] = [
    (100_000 * HYPER, StakeTier::Diamond),
    (50_000 * HYPER, StakeTier::Gold),
    (10_000 * HYPER, StakeTier::Silver),
    (1_000 * HYPER, StakeTier::Bronze),
];

/// Display name of a weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StakeTier {
    Starter,
    Bronze,
    Silver,
    Gold,
    Diamond,
}

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

/// Return the weight; the multiplier and the product are both rounded down. `None` for an invalid duration.
pub fn weight(amount: u64, duration: i64) -> Option<u64> {
    bps_of(amount, multiplier_bps(duration)?)
}

/// Return how many jobs a node with this stake may hold at once.
pub fn capacity(stake: u64) -> u16 {
    CAPACITY_TIERS
        .iter()
        .find(|(least, _)| stake >= *least)
        .map_or(0, |(_, jobs)| *jobs)
}

/// Return the tier of a weight.
pub fn stake_tier(weight: u64) -> StakeTier {
    STAKE_TIERS
        .iter()
        .find(|(least, _)| weight >= *least)
        .map_or(StakeTier::Starter, |(_, tier)| *tier)
}
