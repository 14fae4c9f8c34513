//! Accumulator: the rewards index, the two streams that raise it, and the program's settings.
use anchor_lang::prelude::*;
use hypernode_common::index::{grow, MIN_TOTAL_WEIGHT};

use crate::{
    constants::{MAX_WINDOW, MIN_WINDOW},
    errors::RewardsError,
    state::Stream,
};

/// The staking program reads the first two fields at the offsets in `hypernode_common::index`.
#[account]
pub struct Accumulator {
    /// Base units that one unit of weight has earned since the program started, times 10¹².
    pub index: PodU128,
    /// Last second at which the index includes all rewards due; `i64::MAX` while both streams are over.
    pub stale_after: PodI64,
    pub updated_at: PodI64,
    /// Remainder of the last division, in units of 10⁻¹² base units.
    pub remainder: PodU128,
    /// Sets the windows. It cannot move tokens.
    pub authority: Address,
    /// Wallet that may accept the authority; zero if none is proposed.
    pub pending_authority: Address,
    /// Mint of HYPER.
    pub mint: Address,
    pub fees: Stream,
    pub community: Stream,
    /// Seconds over which new fees, and new community tokens, are distributed.
    pub fee_window: PodI64,
    pub community_window: PodI64,
    /// Tokens of the vault that are in a stream or earned. The vault's other tokens are new fees.
    pub accounted: PodU64,
    /// Sums since the program started.
    pub distributed: PodU64,
    pub claimed: PodU64,
    /// Forfeited rewards that were distributed again, of those that staking's pool has counted.
    pub returned: PodU64,
    pub bump: u8,
    pub vault_bump: u8,
    pub community_bump: u8,
}

/// Amounts of one distribution.
pub struct Due {
    pub fees: u64,
    pub community: u64,
}

impl Accumulator {
    pub fn propose(&mut self, new_authority: Address) {
        self.pending_authority = new_authority;
    }

    /// Make the pending authority the authority, and return the old one.
    pub fn accept(&mut self) -> Address {
        let old = self.authority;
        self.authority = self.pending_authority;
        self.pending_authority = Address::default();
        old
    }

    /// Set the windows of amounts to come. What flows already keeps its end.
    pub fn set_windows(&mut self, fee_window: i64, community_window: i64) {
        self.fee_window = fee_window.into();
        self.community_window = community_window.into();
    }

    /// Distribute what is due by now. Both streams wait while the total weight is below the minimum, so the
    /// first staker earns only from the time of its own stake.
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
        // Fees lie in the vault already and were counted when their stream began.
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

    /// Turn rewards that owners gave up into new fees. `forfeited` is the pool's sum since the start.
    pub fn take_back(&mut self, forfeited: u64) -> Result<()> {
        let new = forfeited.checked_sub(self.returned.get());
        let new = new.ok_or(RewardsError::InvariantBroken)?;
        self.accounted = self
            .accounted
            .checked_sub(new)
            .ok_or(RewardsError::InvariantBroken)?;
        self.returned = forfeited.into();
        Ok(())
    }

    /// Add what has arrived to the streams. It need not wait for a running one, so that nobody delays a release by
    /// starting a stream of dust before it.
    pub fn add(&mut self, vault: u64, community: u64, now: i64) -> Result<Due> {
        let fees = vault.checked_sub(self.accounted.get());
        let community = community.checked_sub(self.community.rest()?);
        let begun = Due {
            fees: fees.ok_or(RewardsError::InvariantBroken)?,
            community: community.ok_or(RewardsError::InvariantBroken)?,
        };
        self.fees.add(begun.fees, now, self.fee_window.get())?;
        self.accounted = vault.into();
        self.community
            .add(begun.community, now, self.community_window.get())?;
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
