//! One wallet's stake: active, or cooling down towards its withdrawal.
use anchor_lang::prelude::*;
use hypernode_common::stake::{weight, MAX_DURATION, MIN_DURATION};

use crate::errors::StakingError;

#[account]
pub struct Stake {
    pub owner: Address,
    /// Paid the rent, and gets it back.
    pub payer: Address,
    pub amount: PodU64,
    /// What the amount counts for; zero from the moment the cooldown begins.
    pub weight: PodU64,
    /// Seconds of cooldown; longer ones weigh more.
    pub duration: PodI64,
    pub staked_at: PodI64,
    /// Zero while active, else when the cooldown began.
    pub unstake_at: PodI64,
    pub bump: u8,
}

impl Stake {
    pub fn is_active(&self) -> bool {
        self.unstake_at == 0
    }

    /// Start with an amount and a duration.
    pub fn open(&mut self, amount: u64, duration: i64, now: i64) -> Result<()> {
        self.amount = amount.into();
        self.duration = duration.into();
        self.staked_at = now.into();
        self.unstake_at = PodI64::ZERO;
        self.reweigh()
    }

    pub fn add(&mut self, amount: u64) -> Result<()> {
        self.amount = self
            .amount
            .checked_add(amount)
            .ok_or(StakingError::Overflow)?;
        self.reweigh()
    }

    pub fn extend(&mut self, duration: i64) -> Result<()> {
        require!(
            duration > self.duration.get(),
            StakingError::DurationNotLonger
        );
        self.duration = duration.into();
        self.reweigh()
    }

    /// Active → cooling down.
    pub fn unstake(&mut self, now: i64) -> Result<()> {
        require!(self.is_active(), StakingError::CoolingDown);
        self.unstake_at = now.into();
        self.weight = PodU64::ZERO;
        Ok(())
    }

    /// Cooling down → active.
    pub fn restake(&mut self, now: i64) -> Result<()> {
        require!(!self.is_active(), StakingError::NotCoolingDown);
        self.unstake_at = PodI64::ZERO;
        self.staked_at = now.into();
        self.reweigh()
    }

    /// When the cooldown ends.
    pub fn withdrawable_at(&self) -> Result<i64> {
        self.unstake_at
            .get()
            .checked_add(self.duration.get())
            .ok_or(StakingError::Overflow.into())
    }

    /// Cooling down → gone; the caller closes the account.
    pub fn withdraw(&self, now: i64) -> Result<u64> {
        require!(!self.is_active(), StakingError::NotCoolingDown);
        require!(
            now >= self.withdrawable_at()?,
            StakingError::CooldownNotOver
        );
        Ok(self.amount.get())
    }

    pub fn invariant(&self) -> Result<()> {
        let sound = (MIN_DURATION..=MAX_DURATION).contains(&self.duration.get())
            && self.owner != Address::default()
            && (self.is_active() || self.weight == 0);
        require!(sound, StakingError::InvariantBroken);
        Ok(())
    }

    fn reweigh(&mut self) -> Result<()> {
        self.weight = weight(self.amount.get(), self.duration.get())
            .ok_or(StakingError::BadDuration)?
            .into();
        Ok(())
    }
}
