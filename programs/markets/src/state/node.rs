//! Node: one operator's machine, with its hardware, its load and its reputation.
use anchor_lang::prelude::*;
use hypernode_common::{
    attestation::{Blame, Decision},
    metering::Meter,
    reputation::{Attempt, Counters},
};

use crate::{
    constants::{NODE_RETIREMENT, PROBATION_JOBS},
    errors::MarketsError,
    state::{GpuVendor, Job, PodGpuVendor},
};

#[account]
pub struct Node {
    /// Operator's wallet. Its stake backs this node.
    pub operator: Address,
    /// Key of the worker, which takes jobs and signs receipts. It cannot move tokens.
    pub worker_key: Address,
    /// HYPER token account that receives the node's pay.
    pub payout: Address,
    /// Paid the rent and gets it back.
    pub payer: Address,
    pub gpu_vendor: PodGpuVendor,
    pub gpu_count: u8,
    /// Memory of each GPU in MiB.
    pub vram_mib: PodU32,
    /// SHA-256 of the hardware document that the operator published.
    pub hardware_hash: [u8; 32],
    /// Number of jobs assigned to or submitted by this node. The sum of the largest sentences that they can carry, and
    /// of those that ended and wait for a report.
    pub active_jobs: PodU16,
    pub exposure: PodU64,
    /// Time at which the operator retired the node; zero before.
    pub retired_at: PodI64,
    pub reputation: Reputation,
    /// Sums of the node's and the oracles' milliseconds over its repeated jobs, newer ones weighing more.
    pub node_ms: PodU64,
    pub own_ms: PodU64,
    /// Ratio of both at the end of the last probation, in bps; zero before.
    pub baseline_bps: PodU32,
    /// Accepted jobs until the node's work is no longer repeated each time.
    pub probation: u8,
    pub bump: u8,
}

/// Reputation from the node's finished jobs. Only this program writes it.
#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable, IdlType)]
pub struct Reputation {
    pub ok: PodU32,
    pub rejected: PodU32,
    pub timed_out: PodU32,
    /// Seconds of assignments with and without a receipt. They fade over 30 days, in whole days.
    pub up_seconds: PodU32,
    pub down_seconds: PodU32,
    /// Moving average of the start latency rating.
    pub latency_bps: PodU16,
    pub penalty: PodU16,
    /// Time up to which uptime and penalty have faded.
    pub updated_at: PodI64,
    /// Score of 0 to 1,000 after the last attempt.
    pub score: PodU16,
}

/// Hardware that an operator declares.
pub struct Hardware {
    pub gpu_vendor: GpuVendor,
    pub gpu_count: u8,
    pub vram_mib: u32,
    pub hardware_hash: [u8; 32],
}

impl Hardware {
    /// Parse the hardware. A vendor requires at least one GPU; without GPUs the memory is zero.
    pub fn parse(
        gpu_vendor: u8,
        gpu_count: u8,
        vram_mib: u32,
        hardware_hash: [u8; 32],
    ) -> Result<Self> {
        let gpu_vendor = GpuVendor::try_from(gpu_vendor)?;
        let has_gpu = gpu_vendor != GpuVendor::None;
        require!(
            has_gpu == (gpu_count > 0) && (has_gpu || vram_mib == 0),
            MarketsError::BadGpu
        );
        Ok(Self {
            gpu_vendor,
            gpu_count,
            vram_mib,
            hardware_hash,
        })
    }
}

impl Node {
    pub fn set_hardware(&mut self, hardware: &Hardware) {
        self.gpu_vendor = hardware.gpu_vendor.into();
        self.gpu_count = hardware.gpu_count;
        self.vram_mib = hardware.vram_mib.into();
        self.hardware_hash = hardware.hardware_hash;
    }

    /// Return whether the node's GPUs meet the job's request. A job without GPUs fits every node.
    pub fn fits(&self, job: &Job) -> bool {
        job.gpu_count == 0
            || (self.gpu_vendor == job.gpu_vendor
                && self.gpu_count >= job.gpu_count
                && self.vram_mib >= job.min_vram_mib)
    }

    pub fn is_retired(&self) -> bool {
        self.retired_at != 0
    }

    /// Add a job to the node's load.
    pub fn take(&mut self, exposure: u64) -> Result<()> {
        self.active_jobs = self
            .active_jobs
            .checked_add(1)
            .ok_or(MarketsError::Overflow)?;
        self.exposure = self
            .exposure
            .checked_add(exposure)
            .ok_or(MarketsError::Overflow)?;
        Ok(())
    }

