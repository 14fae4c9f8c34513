//! One wallet's money: what is free, what jobs have locked, what fees are booked. The vault holds their sum.
use anchor_lang::prelude::*;
use hypernode_common::fees::PriceSplit;

use crate::{constants::SEQUENCE_PER_SLOT, errors::MarketsError};

#[account]
pub struct BuyerAccount {
    pub owner: Address,
    /// Paid the rent of this account and its vault, and gets it back.
    pub payer: Address,
    /// Token account that holds the money; only the program signs for it.
    pub vault: Address,
    /// Base units that the owner may withdraw or lock.
    pub available: PodU64,
    /// Sum of the caps of the owner's live jobs.
    pub locked: PodU64,
    /// Fees of settled jobs, until somebody collects them.
    pub treasury_due: PodU64,
    pub stakers_due: PodU64,
    pub operations_due: PodU64,
    /// Number of the next job. It never recurs, not even after closing and opening again.
    pub sequence: PodU64,
    pub opened_slot: PodU64,
    pub vault_bump: u8,
}

impl BuyerAccount {
    /// The first sequence number of an account opened in `slot`.
    pub fn first_sequence(slot: u64) -> Result<u64> {
        slot.checked_mul(SEQUENCE_PER_SLOT)
            .ok_or(MarketsError::Overflow.into())
    }

    /// Sum of all that the vault owes.
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

    /// Count what the vault holds beyond all it owes as the owner's.
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

    /// Lock a new job's cap; returns the job's sequence number.
    pub fn lock(&mut self, cap: u64) -> Result<u64> {
        self.debit(cap)?;
        self.locked = add(self.locked, cap)?;
        let sequence = self.sequence.get();
        self.sequence = add(self.sequence, 1)?;
        Ok(sequence)
    }

    /// Give an ended job's whole cap back.
    pub fn unlock(&mut self, cap: u64) -> Result<()> {
        self.locked = sub(self.locked, cap)?;
        self.credit(cap)
    }

    /// Pay an accepted job out of its cap: fees are booked, the rest of the cap is free again, and the
    /// caller moves the node's share. Returns what was freed.
    pub fn pay(&mut self, cap: u64, price: u64, split: &PriceSplit) -> Result<u64> {
        let freed = cap.checked_sub(price).ok_or(MarketsError::Overflow)?;
        self.locked = sub(self.locked, cap)?;
        self.credit(freed)?;
        self.treasury_due = add(self.treasury_due, split.treasury)?;
        self.stakers_due = add(self.stakers_due, split.stakers)?;
        self.operations_due = add(self.operations_due, split.operations)?;
        Ok(freed)
    }

    /// Clear the booked fees; returns treasury, stakers, operations.
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

    /// The vault covers all it owes. Tokens sent to it unasked may make it hold more.
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
