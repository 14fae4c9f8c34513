//! Enums that the program, the API and the CLI share.
use anchor_lang::prelude::*;

use crate::errors::GovernanceError;

/// Kind of a proposal. It decides the allowed instructions and the timelock: short for the first two.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ProposalKind {
    Text = 0,
    Parameters = 1,
    Treasury = 2,
    Upgrade = 3,
    Generic = 4,
}

impl TryFrom<u8> for ProposalKind {
    type Error = GovernanceError;

    fn try_from(number: u8) -> core::result::Result<Self, GovernanceError> {
        Ok(match number {
            0 => Self::Text,
            1 => Self::Parameters,
            2 => Self::Treasury,
            3 => Self::Upgrade,
            4 => Self::Generic,
            _ => return Err(GovernanceError::BadKind),
        })
    }
}

#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ProposalStatus {
    Draft = 0,
    Active = 1,
    Succeeded = 2,
    Defeated = 3,
    Queued = 4,
    Executed = 5,
    Expired = 6,
    Cancelled = 7,
    Vetoed = 8,
}

impl ProposalStatus {
    /// Return whether the status is final.
    pub fn is_end(self) -> bool {
        matches!(
            self,
            Self::Defeated | Self::Executed | Self::Expired | Self::Cancelled | Self::Vetoed
        )
    }
}

/// Choice of a vote. `Abstain` counts towards the quorum only.
#[pod_wrapper]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum VoteChoice {
    Against = 0,
    For = 1,
    Abstain = 2,
}

impl TryFrom<u8> for VoteChoice {
    type Error = GovernanceError;

    fn try_from(number: u8) -> core::result::Result<Self, GovernanceError> {
        Ok(match number {
            0 => Self::Against,
            1 => Self::For,
            2 => Self::Abstain,
            _ => return Err(GovernanceError::BadChoice),
        })
    }
}
