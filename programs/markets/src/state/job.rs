//! Job: the account of one paid job. Each transition of its state machine is one method here.
use anchor_lang::prelude::*;
use hypernode_common::fees::{job_price, split_price, FeeShares, PriceSplit};

use crate::{
    errors::MarketsError,
    state::{GpuVendor, JobStatus, PodGpuVendor, PodJobStatus},
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
    /// Most base units that the job can cost. They are locked in the buyer account.
    pub cap: PodU64,
    /// Price in base units per second used.
    pub rate: PodU64,
    /// Seconds for the run, then for the receipt, then for the verdict.
    pub timeout_seconds: PodU32,
    pub grace: PodU32,
    pub verdict_window: PodU32,
    /// Seconds that the job stays posted.
    pub ttl: PodU32,
    pub max_attempts: u8,
    /// Assignments so far.
    pub attempt: u8,
    pub gpu_vendor: PodGpuVendor,
    pub gpu_count: u8,
    pub min_vram_mib: PodU32,
    /// Fee shares as of creation.
    pub protocol_bps: PodU16,
    pub stakers_bps: PodU16,
    pub operations_bps: PodU16,
    pub status: PodJobStatus,
    pub created_at: PodI64,
    /// Last second at which the job can be assigned.
    pub expires_at: PodI64,
    /// Node account; zero while posted.
    pub node: Address,
    pub assigned_at: PodI64,
    /// Deadline of the run. The receipt may follow within `grace`.
    pub deadline: PodI64,
    pub exec_hash: [u8; 32],
    pub output_root: [u8; 32],
    pub receipt_hash: [u8; 32],
    pub seconds_used: PodU32,
    pub submitted_at: PodI64,
    pub verdict_deadline: PodI64,
    pub bump: u8,
}

/// Request of the buyer.
pub struct Request {
    pub spec_hash: [u8; 32],
    pub cap: u64,
    pub rate: u64,
    pub timeout_seconds: u32,
    pub gpu_vendor: GpuVendor,
    pub gpu_count: u8,
    pub min_vram_mib: u32,
}

/// Terms that a job copies from the market and the configuration at creation.
pub struct JobTerms {
    pub grace: u32,
    pub verdict_window: u32,
    pub ttl: u32,
    pub max_attempts: u8,
    pub shares: FeeShares,
}

/// Receipt of a node.
pub struct Receipt {
    pub exec_hash: [u8; 32],
    pub output_root: [u8; 32],
    pub receipt_hash: [u8; 32],
    pub seconds_used: u32,
}

/// Transitions between states before the end.
impl Job {
    /// → Posted. The caller has set the buyer, the market and the payer.
    pub fn post(&mut self, request: &Request, terms: &JobTerms, now: i64) -> Result<()> {
        self.spec_hash = request.spec_hash;
        self.cap = request.cap.into();
        self.rate = request.rate.into();
        self.timeout_seconds = request.timeout_seconds.into();
        self.gpu_vendor = request.gpu_vendor.into();
        self.gpu_count = request.gpu_count;
        self.min_vram_mib = request.min_vram_mib.into();
        self.grace = terms.grace.into();
        self.verdict_window = terms.verdict_window.into();
        self.ttl = terms.ttl.into();
        self.max_attempts = terms.max_attempts;
        self.protocol_bps = terms.shares.protocol_bps.into();
        self.stakers_bps = terms.shares.stakers_bps.into();
        self.operations_bps = terms.shares.operations_bps.into();
        self.created_at = now.into();
        self.enter_posted(now)
    }

    /// Posted → Assigned.
    pub fn assign(&mut self, node: Address, now: i64) -> Result<()> {
        self.require_status(JobStatus::Posted)?;
        require!(now <= self.expires_at.get(), MarketsError::JobExpired);
        self.attempt = self.attempt.checked_add(1).ok_or(MarketsError::Overflow)?;
        self.node = node;
        self.assigned_at = now.into();
        self.deadline = after(now, self.timeout_seconds)?;
        self.status = JobStatus::Assigned.into();
        Ok(())
    }

