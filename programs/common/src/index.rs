//! Rewards index: base units that one unit of weight has earned since the program started. It only grows.
//!
//! The index is a fixed-point number with 12 decimal places. It cannot overflow: at most 10¹⁵ base units (the
//! whole supply) over at least 10⁶ of weight raise it to at most 10²¹; no weight exceeds 4·10¹⁵, so every
//! product stays below 4·10³⁶, a hundredth of what 128 bits hold.

use crate::stake::HYPER;

/// One base unit in the index. A power of ten keeps even shares exact.
pub const PRECISION: u128 = 1_000_000_000_000;
/// The precision is 2¹² × 5¹².
const TWOS: u32 = 12;
const FIVES: u64 = 244_140_625;
/// Least total weight at which rewards are distributed. It bounds the index.
pub const MIN_TOTAL_WEIGHT: u64 = HYPER;

/// Discriminator of the rewards program's accumulator.
pub const DISCRIMINATOR: [u8; 8] = [164, 66, 91, 139, 158, 26, 63, 105];
/// Offset of the index (u128, little endian) in the accumulator.
pub const INDEX_AT: usize = 8;
/// Offset of the last second (i64) at which the index includes all rewards that are due.
pub const STALE_AFTER_AT: usize = 24;

/// Index after a distribution, and the division's remainder, which the next distribution adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Growth {
    pub index: u128,
    /// In units of 10⁻¹² base units; less than the total weight.
    pub remainder: u128,
}

/// Share an amount over the total weight. Return `None` below `MIN_TOTAL_WEIGHT` or on overflow.
pub fn grow(index: u128, remainder: u128, amount: u64, total_weight: u64) -> Option<Growth> {
    if total_weight < MIN_TOTAL_WEIGHT {
        return None;
    }
    let total_weight = u128::from(total_weight);
    let scaled = u128::from(amount)
        .checked_mul(PRECISION)?
        .checked_add(remainder)?;
    Some(Growth {
        index: index.checked_add(scaled.checked_div(total_weight)?)?,
        remainder: scaled.checked_rem(total_weight)?,
    })
}

/// Return what a weight earned between two index values, rounded down.
pub fn accrued(weight: u64, now: u128, then: u128) -> Option<u64> {
    let product = u128::from(weight).checked_mul(now.checked_sub(then)?)?;
    divide(product)
}

/// Return `floor(product ÷ 10¹²)` by long division in base 2³². Every change of a weight runs this, and a
/// 128-bit division costs over 1,000 compute units.
fn divide(product: u128) -> Option<u64> {
    let halved = product.checked_shr(TWOS)?;
    let (mut quotient, mut rest) = (0u64, 0u64);
    for shift in [96, 64, 32, 0] {
        let limb = u64::try_from(halved.checked_shr(shift)? & u128::from(u32::MAX)).ok()?;
        let part = rest.checked_shl(32)? | limb;
        // The upper half must be empty, or the quotient needs more than 64 bits.
        if quotient > u64::from(u32::MAX) {
            return None;
        }
        quotient = quotient.checked_shl(32)? | part.checked_div(FIVES)?;
        rest = part.checked_rem(FIVES)?;
    }
    Some(quotient)
}

/// Return the index and its `stale_after` from an accumulator's data. Empty data means that the rewards program
/// has not started: index zero, never stale. Return `None` if the data is not an accumulator.
pub fn read(data: &[u8]) -> Option<(u128, i64)> {
    if data.is_empty() {
        return Some((0, i64::MAX));
    }
    if !data.starts_with(&DISCRIMINATOR) {
        return None;
    }
    let index = data.get(INDEX_AT..)?.first_chunk::<16>()?;
    let stale_after = data.get(STALE_AFTER_AT..)?.first_chunk::<8>()?;
    Some((
        u128::from_le_bytes(*index),
        i64::from_le_bytes(*stale_after),
    ))
}
