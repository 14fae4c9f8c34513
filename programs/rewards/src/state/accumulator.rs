//! The index that every stake earns by, what flows into it, and who may change how fast.
use anchor_lang::prelude::*;
use hypernode_common::index::{grow, MIN_TOTAL_WEIGHT};

use crate::{
    constants::{MAX_WINDOW, MIN_WINDOW},
    errors::RewardsError,
    state::Stream,
};

/// The first two fields lie where `hypernode_common::index` says; staking reads them.
#[account]
pub struct Accumulator {
    /// Base units that one unit of weight has earned since the beginning, times 10¹².
    pub index: PodU128,
    /// The last second at which the index counts all that flowed; the end of time when nothing flows.
    pub stale_after: PodI64,
    pub updated_at: PodI64,
    /// What the last division left, in 10⁻¹² base units.
    pub remainder: PodU128,
    /// Sets the windows. It cannot move a token.
    pub authority: Address,
    /// Zero, or who becomes authority by accepting.
    pub pending_authority: Address,
    /// HYPER.
    pub mint: Address,
    pub fees: Stream,
    pub community: Stream,
    /// Seconds over which new fees, and new community tokens, flow.
    pub fee_window: PodI64,
    pub community_window: PodI64,
    /// Tokens of the vault that flow or are earned; what it holds beyond is new fees.
    pub accounted: PodU64,
    /// Sums since the beginning.
    pub distributed: PodU64,
    pub claimed: PodU64,
    pub bump: u8,
    pub vault_bump: u8,
    pub community_bump: u8,
}

/// What stakers earn by one distribution.
pub struct Due {
    pub fees: u64,
    pub community: u64,
}

impl Accumulator {
    pub fn propose(&mut self, new_authority: Address) {
        self.pending_authority = new_authority;
    }

    /// The pending authority becomes the authority; returns the old one.
    pub fn accept(&mut self) -> Address {
        let old = self.authority;
        self.authority = self.pending_authority;
        self.pending_authority = Address::default();
        old
    }

    /// What flows now keeps the window it began with.
    pub fn set_windows(&mut self, fee_window: i64, community_window: i64) {
        self.fee_window = fee_window.into();
        self.community_window = community_window.into();
    }

    /// Let flow what is due up to now. While nobody is staked the streams stand still, so the first one to
    /// stake earns no more of them than its seconds.
    pub fn advance(&mut self, total_weight: u64, now: i64) -> Result<Due> {
        let since = self.updated_at.get();
        self.updated_at = now.into();
        if total_weight < MIN_TOTAL_WEIGHT {
            self.fees.wait(since, now)?;
            self.community.wait(since, now)?;
            return Ok(Due {
                fees: 0,
                community: 0,
            });
        }
        let due = Due {
            fees: self.fees.due(now)?,
            community: self.community.due(now)?,
        };
        self.share(&due, total_weight)?;
        Ok(due)
    }

    fn share(&mut self, due: &Due, total_weight: u64) -> Result<()> {
        self.fees.flow(due.fees)?;
        self.community.flow(due.community)?;
        let amount = due
            .fees
            .checked_add(due.community)
            .ok_or(RewardsError::Overflow)?;
        let growth = grow(self.index.get(), self.remainder.get(), amount, total_weight)
            .ok_or(RewardsError::Overflow)?;
        self.index = growth.index.into();
        self.remainder = growth.remainder.into();
        // Fees were in the vault and counted when they began to flow.
        self.accounted = self
            .accounted
            .checked_add(due.community)
            .ok_or(RewardsError::Overflow)?;
        self.distributed = self
            .distributed
            .checked_add(amount)
            .ok_or(RewardsError::Overflow)?;
        Ok(())
    }

    /// Begin to let flow what has arrived, unless an earlier amount still does. Waiting for its end keeps
    /// anybody from stretching a flow by adding dust to it.
    pub fn begin(&mut self, vault: u64, community: u64, now: i64) -> Result<Due> {
        let mut begun = Due {
            fees: 0,
            community: 0,
        };
        if self.fees.is_over() {
            begun.fees = vault
                .checked_sub(self.accounted.get())
                .ok_or(RewardsError::InvariantBroken)?;
            self.fees.begin(begun.fees, now, self.fee_window.get())?;
            self.accounted = vault.into();
        }
        if self.community.is_over() {
            begun.community = community;
            self.community
                .begin(community, now, self.community_window.get())?;
        }
        let still = self.fees.is_over() && self.community.is_over();
        self.stale_after = if still { i64::MAX } else { now }.into();
        Ok(begun)
    }

    pub fn pay(&mut self, amount: u64) -> Result<()> {
        self.accounted = self
            .accounted
            .checked_sub(amount)
            .ok_or(RewardsError::InvariantBroken)?;
        self.claimed = self
            .claimed
            .checked_add(amount)
            .ok_or(RewardsError::Overflow)?;
        Ok(())
    }

    pub fn invariant(&self) -> Result<()> {
        let windows = [self.fee_window.get(), self.community_window.get()];
        require!(
            windows
                .iter()
                .all(|window| (MIN_WINDOW..=MAX_WINDOW).contains(window)),
            RewardsError::BadWindow
        );
        let sound = self.claimed <= self.distributed
            && self.fees.flowed <= self.fees.total
            && self.community.flowed <= self.community.total;
        require!(sound, RewardsError::InvariantBroken);
        Ok(())
    }
}
