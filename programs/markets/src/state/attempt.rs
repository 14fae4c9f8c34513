//! Reputation entries that the end of an attempt makes for its node.
use hypernode_common::{
    attestation::{Audit, Blame},
    reputation::{Attempt, AttemptOutcome},
};

use crate::state::Job;

impl Job {
    /// Return the entry for an accepting verdict. A job that nobody repeated says nothing of the node's work.
    pub fn accepted(&self, audit: Audit) -> Attempt {
        self.answered(if audit.is_measured() {
            AttemptOutcome::Ok
        } else {
            AttemptOutcome::Unaudited
        })
    }

    /// Return the entry for a rejecting verdict.
    pub fn rejected(&self, blame: Blame) -> Attempt {
        self.answered(if blame == Blame::Timeout {
            AttemptOutcome::TimedOut
        } else {
            AttemptOutcome::Rejected
        })
    }

    /// Return the entry for a missing receipt: the node counts as down for the whole attempt.
    pub fn unanswered(&self) -> Attempt {
        let held = self.deadline.get().saturating_sub(self.assigned_at.get());
        down(AttemptOutcome::TimedOut, held)
    }

    /// Return the entry for a job that was given back before its run: the node counts as down while it held the job.
    pub fn declined(&self, now: i64) -> Attempt {
        let held = now.saturating_sub(self.assigned_at.get());
        down(AttemptOutcome::Declined, held)
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

fn down(outcome: AttemptOutcome, held: i64) -> Attempt {
    Attempt {
        outcome,
        up_seconds: 0,
        down_seconds: u32::try_from(held).unwrap_or(0),
        start_latency: None,
    }
}
