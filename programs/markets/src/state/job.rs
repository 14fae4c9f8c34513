//! Job: the account of one paid job. Each transition of its state machine is one method here.
use anchor_lang::prelude::*;
use hypernode_common::{
    attestation::{Audit, Blame, Decision, ACCEPT, NO_REASON},
    fees::{split_price, FeeShares, PriceSplit},
    sentence::{exposure, factor, Frozen},
    windows::{late_window, verdict_window},
};

use crate::{
    constants::{ALWAYS_BPS, LEAST_SENTENCE, MAX_DECLINES, OUTCOME_TIME, REPORT_TIME},
    errors::MarketsError,
    state::{
        self, GpuVendor, JobStatus, Node, OracleSet, PodBlame, PodGpuVendor, PodJobStatus,
        PodRejectReason, RejectReason,
    },
};

/// What stands behind a job that its buyer accepts.
const UNAUDITED: Decision = Decision {
    verdict: ACCEPT,
    reason: NO_REASON,
    ending: 0,
    exit_code: 0,
    root: [0; 32],
    audit: Audit::None,
    own: 0,
    blame: Blame::None,
};

#[account]
pub struct Job {
    /// Wallet of the buyer, not the buyer account.
    pub buyer: Address,
    pub market: Address,
    /// Paid the rent and gets it back.
    pub payer: Address,
    /// Chosen by the buyer, so that the program refuses the same post twice.
    pub nonce: PodU64,
    /// Number of the buyer's job. It is never reused; this address may be.
    pub sequence: PodU64,
    pub spec_hash: [u8; 32],
    /// Most base units that the job can cost: the rate times the timeout. They are locked in the buyer account.
    pub cap: PodU64,
    /// Price in base units per second used.
    pub rate: PodU64,
    /// Seconds of an attempt: for image and inputs, for the run, for the receipt.
    pub start_allowance: PodU32,
    pub timeout_seconds: PodU32,
    pub grace: PodU32,
    /// Seconds for the verdict, and the seconds after it in which a late verdict still counts.
    pub verdict_window: PodU32,
    pub late_window: PodU32,
    pub max_attempts: u8,
    /// Assignments so far. It numbers the attempts.
    pub attempt: u8,
    /// Assignments that were declined before their run. They use up no attempt.
    pub declines: u8,
    pub gpu_vendor: PodGpuVendor,
    pub gpu_count: u8,
    pub min_vram_mib: PodU32,
    /// Share of attempts that the oracles repeat, in bps. An assignment may raise it to all of them.
    pub audit_bps: PodU16,
    /// Fee shares as of creation.
    pub protocol_bps: PodU16,
    pub stakers_bps: PodU16,
    pub operations_bps: PodU16,
    pub status: PodJobStatus,
    pub created_at: PodI64,
    /// Last second at which the job can be assigned. It is set once.
    pub expires_at: PodI64,
    /// Node account; zero while posted, like the next three, which it no longer can change.
    pub node: Address,
    pub operator: Address,
    pub worker_key: Address,
    /// Token account that gets the node's share.
    pub payout: Address,
    pub assigned_at: PodI64,
    /// Last second at which the receipt is accepted.
    pub deadline: PodI64,
    /// The node's ratio to the oracles' seconds, and the one at the end of its probation, as of the assignment.
    pub ratio_bps: PodU32,
    pub baseline_bps: PodU32,
    /// Epoch of the oracles that judge the attempt, as of the assignment.
    pub epoch: PodU64,
    /// What a second that is found wrong costs, in seconds' prices. Zero while posted.
    pub factor: PodU32,
    pub receipt_hash: [u8; 32],
    pub seconds_used: PodU32,
    pub submitted_at: PodI64,
    /// Slot of the receipt. Blocks after it decide whether the attempt is repeated.
    pub submitted_slot: PodU64,
    pub verdict_deadline: PodI64,
    /// Last second at which a verdict counts. Then anyone can refund the buyer.
    pub late_until: PodI64,
    /// What the end costs the node's stake: from the assignment the price of a timeout, after a rejection the verdict's.
    pub sentence: PodU64,
    /// Time of the rejection or final timeout; zero before.
    pub ended_at: PodI64,
    /// Why the job was rejected, and what the verdict blames.
    pub reject_reason: PodRejectReason,
    pub blame: PodBlame,
    pub bump: u8,
}

/// Request of the buyer.
pub struct Request {
    pub spec_hash: [u8; 32],
    pub rate: u64,
    pub timeout_seconds: u32,
    pub gpu_vendor: GpuVendor,
    pub gpu_count: u8,
    pub min_vram_mib: u32,
}

impl Request {
    /// Return the most that the job can cost: the price of its whole timeout.
    pub fn cap(&self) -> Result<u64> {
        self.rate
            .checked_mul(u64::from(self.timeout_seconds))
            .ok_or(MarketsError::BadPrice.into())
    }
}

