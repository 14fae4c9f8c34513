//! Running ratio of a node's seconds to the seconds of those who repeat its jobs.

use crate::BPS;

/// Repeated jobs that the ratio remembers: each new one takes a quarter of the old ones' place.
const WINDOW: u64 = 4;
/// A job counts with at most this much time, so that one long job does not hide many short ones.
const CEILING_MS: u64 = 60_000;
const MS: u64 = 1_000;

/// Running sums over a node's repeated jobs, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Meter {
    pub node_ms: u64,
    pub own_ms: u64,
}

impl Meter {
    /// Return R in basis points, rounded down in the node's favour; 1 without a repeated job.
    pub fn ratio_bps(&self) -> u32 {
        self.node_ms
            .saturating_mul(BPS)
            .checked_div(self.own_ms)
            .map_or(10_000, |ratio| u32::try_from(ratio).unwrap_or(u32::MAX))
    }

    /// Count one repeated job. `own` counts as 4/5 to 5/4 of what R predicts, so one oracle moves R little.
    pub fn record(&mut self, seconds: u32, own: u32) {
        let ratio = u64::from(self.ratio_bps()).max(1);
        let predicted = u64::from(seconds)
            .saturating_mul(BPS)
            .checked_div(ratio)
            .unwrap_or_default();
        let low = predicted.saturating_sub(predicted / 5);
        let high = predicted.saturating_add(predicted / 4).saturating_add(1);
        let (node_ms, own_ms) = scaled(seconds, u64::from(own).min(high).max(low));
        self.node_ms = moved(self.node_ms, node_ms);
        self.own_ms = moved(self.own_ms, own_ms);
    }

    /// Replace R by the ratio of one job whose excess k members confirmed.
    pub fn confirm(&mut self, seconds: u32, own: u32) {
        let (node_ms, own_ms) = scaled(seconds, u64::from(own));
        self.node_ms = node_ms.saturating_mul(WINDOW);
        self.own_ms = own_ms.saturating_mul(WINDOW);
    }
}

/// Return both times in milliseconds, shortened so that own is at most the ceiling.
fn scaled(seconds: u32, own: u64) -> (u64, u64) {
    let own = own.max(1);
    let own_ms = own.saturating_mul(MS).min(CEILING_MS);
    let node_ms = u64::from(seconds)
        .saturating_mul(own_ms)
        .checked_div(own)
        .unwrap_or_default();
    (node_ms, own_ms)
}

fn moved(sum: u64, new: u64) -> u64 {
    sum.saturating_sub(sum / WINDOW).saturating_add(new)
}

/// Return the seconds a node needs for `own` seconds of the oracles, rounded up for the node. The baseline is
/// R at the end of its probation, at least 1.
pub fn expected(own: u32, baseline_bps: u32) -> u64 {
    u64::from(own)
        .saturating_mul(u64::from(baseline_bps).max(BPS))
        .div_ceil(BPS)
}
