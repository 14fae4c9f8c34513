//! Reputation entries that the end of an attempt makes for its node.
use hypernode_common::reputation::{Attempt, AttemptOutcome};

use crate::state::Job;

impl Job {
    /// Return the entry for an accepting verdict.
    pub fn accepted(&self) -> Attempt {
        self.answered(AttemptOutcome::Ok)
    }

    pub fn rejected(&self) -> Attempt {
        self.answered(AttemptOutcome::Rejected)
    }

    /// Return the entry for a missing receipt: the node counts as down for the timeout and the grace.
    pub fn unanswered(&self) -> Attempt {
        Attempt {
            outcome: AttemptOutcome::TimedOut,
            up_seconds: 0,
            down_seconds: self.timeout_seconds.get().saturating_add(self.grace.get()),
            start_latency: None,
        }
    }

    fn answered(&self, outcome: AttemptOutcome) -> Attempt {
        let up = self
            .submitted_at
            .get()
            .saturating_sub(self.assigned_at.get());
        Attempt {
            outcome,
            up_seconds: u32::try_from(up).unwrap_or(0),
            down_seconds: 0,
            start_latency: Some(up.saturating_sub(i64::from(self.seconds_used.get()))),
        }
    }
}