/// Terms that a job copies from the market and the configuration at creation.
pub struct JobTerms {
    pub start_allowance: u32,
    pub grace: u32,
    /// Least verdict window; the timeout adds to it.
    pub verdict_floor: u32,
    pub ttl: u32,
    pub max_attempts: u8,
    pub audit_bps: u16,
    pub shares: FeeShares,
}

/// What the chain learns of a receipt: its hash and the seconds. The result stays sealed until the verdict.
pub struct Receipt {
    pub receipt_hash: [u8; 32],
    pub seconds_used: u32,
}

/// Transitions between states before the end.
impl Job {
    /// → Posted. The caller has set the buyer, the market, the payer and the cap.
    pub fn post(&mut self, request: &Request, terms: &JobTerms, now: i64) -> Result<()> {
        self.spec_hash = request.spec_hash;
        self.rate = request.rate.into();
        self.timeout_seconds = request.timeout_seconds.into();
        self.gpu_vendor = request.gpu_vendor.into();
        self.gpu_count = request.gpu_count;
        self.min_vram_mib = request.min_vram_mib.into();
        self.start_allowance = terms.start_allowance.into();
        self.grace = terms.grace.into();
        self.verdict_window = verdict_window(request.timeout_seconds, terms.verdict_floor).into();
        self.late_window = late_window(request.timeout_seconds).into();
        self.max_attempts = terms.max_attempts;
        self.audit_bps = terms.audit_bps.into();
        self.protocol_bps = terms.shares.protocol_bps.into();
        self.stakers_bps = terms.shares.stakers_bps.into();
        self.operations_bps = terms.shares.operations_bps.into();
        self.created_at = now.into();
        let repeats = i64::from(terms.max_attempts.saturating_sub(1));
        let waits = self.attempt_seconds().saturating_mul(repeats);
        self.expires_at = after(now, i64::from(terms.ttl).saturating_add(waits))?;
        self.status = JobStatus::Posted.into();
        Ok(())
    }

    /// Posted → Assigned. Copy what the node's owner could still change.
    pub fn assign(
        &mut self,
        node: &Account<Node>,
        oracles: &OracleSet,
        stake: u64,
        now: i64,
    ) -> Result<()> {
        self.require_status(JobStatus::Posted)?;
        require!(now <= self.expires_at.get(), MarketsError::JobExpired);
        self.attempt = self.attempt.checked_add(1).ok_or(MarketsError::Overflow)?;
        self.node = *node.address();
        self.operator = node.operator;
        self.worker_key = node.worker_key;
        self.payout = node.payout;
        self.ratio_bps = node.meter().ratio_bps().into();
        self.baseline_bps = node.baseline_bps;
        if node.is_on_probation() {
            self.audit_bps = ALWAYS_BPS.into();
        }
        self.epoch = oracles.epoch;
        let (audit_bps, count) = (self.audit_bps.get(), oracles.count);
        self.factor = factor(audit_bps, count, oracles.threshold, false)
            .ok_or(MarketsError::BadOracleSet)?
            .into();
        self.sentence = self
            .frozen(oracles.threshold)
            .timeout_sentence(stake)
            .ok_or(MarketsError::Overflow)?
            .into();
        self.assigned_at = now.into();
        self.deadline = after(now, self.attempt_seconds())?;
        self.status = JobStatus::Assigned.into();
        Ok(())
    }

    /// Assigned → Submitted.
    pub fn submit(&mut self, receipt: &Receipt, clock: &Clock) -> Result<()> {
        let now = clock.unix_timestamp;
        self.require_status(JobStatus::Assigned)?;
        require!(now <= self.deadline.get(), MarketsError::ReceiptTooLate);
        // Seconds are rounded up, so a run within one second of the chain has used one. The same holds if the clock
        // went backwards.
        let elapsed = now
            .saturating_sub(self.assigned_at.get())
            .max(0)
            .saturating_add(1);
        require!(
            receipt.seconds_used <= self.timeout_seconds.get()
                && i64::from(receipt.seconds_used) <= elapsed,
            MarketsError::TooManySeconds
        );
        self.receipt_hash = receipt.receipt_hash;
        self.seconds_used = receipt.seconds_used.into();
        self.submitted_at = now.into();
        self.submitted_slot = clock.slot.into();
        self.verdict_deadline = after(now, i64::from(self.verdict_window.get()))?;
        let late = i64::from(self.late_window.get());
        self.late_until = after(self.verdict_deadline.get(), late)?;
        self.status = JobStatus::Submitted.into();
        Ok(())
    }

