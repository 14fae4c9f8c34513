//! Record: what one wallet was slashed recently. It bounds what several reports can take in one day.
use anchor_lang::prelude::*;
use hypernode_common::DAY;

use crate::{
    constants::{COOLDOWN, LONGEST_WAIT, REASONS},
    errors::SlashingError,
    math::bps_up,
    state::{FaultReason, Report},
};

#[account]
pub struct Record {
    pub accused: Address,
    /// Paid the rent and gets it back.
    pub payer: Address,
    /// Open reports by bond.
    pub open_reports: PodU32,
    /// Start of the current day, the stake at that time, and the amount that reports by bond took since.
    pub day_start: PodI64,
    pub day_stake: PodU64,
    pub day_slashed: PodU64,
    /// Time of the last execution by reason; zero if there was none.
    pub last_executed: [PodI64; REASONS],
    pub bump: u8,
}

impl Record {
    /// Count an opened report. The record may be new.
    pub fn open(&mut self, accused: &Address, payer: &Address, bump: u8) -> Result<()> {
        if self.accused == Address::default() {
            self.accused = *accused;
            self.payer = *payer;
            self.bump = bump;
        }
        let more = self.open_reports.checked_add(1);
        self.open_reports = more.ok_or(SlashingError::Overflow)?;
        Ok(())
    }

    pub fn close_one(&mut self) -> Result<()> {
        let fewer = self.open_reports.checked_sub(1);
        self.open_reports = fewer.ok_or(SlashingError::InvariantBroken)?;
        Ok(())
    }

    /// Book the amount that the report takes from a stake.
    pub fn charge(&mut self, report: &Report, stake: u64, now: i64) -> Result<()> {
        let reason = FaultReason::from(report.reason).index();
        let reason = reason.ok_or(SlashingError::InvariantBroken)?;
        self.require_cooled(reason, report, now)?;
        if now >= self.day_end() {
            self.day_start = now.into();
            self.day_stake = stake.into();
            self.day_slashed = PodU64::ZERO;
        }
        let full = report.amount.get();
        let cap = bps_up(self.day_stake.get(), report.daily_cap_bps.get());
        let room = cap
            .ok_or(SlashingError::Overflow)?
            .saturating_sub(self.day_slashed.get());
        // Whole or not at all: the first of a day always, others if the day has room. None waits longer than a week.
        let first = self.day_slashed.is_zero();
        require!(
            first || full <= room || now >= waited_enough(report),
            SlashingError::DailyCapReached
        );

        let slashed = self.day_slashed.checked_add(full);
        self.day_slashed = slashed.ok_or(SlashingError::Overflow)?;
        let last = self.last_executed.get_mut(reason);
        *last.ok_or(SlashingError::InvariantBroken)? = now.into();
        Ok(())
    }

    /// Check that no report is open and that the day and all cooldowns are over.
    pub fn require_idle(&self, now: i64) -> Result<()> {
        let cooled = self
            .last_executed
            .iter()
            .all(|last| now >= last.get().saturating_add(COOLDOWN));
        require!(
            self.open_reports == 0 && now >= self.day_end() && cooled,
            SlashingError::RecordInUse
        );
        Ok(())
    }

    pub fn invariant(&self) -> Result<()> {
        require!(
            self.accused != Address::default(),
            SlashingError::InvariantBroken
        );
        Ok(())
    }

    fn day_end(&self) -> i64 {
        self.day_start.get().saturating_add(DAY)
    }

    fn require_cooled(&self, reason: usize, report: &Report, now: i64) -> Result<()> {
        let last = self.last_executed.get(reason);
        let cooled_at = last
            .ok_or(SlashingError::InvariantBroken)?
            .get()
            .saturating_add(COOLDOWN);
        require!(
            now >= cooled_at.min(waited_enough(report)),
            SlashingError::CoolingDown
        );
        Ok(())
    }
}

/// Return the time from which neither cooldown nor daily cap delays a report.
fn waited_enough(report: &Report) -> i64 {
    report.executable_at.get().saturating_add(LONGEST_WAIT)
}
