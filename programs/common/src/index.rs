//! Rewards by a growing index: what one unit of weight has earned since the beginning.
//!
//! The index is a fixed-point number with 40 binary places. It cannot overflow: at most 2⁵⁰ base units (all
//! HYPER there is) over at least 2¹⁹ of weight move it to at most 2⁷¹, and no weight exceeds 2⁵², so every
//! product stays below 2¹²³.

use crate::stake::HYPER;

/// Binary places of the index; a power of two makes the division in `accrued` a shift.
pub const SHIFT: u32 = 40;
/// Below this total weight nothing is distributed, which bounds the index.
pub const MIN_TOTAL_WEIGHT: u64 = HYPER;

/// Where the rewards program's accumulator keeps the index (u128, little endian), for programs that read it.
pub const INDEX_AT: usize = 8;
/// Where it keeps the last second at which the index counts everything that has flowed (i64).
pub const STALE_AFTER_AT: usize = 24;

/// The index after a distribution, and what the division left for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Growth {
    pub index: u128,
    /// In 2⁻⁴⁰ base units; less than the total weight.
    pub remainder: u128,
}

/// Share an amount among all weight. `None` if there is too little weight, or on overflow.
pub fn grow(index: u128, remainder: u128, amount: u64, total_weight: u64) -> Option<Growth> {
    if total_weight < MIN_TOTAL_WEIGHT {
        return None;
    }
    let total_weight = u128::from(total_weight);
    let scaled = u128::from(amount)
        .checked_shl(SHIFT)?
        .checked_add(remainder)?;
    Some(Growth {
        index: index.checked_add(scaled.checked_div(total_weight)?)?,
        remainder: scaled.checked_rem(total_weight)?,
    })
}

/// What a weight earned while the index grew, rounded down.
pub fn accrued(weight: u64, now: u128, then: u128) -> Option<u64> {
    let product = u128::from(weight).checked_mul(now.checked_sub(then)?)?;
    u64::try_from(product.checked_shr(SHIFT)?).ok()
}

/// The index and its freshness in an accumulator's data; a rewards program that never began counts as zero,
/// fresh for ever. `None` if the data is cut off.
pub fn read(data: &[u8]) -> Option<(u128, i64)> {
    if data.is_empty() {
        return Some((0, i64::MAX));
    }
    let index = data.get(INDEX_AT..)?.first_chunk::<16>()?;
    let stale_after = data.get(STALE_AFTER_AT..)?.first_chunk::<8>()?;
    Some((
        u128::from_le_bytes(*index),
        i64::from_le_bytes(*stale_after),
    ))
}