    /// Assigned → Posted: the node submitted no receipt, and this was not the last attempt.
    pub fn repost(&mut self, now: i64) -> Result<()> {
        self.require_overdue(now)?;
        require!(!self.is_final(now), MarketsError::InvariantBroken);
        self.enter_posted();
        Ok(())
    }

    /// Assigned → Posted: the worker gives the job back before its run. The attempt is not used up.
    pub fn decline(&mut self, now: i64) -> Result<()> {
        require!(self.may_decline_freely(now), MarketsError::InvariantBroken);
        self.declines = self.declines.saturating_add(1);
        self.enter_posted();
        Ok(())
    }

    /// Assigned → Posted: the worker gives the job back later, and this was not the last attempt.
    pub fn fail(&mut self, now: i64) -> Result<()> {
        require!(!self.is_final(now), MarketsError::InvariantBroken);
        self.enter_posted();
        Ok(())
    }

    fn enter_posted(&mut self) {
        self.node = Address::default();
        self.operator = Address::default();
        self.worker_key = Address::default();
        self.payout = Address::default();
        self.factor = PodU32::ZERO;
        self.sentence = PodU64::ZERO;
        self.assigned_at = PodI64::ZERO;
        self.deadline = PodI64::ZERO;
        self.status = JobStatus::Posted.into();
    }
}

/// Transitions that end the job. The caller moves the tokens and closes the account. Those that only check leave no
/// trace in it.
impl Job {
    /// Posted → Cancelled.
    pub fn cancel(&self) -> Result<()> {
        self.require_status(JobStatus::Posted)
    }

    /// Posted → Expired: no node was assigned in time.
    pub fn expire(&self, now: i64) -> Result<()> {
        self.require_status(JobStatus::Posted)?;
        require!(now > self.expires_at.get(), MarketsError::NotExpired);
        Ok(())
    }

    /// Assigned → TimedOut: the node submitted no receipt, and this was the last attempt.
    pub fn time_out(&mut self, now: i64) -> Result<()> {
        self.require_overdue(now)?;
        require!(self.is_final(now), MarketsError::InvariantBroken);
        self.blame = state::Blame::Timeout.into();
        self.ended_at = now.into();
        self.status = JobStatus::TimedOut.into();
        Ok(())
    }

    /// Assigned → Declined: the worker gives up the last attempt.
    pub fn fail_finally(&self, now: i64) -> Result<()> {
        self.require_declinable(now)?;
        require!(self.is_final(now), MarketsError::InvariantBroken);
        Ok(())
    }

    /// Submitted → Unverified: no verdict came, not even a late one.
    pub fn give_up(&self, now: i64) -> Result<()> {
        self.require_status(JobStatus::Submitted)?;
        require!(now > self.late_until.get(), MarketsError::NotExpired);
        Ok(())
    }

    /// Submitted → Settled. Return the price and its split.
    pub fn settle(&self, decision: &Decision, now: i64) -> Result<(u64, PriceSplit)> {
        self.require_verdict_in_time(now)?;
        self.priced(decision)
    }

    /// Submitted → Accepted: the buyer pays in the second half of the late window. Earlier a node that is about to
    /// be convicted would buy the acceptance.
    pub fn accept(&self, now: i64) -> Result<(u64, PriceSplit)> {
        self.require_verdict_in_time(now)?;
        let half = i64::from(self.late_window.get() / 2);
        let from = after(self.verdict_deadline.get(), half)?;
        require!(now >= from.get(), MarketsError::TooEarlyToAccept);
        self.priced(&UNAUDITED)
    }

    fn priced(&self, decision: &Decision) -> Result<(u64, PriceSplit)> {
        let price = self
            .frozen(0)
            .price(decision)
            .ok_or(MarketsError::Overflow)?;
        let split = split_price(price, self.shares()).ok_or(MarketsError::Overflow)?;
        Ok((price, split))
    }

    /// Submitted → Rejected. `quorum` is the number of oracles that decided.
    pub fn reject(&mut self, decision: &Decision, quorum: u8, now: i64) -> Result<()> {
        self.require_verdict_in_time(now)?;
        self.sentence = match decision.blame {
            Blame::Timeout => self.sentence,
            _ => self
                .frozen(quorum)
                .sentence(decision)
                .ok_or(MarketsError::Overflow)?
                .into(),
        };
        self.reject_reason = RejectReason::try_from(decision.reason)?.into();
        self.blame = state::Blame::from(decision.blame).into();
        self.ended_at = now.into();
        self.status = JobStatus::Rejected.into();
        Ok(())
    }

    /// Rejected or TimedOut → closed: by the report that collects the sentence, or by anyone if none came in time.
    pub fn leave(&self, reported: bool, now: i64) -> Result<()> {
        let ended = self.status == JobStatus::Rejected || self.status == JobStatus::TimedOut;
        require!(ended, MarketsError::JobNotEnded);
        let over = now > self.ended_at.get().saturating_add(OUTCOME_TIME);
        require!(reported || over, MarketsError::OutcomeKept);
        Ok(())
    }

