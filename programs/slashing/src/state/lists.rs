//! Enums that the program, the API and the CLI share.
use anchor_lang::prelude::*;

use crate::errors::SlashingError;

/// Status of a report. The last two are final.
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
}

impl PodReportStatus {
    pub fn is_end(self) -> bool {
        self == ReportStatus::Dismissed || self == ReportStatus::Executed
    }
}

/// Reason of a report. The first two are verdicts on jobs.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum FaultReason {
    JobTimeout = 0,
    InvalidResult = 1,
    Offline = 2,
    RepeatedFailures = 3,
    Malicious = 4,
}

impl FaultReason {
    /// Return the reason's index in `reason_bps`; `None` for a verdict on a job, which nobody may claim by bond.
    pub fn index(self) -> Option<usize> {
        match self {
            Self::JobTimeout | Self::InvalidResult => None,
            Self::Offline => Some(0),
            Self::RepeatedFailures => Some(1),
            Self::Malicious => Some(2),
        }
    }
}

impl TryFrom<u8> for FaultReason {
    type Error = SlashingError;

    fn try_from(number: u8) -> core::result::Result<Self, SlashingError> {
        Ok(match number {
            0 => Self::JobTimeout,
            1 => Self::InvalidResult,
            2 => Self::Offline,
            3 => Self::RepeatedFailures,
            4 => Self::Malicious,
            _ => return Err(SlashingError::BadReason),
        })
    }
}