    /// Assigned → Submitted.
    pub fn submit(&mut self, receipt: &Receipt, now: i64) -> Result<()> {
        self.require_status(JobStatus::Assigned)?;
        require!(
            now <= self.receipt_deadline()?,
            MarketsError::ReceiptTooLate
        );
        // If the clock went backwards no seconds can be charged, but the receipt still counts.
        let elapsed = now.saturating_sub(self.assigned_at.get()).max(0);
        require!(
            receipt.seconds_used <= self.timeout_seconds.get()
                && i64::from(receipt.seconds_used) <= elapsed,
            MarketsError::TooManySeconds
        );
        self.exec_hash = receipt.exec_hash;
        self.output_root = receipt.output_root;
        self.receipt_hash = receipt.receipt_hash;
        self.seconds_used = receipt.seconds_used.into();
        self.submitted_at = now.into();
        self.verdict_deadline = after(now, self.verdict_window)?;
        self.status = JobStatus::Submitted.into();
        Ok(())
    }

    /// Assigned → Posted: the node submitted no receipt, and attempts remain.
    pub fn repost(&mut self, now: i64) -> Result<()> {
        self.require_overdue(now)?;
        require!(self.has_attempts_left(), MarketsError::InvariantBroken);
        self.node = Address::default();
        self.assigned_at = PodI64::ZERO;
        self.deadline = PodI64::ZERO;
        self.enter_posted(now)
    }

    fn enter_posted(&mut self, now: i64) -> Result<()> {
        self.expires_at = after(now, self.ttl)?;
        self.status = JobStatus::Posted.into();
        Ok(())
    }
}

/// Transitions that end the job. They only check; the caller moves the tokens and closes the account.
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

    /// Assigned → TimedOut: the node submitted no receipt, and no attempt remains.
    pub fn time_out(&self, now: i64) -> Result<()> {
        self.require_overdue(now)?;
        require!(!self.has_attempts_left(), MarketsError::InvariantBroken);
        Ok(())
    }

    /// Submitted → Unverified: no verdict came in time.
    pub fn give_up(&self, now: i64) -> Result<()> {
        self.require_status(JobStatus::Submitted)?;
        require!(now > self.verdict_deadline.get(), MarketsError::NotExpired);
        Ok(())
    }

    /// Submitted → Settled. Return the price and its split.
    pub fn settle(&self, now: i64) -> Result<(u64, PriceSplit)> {
        self.require_verdict_in_time(now)?;
        let price = job_price(self.rate.get(), self.seconds_used.get(), self.cap.get());
        let split = split_price(price, self.shares()).ok_or(MarketsError::Overflow)?;
        Ok((price, split))
    }

    /// Submitted → Rejected.
    pub fn reject(&self, now: i64) -> Result<()> {
        self.require_verdict_in_time(now)
    }
}

impl Job {
    pub fn current_status(&self) -> JobStatus {
        self.status.into()
    }

    pub fn has_attempts_left(&self) -> bool {
        self.attempt < self.max_attempts
    }

    /// Return the last second at which a receipt is accepted.
    pub fn receipt_deadline(&self) -> Result<i64> {
        Ok(after(self.deadline.get(), self.grace)?.get())
    }

    /// Check that a posted job has no node, and any other job has a node and an attempt number.
    pub fn invariant(&self) -> Result<()> {
        let posted = self.status == JobStatus::Posted;
        let sound = posted == (self.node == Address::default())
            && self.attempt <= self.max_attempts
            && (posted || self.attempt > 0);
        require!(sound, MarketsError::InvariantBroken);
        Ok(())
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
        }
        .into())
    }

    fn require_overdue(&self, now: i64) -> Result<()> {
        self.require_status(JobStatus::Assigned)?;
        require!(now > self.receipt_deadline()?, MarketsError::NotExpired);
        Ok(())
    }

    fn require_verdict_in_time(&self, now: i64) -> Result<()> {
        self.require_status(JobStatus::Submitted)?;
        require!(
            now <= self.verdict_deadline.get(),
            MarketsError::VerdictTooLate
        );
        Ok(())
    }
}

fn after(time: i64, seconds: PodU32) -> Result<PodI64> {
    time.checked_add(i64::from(seconds.get()))
        .map(PodI64::from)
        .ok_or(MarketsError::Overflow.into())
}
