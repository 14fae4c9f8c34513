//! Reputation of a node: a score of 0 to 1,000 computed from its finished jobs only.

use crate::{BPS, DAY};

const WEEK: u64 = 604_800;
/// Seconds over which uptime and penalties fade linearly to zero (30 days), in steps of whole days.
const WINDOW: u64 = 2_592_000;
/// A new node starts as if it had finished four of eight jobs and spent one day up and one day down.
const PRIOR_OK: u64 = 4;
const PRIOR_JOBS: u64 = 8;
const PRIOR_UPTIME: u64 = DAY as u64;
const STEP: u64 = DAY as u64;
pub const START_LATENCY_BPS: u16 = 5_000;
const BEST_LATENCY: i64 = 1;
const WORST_LATENCY: i64 = 10;
pub const START_SCORE: u16 = 500;
const MAX_SCORE: u64 = 1_000;
/// Jobs that a node must finish before its score may exceed `PROBATION_SCORE`.
const PROBATION_JOBS: u64 = 10;
const PROBATION_SCORE: u64 = 750;
const REJECTION_PENALTY: u64 = 100;
const IDLE_WEEK_PENALTY: u64 = 10;
const MAX_PENALTY: u64 = 1_000;

/// Outcome of an attempt that counts for its node. An unverified job does not count. Of a job that was declined
/// before its run, and of one that nobody repeated, only the time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptOutcome {
    Ok,
    Rejected,
    TimedOut,
    Declined,
    Unaudited,
}

/// One finished attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    pub outcome: AttemptOutcome,
    /// Seconds of the assignment in which the node counts as up, and as down.
    pub up_seconds: u32,
    pub down_seconds: u32,
    /// Seconds between assignment and receipt in which the job did not run; `None` without a receipt.
    pub start_latency: Option<i64>,
}

/// Counters, faded up to `updated_at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counters {
    pub ok: u32,
    pub rejected: u32,
    pub timed_out: u32,
    pub up_seconds: u32,
    pub down_seconds: u32,
    /// Moving average of the start latency rating.
    pub latency_bps: u16,
    pub penalty: u16,
    pub updated_at: i64,
}

impl Counters {
    pub fn new(now: i64) -> Self {
        Self {
            ok: 0,
            rejected: 0,
            timed_out: 0,
            up_seconds: 0,
            down_seconds: 0,
            latency_bps: START_LATENCY_BPS,
            penalty: 0,
            updated_at: now,
        }
    }

    /// Fade the old counters by the time since the last update, then count one attempt.
    pub fn record(&mut self, attempt: Attempt, now: i64) {
        // Whole days fade, from an anchor: a hundred updates in a minute fade nothing.
        let since = u64::try_from(now.saturating_sub(self.updated_at)).unwrap_or(0);
        let elapsed = (since / STEP).saturating_mul(STEP);
        self.up_seconds = fade(self.up_seconds, elapsed).saturating_add(attempt.up_seconds);
        self.down_seconds = fade(self.down_seconds, elapsed).saturating_add(attempt.down_seconds);
        if let Some(latency) = attempt.start_latency {
            let rated = u64::from(latency_bps(latency));
            let sum = u64::from(self.latency_bps)
                .saturating_mul(9)
                .saturating_add(rated);
            self.latency_bps = narrow(sum / 10);
        }
        let idle = (elapsed / WEEK).saturating_mul(IDLE_WEEK_PENALTY);
        let blame = match attempt.outcome {
            AttemptOutcome::Rejected => REJECTION_PENALTY,
            AttemptOutcome::Ok
            | AttemptOutcome::TimedOut
            | AttemptOutcome::Declined
            | AttemptOutcome::Unaudited => 0,
        };
        // Cap the idle penalty first, then the sum, exactly as `hypernode.domain` does.
        let faded = u64::from(fade(u32::from(self.penalty), elapsed));
        let aged = faded.saturating_add(idle).min(MAX_PENALTY);
        self.penalty = narrow(aged.saturating_add(blame).min(MAX_PENALTY));
        self.updated_at = self.updated_at.saturating_add_unsigned(elapsed);
        let counter = match attempt.outcome {
            AttemptOutcome::Ok => &mut self.ok,
            AttemptOutcome::Rejected => &mut self.rejected,
            AttemptOutcome::TimedOut => &mut self.timed_out,
            AttemptOutcome::Declined | AttemptOutcome::Unaudited => return,
        };
        *counter = counter.saturating_add(1);
    }

    pub fn jobs(&self) -> u64 {
        [self.ok, self.rejected, self.timed_out]
            .into_iter()
            .fold(0, |sum, count| sum.saturating_add(u64::from(count)))
    }

    pub fn completion_bps(&self) -> u64 {
        let done = u64::from(self.ok).saturating_add(PRIOR_OK);
        ratio_bps(done, self.jobs().saturating_add(PRIOR_JOBS))
    }

    pub fn uptime_bps(&self) -> u64 {
        let up = u64::from(self.up_seconds).saturating_add(PRIOR_UPTIME);
        let down = u64::from(self.down_seconds).saturating_add(PRIOR_UPTIME);
        ratio_bps(up, up.saturating_add(down))
    }

    pub fn score(&self) -> u16 {
        let raw = weigh(
            self.completion_bps(),
            self.uptime_bps(),
            u64::from(self.latency_bps),
        );
        let ceiling = if self.jobs() < PROBATION_JOBS {
            PROBATION_SCORE
        } else {
            MAX_SCORE
        };
        narrow(raw.saturating_sub(u64::from(self.penalty)).min(ceiling))
    }
}

/// Combine three ratings in bps into a score of 0 to 1,000: completion 60 %, uptime 30 %, start latency 10 %.
pub fn weigh(completion_bps: u64, uptime_bps: u64, latency_bps: u64) -> u64 {
    let completion = completion_bps.saturating_mul(6);
    let uptime = uptime_bps.saturating_mul(3);
    completion
        .saturating_add(uptime)
        .saturating_add(latency_bps)
        / 100
}

/// Rate the start latency: 10,000 bps at one second or less, 0 at ten seconds or more.
pub fn latency_bps(seconds: i64) -> u16 {
    let late = WORST_LATENCY.saturating_sub(seconds.clamp(BEST_LATENCY, WORST_LATENCY));
    narrow(u64::try_from(late).unwrap_or(0).saturating_mul(BPS) / 9)
}

/// Return what remains of a value after `elapsed` seconds.
pub fn fade(value: u32, elapsed: u64) -> u32 {
    let left = WINDOW.saturating_sub(elapsed);
    u32::try_from(u64::from(value).saturating_mul(left) / WINDOW).unwrap_or(u32::MAX)
}

fn ratio_bps(part: u64, whole: u64) -> u64 {
    part.saturating_mul(BPS).checked_div(whole).unwrap_or(0)
}

/// Every caller's value is below `u16::MAX`; a larger one saturates instead of wrapping.
fn narrow(value: u64) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}
