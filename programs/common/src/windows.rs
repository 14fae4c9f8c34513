//! Times of a job that follow from its timeout.

const DAY: u32 = 86_400;
/// A repetition may take one and a half times the timeout, is passed over to the next member, and runs again in a
/// second stage.
const REPETITIONS: u32 = 8;
const LATE_TIMEOUTS: u32 = 4;

/// Return the seconds that the oracles have for their verdict: the market's floor and eight timeouts.
pub fn verdict_window(timeout_seconds: u32, floor: u32) -> u32 {
    floor.saturating_add(timeout_seconds.saturating_mul(REPETITIONS))
}

/// Return the seconds after the verdict window in which a late verdict still counts: a day, or four timeouts.
pub fn late_window(timeout_seconds: u32) -> u32 {
    timeout_seconds.saturating_mul(LATE_TIMEOUTS).max(DAY)
}
