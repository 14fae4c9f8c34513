//! Configuration: the authority, the mint, the fee shares and destinations, and the pause flags.
use anchor_lang::prelude::*;
use hypernode_common::fees::FeeShares;

use crate::{
    constants::{MAX_MIN_RATE, PAUSE_NEW_JOBS, PAUSE_NEW_NODES},
    errors::MarketsError,
};

#[account]
pub struct Config {
    /// Sets fees and pause flags and rotates oracles. It cannot move a buyer's tokens or stop a refund.
    pub authority: Address,
    /// Wallet that may accept the authority; zero if none is proposed.
    pub pending_authority: Address,
    /// Mint of HYPER, the only token in the vaults.
    pub mint: Address,
    /// Token accounts that `collect_fees` pays.
    pub treasury: Address,
    pub stakers: Address,
    pub operations: Address,
    /// Shares of a price; the protocol's include the stakers'. A job keeps the shares of its creation.
    pub protocol_bps: PodU16,
    pub stakers_bps: PodU16,
    pub operations_bps: PodU16,
    /// Pause flags: bit 0 stops new jobs, bit 1 new nodes.
    pub paused: u8,
    pub bump: u8,
    /// Least base units a second of a new job in any market: oracles repeat for nobody below it.
    pub min_rate: PodU64,
}

impl Config {
    pub fn shares(&self) -> FeeShares {
        FeeShares {
            protocol_bps: self.protocol_bps.get(),
            stakers_bps: self.stakers_bps.get(),
            operations_bps: self.operations_bps.get(),
        }
    }

    pub fn is_paused(&self, flag: u8) -> bool {
        self.paused & flag != 0
    }

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

    pub fn set_shares(&mut self, shares: FeeShares) {
        self.protocol_bps = shares.protocol_bps.into();
        self.stakers_bps = shares.stakers_bps.into();
        self.operations_bps = shares.operations_bps.into();
    }

    pub fn invariant(&self) -> Result<()> {
        require!(self.shares().are_sound(), MarketsError::BadFees);
        // Anchor refuses the same writable account twice, so equal destinations could never collect fees.
        let different = self.treasury != self.stakers
            && self.treasury != self.operations
            && self.stakers != self.operations;
        require!(different, MarketsError::SameDestination);
        require!(
            self.paused & !(PAUSE_NEW_JOBS | PAUSE_NEW_NODES) == 0,
            MarketsError::BadPauseFlags
        );
        require!(self.min_rate <= MAX_MIN_RATE, MarketsError::BadMinRate);
        Ok(())
    }
}
