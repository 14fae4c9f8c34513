//! Vote: one validator's vote in one round of a report.
use anchor_lang::prelude::*;

use crate::{
    errors::SlashingError,
    state::{Report, ReportStatus},
};

#[account]
pub struct Vote {
    pub report: Address,
    pub validator: Address,
    /// Paid the rent and gets it back.
    pub payer: Address,
    /// Number of the report. It differs for a later report at the same address.
    pub number: PodU64,
    pub weight: PodU64,
    pub round: u8,
    pub uphold: PodBool,
    pub bump: u8,
}

impl Vote {
    pub fn is_of(&self, report: &Report) -> bool {
        self.number == report.number
    }

    /// Return whether the vote earns a fee: it was cast for what was decided, in either round.
    pub fn won(&self, report: &Report) -> bool {
        let decided = if self.uphold.get() {
            ReportStatus::Executed
        } else {
            ReportStatus::Dismissed
        };
        self.is_of(report) && report.status == decided
    }

    pub fn invariant(&self) -> Result<()> {
        require!(self.weight > 0, SlashingError::InvariantBroken);
        Ok(())
    }
}
