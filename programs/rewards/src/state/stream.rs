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

    pub fn begin(&mut self, total: u64, now: i64, window: i64) -> Result<()> {
        self.total = total.into();
        self.flowed = PodU64::ZERO;
        self.starts_at = now.into();
        self.ends_at = now
            .checked_add(window)
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
