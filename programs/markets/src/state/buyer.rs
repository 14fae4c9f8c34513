//! Buyer account: one wallet's available tokens, locked caps and booked fees. The vault holds their sum.
use anchor_lang::prelude::*;
use hypernode_common::fees::PriceSplit;

use crate::{constants::SEQUENCE_PER_SLOT, errors::MarketsError};

#[account]
pub struct BuyerAccount {
    pub owner: Address,
    /// Paid the rent of this account and its vault and gets it back.
    pub payer: Address,
    /// Token account that holds the tokens. Only the program signs for it.
    pub vault: Address,
    /// Base units that the owner may withdraw or lock for a job.
    pub available: PodU64,
    /// Sum of the caps of the owner's jobs that have not ended.
    pub locked: PodU64,
    /// Fees of settled jobs that `collect_fees` has not paid yet.
    pub treasury_due: PodU64,
    pub stakers_due: PodU64,
    pub operations_due: PodU64,
    /// Number of the next job. Numbers are never reused, even if the account is closed and reopened.
    pub sequence: PodU64,
    pub opened_slot: PodU64,
    pub vault_bump: u8,
}

impl BuyerAccount {
    /// Return the first sequence number of an account opened in `slot`.
    pub fn first_sequence(slot: u64) -> Result<u64> {
        slot.checked_mul(SEQUENCE_PER_SLOT)
            .ok_or(MarketsError::Overflow.into())
    }

    /// Return the sum of all amounts that the vault must cover.
    pub fn liabilities(&self) -> Result<u64> {
        [
            self.locked,
            self.treasury_due,
            self.stakers_due,
            self.operations_due,
        ]
        .into_iter()
        .try_fold(self.available.get(), |sum, part| {
            sum.checked_add(part.get())
        })
        .ok_or(MarketsError::Overflow.into())
    }

    pub fn credit(&mut self, amount: u64) -> Result<()> {
        self.available = add(self.available, amount)?;
        Ok(())
    }

    /// Add the vault's balance above its liabilities to the owner's available tokens.
    pub fn credit_surplus(&mut self, vault_amount: u64) -> Result<()> {
        self.credit(vault_amount.saturating_sub(self.liabilities()?))
    }

    pub fn debit(&mut self, amount: u64) -> Result<()> {
        self.available = self
            .available
            .checked_sub(amount)
            .ok_or(MarketsError::InsufficientFunds)?;
        Ok(())
    }

    /// Lock a new job's cap and return the job's sequence number.
    pub fn lock(&mut self, cap: u64) -> Result<u64> {
        self.debit(cap)?;
        self.locked = add(self.locked, cap)?;
        let sequence = self.sequence.get();
        self.sequence = add(self.sequence, 1)?;
        Ok(sequence)
    }

    /// Make an ended job's whole cap available again.
    pub fn unlock(&mut self, cap: u64) -> Result<()> {
        self.locked = sub(self.locked, cap)?;
        self.credit(cap)
    }

    /// Pay an accepted job from its cap: book the fees and unlock the rest of the cap, whose amount is returned.
    /// The caller transfers the node's share.
    pub fn pay(&mut self, cap: u64, price: u64, split: &PriceSplit) -> Result<u64> {
        let freed = cap.checked_sub(price).ok_or(MarketsError::Overflow)?;
        self.locked = sub(self.locked, cap)?;
        self.credit(freed)?;
        self.treasury_due = add(self.treasury_due, split.treasury)?;
        self.stakers_due = add(self.stakers_due, split.stakers)?;
        self.operations_due = add(self.operations_due, split.operations)?;
        Ok(freed)
    }

    /// Clear the booked fees and return them: treasury, stakers, operations.
    pub fn take_dues(&mut self) -> (u64, u64, u64) {
        let dues = (
            self.treasury_due.get(),
            self.stakers_due.get(),
            self.operations_due.get(),
        );
        self.treasury_due = PodU64::ZERO;
        self.stakers_due = PodU64::ZERO;
        self.operations_due = PodU64::ZERO;
        dues
    }

    /// Check that the vault covers the liabilities. It may hold more, because any wallet can send it tokens.
    pub fn invariant(&self, vault_amount: u64) -> Result<()> {
        require!(
            vault_amount >= self.liabilities()?,
            MarketsError::InvariantBroken
        );
        Ok(())
    }
}

fn add(value: PodU64, amount: u64) -> Result<PodU64> {
    value
        .checked_add(amount)
        .ok_or(MarketsError::Overflow.into())
}

fn sub(value: PodU64, amount: u64) -> Result<PodU64> {
    value
        .checked_sub(amount)
        .ok_or(MarketsError::Overflow.into())
}
