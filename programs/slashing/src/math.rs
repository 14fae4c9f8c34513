//! Arithmetic of vote counts and sentences: pure integer functions.
use hypernode_common::{fees::bps_of, BPS};

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

/// Shares of a slash. The bounty gets the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlashShares {
    pub burn_bps: u16,
    pub buyer_bps: u16,
}

/// Recipients of a slash and a forfeited bond. The four parts add up to both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    pub burned: u64,
    pub buyer: u64,
    pub reporter: u64,
    pub validators: u64,
}

/// Split a slash and the appeal bond, which a lost appeal adds to the bounty. Shares are rounded down and the
/// rest is burned. If there is no harmed buyer or no validator, their share is burned. `None` for bad shares.
pub fn sentence(
    slashed: u64,
    forfeited: u64,
    shares: SlashShares,
    has_buyer: bool,
    has_validators: bool,
) -> Option<Sentence> {
    let taken = u64::from(shares.burn_bps).checked_add(u64::from(shares.buyer_bps))?;
    let bounty = bps_of(slashed, BPS.checked_sub(taken)?)?.checked_add(forfeited)?;
    let half = bounty.checked_div(2)?;
    let buyer = if has_buyer {
        bps_of(slashed, u64::from(shares.buyer_bps))?
    } else {
        0
    };
    let validators = if has_validators { half } else { 0 };
    let burned = slashed
        .checked_add(forfeited)?
        .checked_sub(buyer)?
        .checked_sub(half)?
        .checked_sub(validators)?;
    Some(Sentence {
        burned,
        buyer,
        reporter: half,
        validators,
    })
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
