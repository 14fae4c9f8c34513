//! Money of a verdict: price, exposure and sentence.
//!
//! Prices round down for the buyer. The factor rounds up, so the expected loss of a wrong result is never below
//! twice its gain.

use crate::{
    attestation::{Audit, Blame, Decision, ACCEPT},
    fees::bps_of,
    metering::expected,
    BPS,
};

/// Audit rates with a rule of their own: no job is repeated, or each one.
pub const NEVER: u16 = 0;
pub const ALWAYS: u16 = 10_000;

/// Expected loss over gain (2), and the inverse of the share of draws that one friendly leader leaves (4/3).
const ABOVE: u64 = 2 * 4 * BPS;
const BELOW: u64 = 3;
/// Inverse of the share of wrong results that replicas find where the oracles lack the hardware (5/2).
const REPLICAS_ABOVE: u64 = 5;
const REPLICAS_BELOW: u64 = 2;
const TIMEOUT_BPS: u64 = 100;
const SLACK_SECONDS: u64 = 2;

/// What a job froze when it was agreed, assigned and submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frozen {
    pub rate: u64,
    pub cap: u64,
    pub timeout_seconds: u32,
    pub audit_bps: u16,
    pub quorum: u8,
    pub factor: u32,
    pub ratio_bps: u32,
    pub baseline_bps: u32,
    pub seconds: u32,
}

/// Return 2 / d rounded up: what one base unit of possible gain costs when it is found wrong. d is the chance to
/// find it with k - 1 corrupt oracles and one friendly leader. At least the number of runs that convict, so that
/// the exposure covers them. `None` for an impossible oracle set.
pub fn factor(audit_bps: u16, oracles: u8, quorum: u8, replicated: bool) -> Option<u32> {
    if audit_bps == NEVER {
        return Some(1);
    }
    let honest_heads = u64::from(oracles.checked_sub(quorum)?).checked_add(1)?;
    let mut above = ABOVE.checked_mul(u64::from(oracles))?;
    let mut below = BELOW
        .checked_mul(u64::from(audit_bps))?
        .checked_mul(honest_heads)?;
    if replicated {
        above = above.checked_mul(REPLICAS_ABOVE)?;
        below = below.checked_mul(REPLICAS_BELOW)?;
    }
    let least = convicting_runs(quorum);
    u32::try_from(above.div_ceil(below).max(least)).ok()
}

/// Return the runs behind a conviction: the first member's, two of each of k members, two replicas.
fn convicting_runs(quorum: u8) -> u64 {
    u64::from(quorum).saturating_mul(2).saturating_add(3)
}

/// Return what one open job takes of the stake until it ends: the largest sentence it can carry.
pub fn exposure(rate: u64, timeout_seconds: u32, factor: u32) -> Option<u64> {
    rate.checked_mul(u64::from(timeout_seconds))?
        .checked_mul(u64::from(factor))
}

/// Return whether the stake that is not held covers all open jobs of a node.
pub fn is_covered(exposure: u64, stake: u64, held: u64, fraud_bps: u16) -> bool {
    bps_of(stake.saturating_sub(held), u64::from(fraud_bps)).is_some_and(|free| exposure <= free)
}

impl Frozen {
    /// Return the price of the claimed time, times the factor; at least the cost of the runs that convicted.
    pub fn fault_sentence(&self, own: u32) -> Option<u64> {
        let claimed = u64::from(self.claimed()).checked_mul(u64::from(self.factor))?;
        let own = u64::from(own.min(self.timeout_seconds));
        let runs = convicting_runs(self.quorum).checked_mul(own)?;
        self.rate.checked_mul(claimed.max(runs))
    }

    /// Return 1 % of the stake, at most the price of the whole timeout, so that the exposure covers it.
    pub fn timeout_sentence(&self, stake: u64) -> Option<u64> {
        let whole = self.rate.checked_mul(u64::from(self.timeout_seconds))?;
        Some(bps_of(stake, TIMEOUT_BPS)?.min(self.cap).min(whole))
    }

    /// Return what a rejection costs the stake. The sentence of a timeout was frozen with the assignment.
    pub fn sentence(&self, decision: &Decision) -> Option<u64> {
        if decision.verdict == ACCEPT {
            return Some(0);
        }
        match decision.blame {
            Blame::None | Blame::Timeout => Some(0),
            Blame::Fault => self.fault_sentence(decision.own),
            Blame::Metering => u64::from(self.claimed())
                .saturating_sub(expected(decision.own, self.baseline_bps))
                .checked_mul(self.rate)?
                .checked_mul(u64::from(self.factor)),
        }
    }

    /// Return what the buyer pays before fees. The rest of the cap goes back.
    pub fn price(&self, decision: &Decision) -> Option<u64> {
        if decision.verdict != ACCEPT {
            return Some(0);
        }
        let mut seconds = u64::from(self.claimed());
        if decision.blame == Blame::Metering {
            seconds = seconds.min(expected(decision.own, self.baseline_bps));
        }
        let amount = divide_by_ratio(self.rate.checked_mul(seconds)?, self.ratio_bps)?;
        if self.audit_bps != ALWAYS || decision.audit != Audit::Repeated {
            return Some(amount.min(self.cap));
        }
        let own = u64::from(decision.own);
        let most = own.saturating_add(own / 4).saturating_add(SLACK_SECONDS);
        Some(amount.min(self.rate.saturating_mul(most)).min(self.cap))
    }

    fn claimed(&self) -> u32 {
        self.seconds.min(self.timeout_seconds)
    }
}

/// Return `floor(amount / max(1, R))` in 64 bits. A 128-bit division costs thousands of compute units.
pub fn divide_by_ratio(amount: u64, ratio_bps: u32) -> Option<u64> {
    let ratio = u64::from(ratio_bps).max(BPS);
    let whole = amount.checked_div(ratio)?.checked_mul(BPS)?;
    let rest = amount
        .checked_rem(ratio)?
        .checked_mul(BPS)?
        .checked_div(ratio)?;
    whole.checked_add(rest)
}

/// Return the audit pool's part of a sentence: the runs that convicted. The rest is burned.
pub fn pool_share(sentence: u64, rate: u64, own: u32, quorum: u8) -> u64 {
    convicting_runs(quorum)
        .saturating_mul(rate)
        .saturating_mul(u64::from(own))
        .min(sentence)
}
