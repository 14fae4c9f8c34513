//! Split of a price into the node's share and the fees.

use crate::BPS;

/// Most that all fees together take of a price (30 %). No vote raises it.
pub const MAX_FEE_BPS: u64 = 3_000;

/// Fee shares of a price, copied into a job at creation. The node gets the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeShares {
    /// Includes `stakers_bps`.
    pub protocol_bps: u16,
    pub stakers_bps: u16,
    pub operations_bps: u16,
}

impl FeeShares {
    /// Return whether the stakers' part fits in the protocol's, and all parts under the ceiling.
    pub fn are_sound(&self) -> bool {
        let taken = u64::from(self.protocol_bps).saturating_add(u64::from(self.operations_bps));
        self.stakers_bps <= self.protocol_bps && taken <= MAX_FEE_BPS
    }
}

/// Recipients of a price. The four parts add up to the price exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceSplit {
    pub node: u64,
    pub treasury: u64,
    pub stakers: u64,
    pub operations: u64,
}

/// Split a price. Every fee is rounded down, so the node keeps the dust. `None` for unsound shares.
pub fn split_price(price: u64, shares: FeeShares) -> Option<PriceSplit> {
    let protocol = bps_of(price, u64::from(shares.protocol_bps))?;
    let stakers = bps_of(price, u64::from(shares.stakers_bps))?;
    let operations = bps_of(price, u64::from(shares.operations_bps))?;
    Some(PriceSplit {
        node: price.checked_sub(protocol)?.checked_sub(operations)?,
        treasury: protocol.checked_sub(stakers)?,
        stakers,
        operations,
    })
}

/// Return `floor(amount × bps / 10,000)` in 64 bits. A 128-bit division costs thousands of compute units.
pub fn bps_of(amount: u64, bps: u64) -> Option<u64> {
    let whole = amount.checked_div(BPS)?.checked_mul(bps)?;
    let rest = amount
        .checked_rem(BPS)?
        .checked_mul(bps)?
        .checked_div(BPS)?;
    whole.checked_add(rest)
}
