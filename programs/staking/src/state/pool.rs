//! Pool: the sums over all stakes, and the program's authority.
use anchor_lang::prelude::*;

use crate::errors::StakingError;

#[account]
pub struct Pool {
    /// May propose its successor. It has no power over stakes.
    pub authority: Address,
    /// Wallet that may accept the authority; zero if none is proposed.
    pub pending_authority: Address,
    /// Mint of HYPER.
    pub mint: Address,
    /// Sum of all stakes' amounts. The vault holds at least this much.
    pub total_staked: PodU64,
    /// Sum of all active stakes' weights.
    pub total_weight: PodU64,
    /// Rewards that owners gave up since the program started. The rewards program distributes them again.
    pub forfeited: PodU64,
    pub bump: u8,
    pub vault_bump: u8,
}

impl Pool {
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

    pub fn count_forfeited(&mut self, amount: u64) -> Result<()> {
        self.forfeited = self
            .forfeited
            .checked_add(amount)
            .ok_or(StakingError::Overflow)?;
        Ok(())
    }

    /// Replace one stake's old weight with its new weight.
    pub fn reweigh(&mut self, old: u64, new: u64) -> Result<()> {
        self.total_weight = self
            .total_weight
            .checked_sub(old)
            .and_then(|rest| rest.checked_add(new))
            .ok_or(StakingError::Overflow)?;
        Ok(())
    }

    /// Check that the total weight is at most four times the tokens staked.
    pub fn invariant(&self) -> Result<()> {
        let heaviest = self.total_staked.get().saturating_mul(4);
        require!(
            self.total_weight.get() <= heaviest,
            StakingError::InvariantBroken
        );
        Ok(())
    }
}
