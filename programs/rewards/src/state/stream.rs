//! Stream: an amount that is distributed evenly between two times.
use anchor_lang::prelude::*;
use bytemuck::{Pod, Zeroable};

use crate::errors::RewardsError;

#[derive(Clone, Copy, Pod, Zeroable, IdlType)]
#[repr(C)]
pub struct Stream {
    pub total: PodU64,
    /// Amount distributed so far.
    pub flowed: PodU64,
    pub starts_at: PodI64,
    pub ends_at: PodI64,
}

impl Stream {
    /// Return whether the whole amount has been distributed.
    pub fn is_over(&self) -> bool {
        self.flowed == self.total
    }

    /// Return what has not been distributed.
    pub fn rest(&self) -> Result<u64> {
        let rest = self.total.checked_sub(self.flowed);
        Ok(rest.ok_or(RewardsError::InvariantBroken)?.get())
    }

    /// Add an amount, after what is due by now was distributed. Rest and amount flow together over the mean of the
    /// time left and a whole window, weighted by both: dust delays nothing, and a large amount gets its window.
    pub fn add(&mut self, amount: u64, now: i64, window: i64) -> Result<()> {
        if amount == 0 {
            return Ok(());
        }
        let rest = self.rest()?;
        let total = rest.checked_add(amount).ok_or(RewardsError::Overflow)?;
        let left = self.ends_at.get().saturating_sub(now).max(0);
        let seconds = mean(rest, left, amount, window, total).ok_or(RewardsError::Overflow)?;
        self.total = total.into();
        self.flowed = PodU64::ZERO;
        self.starts_at = now.into();
        self.ends_at = now
            .checked_add(seconds)
            .ok_or(RewardsError::Overflow)?
            .into();
        Ok(())
    }

    /// Return what is due by now and not distributed. Rounded down before the end; everything is due at the end.
    pub fn due(&self, now: i64) -> Result<u64> {
        if self.is_over() {
            return Ok(0);
        }
        let (starts_at, ends_at) = (self.starts_at.get(), self.ends_at.get());
        let total = self.total.get();
        let by_now = if now >= ends_at {
            total
        } else {
            let elapsed = u128::try_from(now.saturating_sub(starts_at)).unwrap_or(0);
            let window = u128::try_from(ends_at.saturating_sub(starts_at)).unwrap_or(0);
            u128::from(total)
                .checked_mul(elapsed)
                .and_then(|product| product.checked_div(window))
                .and_then(|part| u64::try_from(part).ok())
                .ok_or(RewardsError::Overflow)?
        };
        Ok(by_now.saturating_sub(self.flowed.get()))
    }

    pub fn flow(&mut self, amount: u64) -> Result<()> {
        self.flowed = self
            .flowed
            .checked_add(amount)
            .ok_or(RewardsError::Overflow)?;
        Ok(())
    }

    /// Move the stream later by the time since `since`, in which no staker could earn.
    pub fn wait(&mut self, since: i64, now: i64) -> Result<()> {
        if self.is_over() {
            return Ok(());
        }
        let idle = now.saturating_sub(since);
        let shifted = |at: PodI64| at.checked_add(idle).ok_or(RewardsError::Overflow);
        self.starts_at = shifted(self.starts_at)?;
        self.ends_at = shifted(self.ends_at)?;
        Ok(())
    }
}

/// Return `(rest × left + amount × window) / total`, rounded down.
fn mean(rest: u64, left: i64, amount: u64, window: i64, total: u64) -> Option<i64> {
    let old = u128::from(rest).checked_mul(u128::try_from(left).ok()?)?;
    let new = u128::from(amount).checked_mul(u128::try_from(window).ok()?)?;
    let seconds = old.checked_add(new)?.checked_div(u128::from(total))?;
    i64::try_from(seconds).ok()
}
