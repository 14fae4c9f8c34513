//! Enums that the program, the API and the CLI share.
use anchor_lang::prelude::*;
use hypernode_common::attestation;

use crate::errors::MarketsError;

/// Status of a job. The last two have ended: their accounts wait for the report that collects the sentence.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum JobStatus {
    Posted = 0,
    Assigned = 1,
    Submitted = 2,
    Rejected = 3,
    TimedOut = 4,
}

/// Outcome of a job. The job's last event carries it.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    Settled = 1,
    Rejected = 2,
    Cancelled = 3,
    Expired = 4,
    TimedOut = 5,
    Unverified = 6,
    Declined = 7,
    Accepted = 8,
}

/// Why a worker gave a job back.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum DeclineReason {
    ImageUnavailable = 1,
    InputUnavailable = 2,
    DoesNotFit = 3,
    ForbiddenProfile = 4,
    WrongClock = 5,
    OutputsTooLarge = 6,
    ShuttingDown = 7,
    NodeFault = 8,
}

impl TryFrom<u8> for DeclineReason {
    type Error = MarketsError;

    fn try_from(number: u8) -> core::result::Result<Self, MarketsError> {
        Ok(match number {
            1 => Self::ImageUnavailable,
            2 => Self::InputUnavailable,
            3 => Self::DoesNotFit,
            4 => Self::ForbiddenProfile,
            5 => Self::WrongClock,
            6 => Self::OutputsTooLarge,
            7 => Self::ShuttingDown,
            8 => Self::NodeFault,
            _ => return Err(MarketsError::BadDeclineReason),
        })
    }
}

/// First check that a rejected job failed. `None` belongs to an accepting verdict only.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum RejectReason {
    None = 0,
    SpecMismatch = 1,
    WrongNode = 2,
    BadSignature = 3,
    Late = 4,
    ImageMismatch = 5,
    MissingBlob = 6,
    HashMismatch = 7,
    OutputMismatch = 8,
    UsageImplausible = 9,
    Limit = 11,
    Impossible = 12,
}

impl TryFrom<u8> for RejectReason {
    type Error = MarketsError;

    fn try_from(number: u8) -> core::result::Result<Self, MarketsError> {
        Ok(match number {
            0 => Self::None,
            1 => Self::SpecMismatch,
            2 => Self::WrongNode,
            3 => Self::BadSignature,
            4 => Self::Late,
            5 => Self::ImageMismatch,
            6 => Self::MissingBlob,
            7 => Self::HashMismatch,
            8 => Self::OutputMismatch,
            9 => Self::UsageImplausible,
            11 => Self::Limit,
            12 => Self::Impossible,
            _ => return Err(MarketsError::BadVerdict),
        })
    }
}

/// What stands behind a verdict.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Audit {
    None = 0,
    Repeated = 1,
    Unrepeatable = 2,
    Impossible = 3,
    Replicated = 4,
}

impl From<attestation::Audit> for Audit {
    fn from(audit: attestation::Audit) -> Self {
        match audit {
            attestation::Audit::None => Self::None,
            attestation::Audit::Repeated => Self::Repeated,
            attestation::Audit::Unrepeatable => Self::Unrepeatable,
            attestation::Audit::Impossible => Self::Impossible,
            attestation::Audit::Replicated => Self::Replicated,
        }
    }
}

/// Which sentence a verdict carries.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Blame {
    None = 0,
    Timeout = 1,
    Fault = 2,
    Metering = 3,
}

impl From<attestation::Blame> for Blame {
    fn from(blame: attestation::Blame) -> Self {
        match blame {
            attestation::Blame::None => Self::None,
            attestation::Blame::Timeout => Self::Timeout,
            attestation::Blame::Fault => Self::Fault,
            attestation::Blame::Metering => Self::Metering,
        }
    }
}

/// How a run ended.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Ending {
    Exited = 0,
    Time = 1,
    Memory = 2,
    Outputs = 3,
    Stopped = 4,
}

impl TryFrom<u8> for Ending {
    type Error = MarketsError;

    fn try_from(number: u8) -> core::result::Result<Self, MarketsError> {
        Ok(match number {
            0 => Self::Exited,
            1 => Self::Time,
            2 => Self::Memory,
            3 => Self::Outputs,
            4 => Self::Stopped,
            _ => return Err(MarketsError::BadVerdict),
        })
    }
}

/// Vendor of the GPUs. `None` is a CPU job or a node without a GPU.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum GpuVendor {
    None = 0,
    Nvidia = 1,
    Amd = 2,
}

impl TryFrom<u8> for GpuVendor {
    type Error = MarketsError;

    fn try_from(number: u8) -> core::result::Result<Self, MarketsError> {
        match number {
            0 => Ok(Self::None),
            1 => Ok(Self::Nvidia),
            2 => Ok(Self::Amd),
            _ => Err(MarketsError::BadGpu),
        }
    }
}
