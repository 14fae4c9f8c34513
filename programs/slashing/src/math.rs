//! Arithmetic of vote counts and fees: pure integer functions.
use hypernode_common::{fees::bps_of, BPS};

use crate::constants::FEE_BPS;

/// Vote count of one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub uphold: u64,
    pub overturn: u64,
    /// Total weight when the report was opened, without the accused's.
    pub total: u64,
    pub voters: u16,
    pub least_voters: u16,
    pub quorum_bps: u16,
}

impl Count {
    /// Return whether the report is upheld: enough validators, two thirds of the votes, and the quorum.
    pub fn upholds(&self) -> bool {
        let (uphold, overturn) = (u128::from(self.uphold), u128::from(self.overturn));
        let reached = uphold.saturating_mul(u128::from(BPS));
        let needed = u128::from(self.total).saturating_mul(u128::from(self.quorum_bps));
        self.voters >= self.least_voters
            && uphold.saturating_mul(3) >= uphold.saturating_add(overturn).saturating_mul(2)
            && reached >= needed
    }

    /// Return whether an appeal overturns the report: enough validators, two thirds of the votes, and the quorum.
    /// Silence upholds.
    pub fn overturns(&self) -> bool {
        let turned = Self {
            uphold: self.overturn,
            overturn: self.uphold,
            ..*self
        };
        turned.upholds()
    }

    /// Return whether the report is upheld and no later vote can change that.
    pub fn is_upheld_early(&self) -> bool {
        let (uphold, total) = (u128::from(self.uphold), u128::from(self.total));
        self.upholds() && uphold.saturating_mul(3) > total.saturating_mul(2)
    }

    /// Return whether no later vote can change what the appeal decides.
    pub fn is_appeal_decided(&self) -> bool {
        let (uphold, overturn) = (u128::from(self.uphold), u128::from(self.overturn));
        let total = u128::from(self.total);
        uphold.saturating_mul(3) > total
            || (self.overturns() && overturn.saturating_mul(3) > total.saturating_mul(2))
    }
}

/// Return the part of a bond that pays the validators.
pub fn court_fee(bond: u64) -> u64 {
    bps_of(bond, FEE_BPS).unwrap_or(0)
}

/// Return `ceil(amount × bps / 10,000)`. Rounding up lets a cap take at least one base unit.
pub fn bps_up(amount: u64, bps: u16) -> Option<u64> {
    let bps = u64::from(bps);
    let whole = amount.checked_div(BPS)?.checked_mul(bps)?;
    let rest = amount.checked_rem(BPS)?.checked_mul(bps)?;
    whole.checked_add(rest.div_ceil(BPS))
}

/// Return `floor(pool × weight / total)`.
pub fn pro_rata(pool: u64, weight: u64, total: u64) -> Option<u64> {
    let share = u128::from(pool)
        .checked_mul(u128::from(weight))?
        .checked_div(u128::from(total))?;
    u64::try_from(share).ok()
}
