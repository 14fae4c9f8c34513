//! The sums over all stakes, and who may change the program's settings.
use anchor_lang::prelude::*;

use crate::errors::StakingError;

#[account]
pub struct Pool {
    /// May name its successor. It cannot touch a stake.
    pub authority: Address,
    /// Zero, or who becomes authority by accepting.
    pub pending_authority: Address,
    /// HYPER.
    pub mint: Address,
    /// Sum of every stake's amount; the vault holds at least this much.
    pub total_staked: PodU64,
    /// Sum of every active stake's weight.
    pub total_weight: PodU64,
    pub bump: u8,
    pub vault_bump: u8,
}

impl Pool {
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

    pub fn add_tokens(&mut self, amount: u64) -> Result<()> {
        self.total_staked = self
            .total_staked
            .checked_add(amount)
            .ok_or(StakingError::Overflow)?;
        Ok(())
    }

    pub fn remove_tokens(&mut self, amount: u64) -> Result<()> {
        self.total_staked = self
            .total_staked
            .checked_sub(amount)
            .ok_or(StakingError::Overflow)?;
        Ok(())
    }

    /// Replace one stake's old weight by its new one.
    pub fn reweigh(&mut self, old: u64, new: u64) -> Result<()> {
        self.total_weight = self
            .total_weight
            .checked_sub(old)
            .and_then(|rest| rest.checked_add(new))
            .ok_or(StakingError::Overflow)?;
        Ok(())
    }

    /// A token weighs at most four times itself.
    pub fn invariant(&self) -> Result<()> {
        let heaviest = self.total_staked.get().saturating_mul(4);
        require!(
            self.total_weight.get() <= heaviest,
            StakingError::InvariantBroken
        );
        Ok(())
    }
}
