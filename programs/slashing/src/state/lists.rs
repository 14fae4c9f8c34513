//! Enums that the program, the API and the CLI share.
use anchor_lang::prelude::*;

use crate::errors::SlashingError;

/// Status of a report. The last three are final.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ReportStatus {
    Voting = 0,
    Confirmed = 1,
    Appealed = 2,
    Upheld = 3,
    Dismissed = 4,
    Executed = 5,
    Moot = 6,
}

impl PodReportStatus {
    pub fn is_end(self) -> bool {
        self == ReportStatus::Dismissed
            || self == ReportStatus::Executed
            || self == ReportStatus::Moot
    }
}

/// Reason of a report. Its number is its index in `reason_bps`.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum FaultReason {
    JobTimeout = 0,
    Offline = 1,
    RepeatedFailures = 2,
    InvalidResult = 3,
    Malicious = 4,
}

impl FaultReason {
    /// Return whether oracles can attest the reason. It always concerns a job.
    pub fn is_objective(self) -> bool {
        matches!(self, Self::JobTimeout | Self::InvalidResult)
    }
}

impl TryFrom<u8> for FaultReason {
    type Error = SlashingError;

    fn try_from(number: u8) -> core::result::Result<Self, SlashingError> {
        Ok(match number {
            0 => Self::JobTimeout,
            1 => Self::Offline,
            2 => Self::RepeatedFailures,
            3 => Self::InvalidResult,
            4 => Self::Malicious,
            _ => return Err(SlashingError::BadReason),
        })
    }
}
