//! What the end of an attempt says about its node: the entry in its reputation.
use hypernode_common::reputation::{Attempt, AttemptOutcome};

use crate::state::Job;

impl Job {
    /// What an accepting verdict says about the node.
    pub fn accepted(&self) -> Attempt {
        self.answered(AttemptOutcome::Ok)
    }

    pub fn rejected(&self) -> Attempt {
        self.answered(AttemptOutcome::Rejected)
    }

    /// What a missing receipt says about the node: it was away for as long as it could have answered.
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
