//! Stake of one wallet: active, or cooling down before its withdrawal.
use anchor_lang::prelude::*;
use hypernode_common::{
    index::accrued,
    stake::{weight, MAX_DURATION, MIN_DURATION},
};

use crate::errors::StakingError;

#[account]
pub struct Stake {
    pub owner: Address,
    /// Paid the rent and gets it back.
    pub payer: Address,
    pub amount: PodU64,
    /// Weight of the amount; zero while cooling down.
    pub weight: PodU64,
    /// Time since which the stake has had at least `weight`.
    pub weight_since: PodI64,
    /// Smaller weight held since `base_since`, so that an owner who tops up can still vote on open proposals.
    pub base_weight: PodU64,
    pub base_since: PodI64,
    /// Cooldown in seconds. A longer cooldown gives more weight.
    pub duration: PodI64,
    pub staked_at: PodI64,
    /// Time at which the cooldown began; zero while active.
    pub unstake_at: PodI64,
    /// Rewards index up to which `owed` is booked.
    pub reward_index: PodU128,
    /// Rewards booked and not claimed.
    pub owed: PodU64,
    /// Open reports against the owner. The stake can be withdrawn only at zero.
    pub holds: PodU32,
    /// What the confirmed ones of them will take. It counts as gone.
    pub held_amount: PodU64,
    pub bump: u8,
}

impl Stake {
    pub fn is_active(&self) -> bool {
        self.unstake_at == 0
    }

    /// Return the weight that has been locked since before `at`.
    pub fn votable(&self, at: i64) -> u64 {
        if self.weight_since.get() < at {
            self.weight.get()
        } else if self.base_since.get() < at {
            self.base_weight.get()
        } else {
            0
        }
    }

    /// Return the first second at which the owner could withdraw.
    pub fn earliest_exit(&self, now: i64) -> Result<i64> {
        let cooling_since = if self.is_active() {
            now
        } else {
            self.unstake_at.get()
        };
        cooling_since
            .checked_add(self.duration.get())
            .ok_or(StakingError::Overflow.into())
    }

    /// Set the first amount and duration.
    pub fn open(&mut self, amount: u64, duration: i64, index: u128, now: i64) -> Result<()> {
        self.amount = amount.into();
        self.duration = duration.into();
        self.staked_at = now.into();
        self.base_since = now.into();
        self.weight_since = now.into();
        self.reward_index = index.into();
        self.reweigh(now)
    }

    pub fn add(&mut self, amount: u64, now: i64) -> Result<()> {
        self.amount = self
            .amount
            .checked_add(amount)
            .ok_or(StakingError::Overflow)?;
        self.reweigh(now)
    }

    pub fn extend(&mut self, duration: i64, now: i64) -> Result<()> {
        require!(
            duration > self.duration.get(),
            StakingError::DurationNotLonger
        );
        self.duration = duration.into();
        self.reweigh(now)
    }

    /// Active → cooling down.
    pub fn unstake(&mut self, now: i64) -> Result<()> {
        require!(self.is_active(), StakingError::CoolingDown);
        self.unstake_at = now.into();
        self.reweigh(now)
    }

    /// Cooling down → active.
    pub fn restake(&mut self, now: i64) -> Result<()> {
        require!(!self.is_active(), StakingError::NotCoolingDown);
        self.unstake_at = PodI64::ZERO;
        self.staked_at = now.into();
        self.reweigh(now)
    }

    /// Cooling down → withdrawn. Return the amount; the caller closes the account.
    pub fn withdraw(&self, now: i64) -> Result<u64> {
        require!(!self.is_active(), StakingError::NotCoolingDown);
        require!(
            now >= self.earliest_exit(now)?,
            StakingError::CooldownNotOver
        );
        require!(self.holds == 0, StakingError::StakeHeld);
        require!(self.owed == 0, StakingError::RewardsUnclaimed);
        Ok(self.amount.get())
    }

    /// Return the amount that no confirmed report will take.
    pub fn free(&self) -> u64 {
        self.amount.get().saturating_sub(self.held_amount.get())
    }

    /// Count an opened report that will take `amount`, or nothing yet. A report that is not confirmed is refused after
    /// the cooldown, when the owner may withdraw at any time.
    pub fn hold(&mut self, amount: u64, now: i64) -> Result<()> {
        require!(self.amount > 0, StakingError::NothingStaked);
        let leaving = !self.is_active() && now >= self.earliest_exit(now)?;
        require!(amount > 0 || !leaving, StakingError::CooldownOver);
        self.holds = self.holds.checked_add(1).ok_or(StakingError::Overflow)?;
        self.hold_more(amount)
    }

    /// Hold the amount of a report that was confirmed.
    pub fn hold_more(&mut self, amount: u64) -> Result<()> {
        require!(amount <= self.free(), StakingError::MoreThanStaked);
        let held = self.held_amount.checked_add(amount);
        self.held_amount = held.ok_or(StakingError::Overflow)?;
        Ok(())
    }

    /// Count an ended report and release its amount.
    pub fn release(&mut self, amount: u64) -> Result<()> {
        self.holds = self.holds.checked_sub(1).ok_or(StakingError::NotHeld)?;
        let held = self.held_amount.checked_sub(amount);
        self.held_amount = held.ok_or(StakingError::NotHeld)?;
        Ok(())
    }

    /// Take an amount from the stake. Its hold has been released.
    pub fn slash(&mut self, amount: u64, now: i64) -> Result<()> {
        self.amount = self
            .amount
            .checked_sub(amount)
            .ok_or(StakingError::MoreThanStaked)?;
        self.reweigh(now)
    }

    /// Book what the weight earned up to `index`. Called before every change of the weight.
    pub fn accrue(&mut self, index: u128) -> Result<()> {
        let earned = accrued(self.weight.get(), index, self.reward_index.get())
            .ok_or(StakingError::Overflow)?;
        self.owed = self
            .owed
            .checked_add(earned)
            .ok_or(StakingError::Overflow)?;
        self.reward_index = index.into();
        Ok(())
    }

    /// Set the booked rewards to zero and return them.
    pub fn take_owed(&mut self) -> u64 {
        core::mem::replace(&mut self.owed, PodU64::ZERO).get()
    }

    pub fn invariant(&self) -> Result<()> {
        let sound = (MIN_DURATION..=MAX_DURATION).contains(&self.duration.get())
            && self.owner != Address::default()
            && (self.is_active() || self.weight == 0)
            && self.base_weight <= self.weight
            && self.base_since <= self.weight_since
            && self.held_amount <= self.amount
            && (self.holds > 0 || self.held_amount == 0);
        require!(sound, StakingError::InvariantBroken);
        Ok(())
    }

    /// Compute the weight again. Added weight counts from now; the old weight keeps its earlier time.
    fn reweigh(&mut self, now: i64) -> Result<()> {
        let old = self.weight;
        self.weight = if self.is_active() {
            weight(self.amount.get(), self.duration.get())
                .ok_or(StakingError::BadDuration)?
                .into()
        } else {
            PodU64::ZERO
        };
        // Two changes in the same second count as one.
        if self.weight > old && self.weight_since != now {
            self.base_weight = old;
            self.base_since = self.weight_since;
            self.weight_since = now.into();
        }
        self.base_weight = self.base_weight.min(self.weight);
        Ok(())
    }
}
