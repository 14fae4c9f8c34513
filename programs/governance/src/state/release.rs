//! Release: the record of how one unlock was split into community, burn and operations.
use anchor_lang::prelude::*;
use hypernode_common::fees::bps_of;

use crate::{
    constants::{BURN_BPS, COMMUNITY_BPS},
    errors::GovernanceError,
};

#[account]
pub struct Release {
    pub number: PodU64,
    pub released_at: PodI64,
    /// amount = community + burned + operations.
    pub amount: PodU64,
    pub community: PodU64,
    pub burned: PodU64,
    pub operations: PodU64,
    pub bump: u8,
}

/// Three parts that add up to an amount.
#[derive(Clone, Copy)]
pub struct Split {
    pub community: u64,
    pub burned: u64,
    pub operations: u64,
}

impl Split {
    pub fn of(amount: u64) -> Result<Self> {
        let community = bps_of(amount, COMMUNITY_BPS).ok_or(GovernanceError::Overflow)?;
        let burned = bps_of(amount, BURN_BPS).ok_or(GovernanceError::Overflow)?;
        let operations = amount
            .checked_sub(community)
            .and_then(|rest| rest.checked_sub(burned))
            .ok_or(GovernanceError::Overflow)?;
        Ok(Self {
            community,
            burned,
            operations,
        })
    }
}