    /// Return whether the ended job stays until a report collects its sentence. A smaller one is not worth a report.
    pub fn awaits_report(&self) -> bool {
        self.sentence >= LEAST_SENTENCE
    }
}

impl Job {
    pub fn current_status(&self) -> JobStatus {
        self.status.into()
    }

    /// Return whether the current attempt is the last one, or there is no time to assign another.
    pub fn is_final(&self, now: i64) -> bool {
        self.attempts_used() >= self.max_attempts || now > self.expires_at.get()
    }

    /// Return whether the worker may give the job back without using up the attempt.
    pub fn may_decline_freely(&self, now: i64) -> bool {
        let held = now.saturating_sub(self.assigned_at.get());
        held <= i64::from(self.start_allowance.get()) && self.declines < MAX_DECLINES
    }

    /// Check that the worker may still give the job back.
    pub fn require_declinable(&self, now: i64) -> Result<()> {
        self.require_status(JobStatus::Assigned)?;
        require!(now <= self.deadline.get(), MarketsError::DeclinedTooLate);
        Ok(())
    }

    /// Return the seconds from an assignment until the buyer's tokens are free again and any report is made.
    pub fn longest_commitment(&self) -> i64 {
        [
            self.verdict_window.get(),
            self.late_window.get(),
            REPORT_TIME,
        ]
        .into_iter()
        .fold(self.attempt_seconds(), |sum, seconds| {
            sum.saturating_add(i64::from(seconds))
        })
    }

    /// Check that a posted job has no node, and any other job has a node and an attempt number.
    pub fn invariant(&self) -> Result<()> {
        let posted = self.status == JobStatus::Posted;
        let sound = posted == (self.node == Address::default())
            && posted == (self.worker_key == Address::default())
            && self.attempts_used() <= self.max_attempts
            && (posted || self.attempt > 0);
        require!(sound, MarketsError::InvariantBroken);
        Ok(())
    }

    /// Return the largest sentence that the attempt can carry. It stands against the stake until the job ends.
    pub fn exposure(&self) -> u64 {
        let (rate, timeout) = (self.rate.get(), self.timeout_seconds.get());
        exposure(rate, timeout, self.factor.get()).unwrap_or(u64::MAX)
    }

    /// Return whether the oracles repeat this attempt whatever the draw.
    pub fn is_always_repeated(&self) -> bool {
        self.audit_bps == ALWAYS_BPS
    }

    /// Return what decides price and sentence. The price does not depend on the quorum.
    fn frozen(&self, quorum: u8) -> Frozen {
        Frozen {
            rate: self.rate.get(),
            cap: self.cap.get(),
            timeout_seconds: self.timeout_seconds.get(),
            audit_bps: self.audit_bps.get(),
            quorum,
            factor: self.factor.get(),
            ratio_bps: self.ratio_bps.get(),
            baseline_bps: self.baseline_bps.get(),
            seconds: self.seconds_used.get(),
        }
    }

    fn attempts_used(&self) -> u8 {
        self.attempt.saturating_sub(self.declines)
    }

    fn attempt_seconds(&self) -> i64 {
        [self.start_allowance, self.timeout_seconds, self.grace]
            .into_iter()
            .fold(0, |sum: i64, part| {
                sum.saturating_add(i64::from(part.get()))
            })
    }

    fn shares(&self) -> FeeShares {
        FeeShares {
            protocol_bps: self.protocol_bps.get(),
            stakers_bps: self.stakers_bps.get(),
            operations_bps: self.operations_bps.get(),
        }
    }

    fn require_status(&self, status: JobStatus) -> Result<()> {
        if self.status == status {
            return Ok(());
        }
        Err(match status {
            JobStatus::Posted => MarketsError::JobNotPosted,
            JobStatus::Assigned => MarketsError::JobNotAssigned,
            JobStatus::Submitted => MarketsError::JobNotSubmitted,
            JobStatus::Rejected | JobStatus::TimedOut => MarketsError::JobNotEnded,
        }
        .into())
    }

    fn require_overdue(&self, now: i64) -> Result<()> {
        self.require_status(JobStatus::Assigned)?;
        require!(now > self.deadline.get(), MarketsError::NotExpired);
        Ok(())
    }

    fn require_verdict_in_time(&self, now: i64) -> Result<()> {
        self.require_status(JobStatus::Submitted)?;
        require!(now <= self.late_until.get(), MarketsError::VerdictTooLate);
        Ok(())
    }
}

fn after(time: i64, seconds: i64) -> Result<PodI64> {
    time.checked_add(seconds)
        .map(PodI64::from)
        .ok_or(MarketsError::Overflow.into())
}