    /// Remove a job from the node's load. Its exposure stays until a report collects the sentence.
    pub fn drop_job(&mut self) -> Result<()> {
        self.active_jobs = self
            .active_jobs
            .checked_sub(1)
            .ok_or(MarketsError::Overflow)?;
        Ok(())
    }

    /// Remove a job from the node's load, with its exposure.
    pub fn release(&mut self, exposure: u64) -> Result<()> {
        self.drop_job()?;
        self.uncover(exposure)
    }

    /// Release the exposure of a job.
    pub fn uncover(&mut self, exposure: u64) -> Result<()> {
        self.exposure = self
            .exposure
            .checked_sub(exposure)
            .ok_or(MarketsError::Overflow)?;
        Ok(())
    }

    pub fn is_on_probation(&self) -> bool {
        self.probation > 0
    }

    pub fn meter(&self) -> Meter {
        Meter {
            node_ms: self.node_ms.get(),
            own_ms: self.own_ms.get(),
        }
    }

    /// Record the time of a repeated job. A confirmed excess replaces the ratio and begins a probation; another job
    /// counts towards the end of one.
    pub fn measure(&mut self, seconds: u32, decision: &Decision) {
        let mut meter = self.meter();
        if decision.blame == Blame::Metering {
            meter.confirm(seconds, decision.own);
            self.begin_probation();
        } else {
            meter.record(seconds, decision.own);
            self.pass_probation(&meter);
        }
        self.node_ms = meter.node_ms.into();
        self.own_ms = meter.own_ms.into();
    }

    fn pass_probation(&mut self, meter: &Meter) {
        if self.probation == 1 {
            self.baseline_bps = meter.ratio_bps().into();
        }
        self.probation = self.probation.saturating_sub(1);
    }

    pub fn begin_probation(&mut self) {
        self.probation = PROBATION_JOBS;
    }

    /// Remove a job from the load and record its attempt in the reputation.
    pub fn finish(&mut self, exposure: u64, attempt: Attempt, now: i64) -> Result<()> {
        self.reputation.record(attempt, now);
        self.release(exposure)
    }

    /// The same for a job that was rejected or finally timed out.
    pub fn fail(&mut self, job: &Job, attempt: Attempt, now: i64) -> Result<()> {
        if job.awaits_report() {
            self.reputation.record(attempt, now);
            return self.drop_job();
        }
        self.finish(job.exposure(), attempt, now)
    }

    pub fn retire(&mut self, now: i64) -> Result<()> {
        require!(!self.is_retired(), MarketsError::AlreadyRetired);
        self.retired_at = now.into();
        Ok(())
    }

    /// Check that the account may be closed: retired for `NODE_RETIREMENT` and without jobs.
    pub fn check_closable(&self, now: i64) -> Result<()> {
        let since = now.saturating_sub(self.retired_at.get());
        require!(
            self.is_retired() && since >= NODE_RETIREMENT,
            MarketsError::NotRetiredLongEnough
        );
        let idle = self.active_jobs.is_zero() && self.exposure.is_zero();
        require!(idle, MarketsError::NodeBusy);
        Ok(())
    }

    pub fn invariant(&self) -> Result<()> {
        let sound = self.worker_key != Address::default()
            && (self.active_jobs.is_zero() || !self.exposure.is_zero());
        require!(sound, MarketsError::InvariantBroken);
        Ok(())
    }
}

impl Reputation {
    pub fn new(now: i64) -> Self {
        Self::from(Counters::new(now))
    }

    /// Fade the old counters, count one attempt and compute the score.
    pub fn record(&mut self, attempt: Attempt, now: i64) {
        let mut counters = self.counters();
        counters.record(attempt, now);
        *self = Self::from(counters);
    }

    fn counters(&self) -> Counters {
        Counters {
            ok: self.ok.get(),
            rejected: self.rejected.get(),
            timed_out: self.timed_out.get(),
            up_seconds: self.up_seconds.get(),
            down_seconds: self.down_seconds.get(),
            latency_bps: self.latency_bps.get(),
            penalty: self.penalty.get(),
            updated_at: self.updated_at.get(),
        }
    }
}

impl From<Counters> for Reputation {
    fn from(counters: Counters) -> Self {
        Self {
            ok: counters.ok.into(),
            rejected: counters.rejected.into(),
            timed_out: counters.timed_out.into(),
            up_seconds: counters.up_seconds.into(),
            down_seconds: counters.down_seconds.into(),
            latency_bps: counters.latency_bps.into(),
            penalty: counters.penalty.into(),
            updated_at: counters.updated_at.into(),
            score: counters.score().into(),
        }
    }
}
