//! Market: the terms under which its jobs run.
use anchor_lang::prelude::*;

use crate::{
    constants::{
        AUDIT_RATES, MAX_ATTEMPTS, MAX_GRACE, MAX_JOB_TTL, MAX_REPUTATION, MAX_START_ALLOWANCE,
        MAX_TIMEOUT, MAX_VERDICT_FLOOR, MIN_GRACE, MIN_JOB_TTL, MIN_START_ALLOWANCE,
        MIN_VERDICT_FLOOR,
    },
    errors::MarketsError,
};

#[account]
pub struct Market {
    pub creator: Address,
    pub market_id: [u8; 32],
    /// Signs every assignment together with the node's worker.
    pub matcher: Address,
    /// Least rate of a job in base units per second.
    pub price_per_second: PodU64,
    /// Times in seconds. A job is checked against the timeouts at creation and copies the others.
    pub min_timeout_seconds: PodU32,
    pub max_timeout_seconds: PodU32,
    pub job_ttl: PodU32,
    pub start_allowance: PodU32,
    pub grace: PodU32,
    /// Least time for a verdict. Eight timeouts add to it.
    pub verdict_floor: PodU32,
    /// Read at every assignment, with the next two fields.
    pub min_stake: PodU64,
    pub min_reputation: PodU16,
    pub audit_bps: PodU16,
    /// Assignments that a job may have. A job copies it at creation.
    pub max_attempts: u8,
    /// Paid the rent and gets it back.
    pub payer: Address,
    pub bump: u8,
}

/// Terms that a market's creator sets.
#[derive(Clone, Copy, AnchorSerialize, AnchorDeserialize, IdlType)]
pub struct MarketTerms {
    pub price_per_second: u64,
    pub min_timeout_seconds: u32,
    pub max_timeout_seconds: u32,
    pub job_ttl: u32,
    pub start_allowance: u32,
    pub grace: u32,
    pub verdict_floor: u32,
    pub min_stake: u64,
    pub min_reputation: u16,
    pub audit_bps: u16,
    pub max_attempts: u8,
    pub matcher: Address,
}

impl Market {
    pub fn set(&mut self, terms: MarketTerms) {
        self.matcher = terms.matcher;
        self.price_per_second = terms.price_per_second.into();
        self.min_timeout_seconds = terms.min_timeout_seconds.into();
        self.max_timeout_seconds = terms.max_timeout_seconds.into();
        self.job_ttl = terms.job_ttl.into();
        self.start_allowance = terms.start_allowance.into();
        self.grace = terms.grace.into();
        self.verdict_floor = terms.verdict_floor.into();
        self.min_stake = terms.min_stake.into();
        self.min_reputation = terms.min_reputation.into();
        self.audit_bps = terms.audit_bps.into();
        self.max_attempts = terms.max_attempts;
    }

    /// Check the terms. Every time is bounded, so that locked tokens always become available again.
    pub fn invariant(&self) -> Result<()> {
        let sound = self.matcher != Address::default()
            && self.min_timeout_seconds.get() >= 1
            && self.min_timeout_seconds <= self.max_timeout_seconds
            && self.max_timeout_seconds.get() <= MAX_TIMEOUT
            && (MIN_JOB_TTL..=MAX_JOB_TTL).contains(&self.job_ttl.get())
            && (MIN_START_ALLOWANCE..=MAX_START_ALLOWANCE).contains(&self.start_allowance.get())
            && (MIN_GRACE..=MAX_GRACE).contains(&self.grace.get())
            && (MIN_VERDICT_FLOOR..=MAX_VERDICT_FLOOR).contains(&self.verdict_floor.get())
            && self.min_reputation.get() <= MAX_REPUTATION
            && AUDIT_RATES.contains(&self.audit_bps.get())
            && (1..=MAX_ATTEMPTS).contains(&self.max_attempts);
        require!(sound, MarketsError::BadMarketTerms);
        Ok(())
    }
}
