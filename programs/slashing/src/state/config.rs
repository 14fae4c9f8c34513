//! Configuration: the authority, and the bonds, times, quorums and shares of reports.
use anchor_lang::prelude::*;
use hypernode_common::{stake::HYPER, DAY};

use crate::{
    constants::{
        LEAST_VALIDATOR_STAKE, MAX_APPEAL_PERIOD, MAX_BOND, MAX_QUORUM_BPS, MAX_SLASH_BPS,
        MAX_VOTING_PERIOD, MIN_BOND, MIN_PERIOD, MIN_QUORUM_BPS, MOST_VALIDATOR_STAKE, REASONS,
    },
    errors::SlashingError,
    state::FaultReason,
};

#[account]
pub struct Config {
    /// Sets the parameters of future reports. It has no power over open reports, the vault or stakes.
    pub authority: Address,
    /// Wallet that may accept the authority; zero if none is proposed.
    pub pending_authority: Address,
    /// Mint of HYPER.
    pub mint: Address,
    /// Floors of a reporter's bond and of an appeal's.
    pub bond: PodU64,
    pub appeal_bond: PodU64,
    /// Seconds of each voting round, and from a confirmation to its execution.
    pub voting_period: PodI64,
    pub appeal_period: PodI64,
    pub min_validator_stake: PodU64,
    /// Share of the total weight, without the accused's, that must vote to uphold; in an appeal, to overturn.
    pub quorum_bps: PodU16,
    pub appeal_quorum_bps: PodU16,
    /// Share of the stake that each reason of a report by bond costs.
    pub reason_bps: [PodU16; REASONS],
    /// Most of the stake at the start of a day that the day may take.
    pub daily_cap_bps: PodU16,
    /// Reports opened so far. It numbers them, so that no vote counts for a later report at the same address.
    pub report_count: PodU64,
    pub bump: u8,
    pub vault_bump: u8,
}

/// Parameters that the authority sets.
#[derive(Clone, Copy, AnchorSerialize, AnchorDeserialize, IdlType)]
pub struct SlashingParams {
    pub bond: u64,
    pub appeal_bond: u64,
    pub voting_period: i64,
    pub appeal_period: i64,
    pub min_validator_stake: u64,
    pub quorum_bps: u16,
    pub appeal_quorum_bps: u16,
    pub reason_bps: [u16; REASONS],
    pub daily_cap_bps: u16,
}

impl Default for SlashingParams {
    fn default() -> Self {
        Self {
            bond: HYPER.saturating_mul(100),
            appeal_bond: HYPER.saturating_mul(100),
            voting_period: DAY.saturating_mul(3),
            appeal_period: DAY.saturating_mul(7),
            min_validator_stake: HYPER.saturating_mul(1_000),
            quorum_bps: MIN_QUORUM_BPS,
            appeal_quorum_bps: MIN_QUORUM_BPS,
            reason_bps: [500, 500, 5_000],
            daily_cap_bps: 5_000,
        }
    }
}

impl Config {
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

    pub fn set(&mut self, params: SlashingParams) {
        self.bond = params.bond.into();
        self.appeal_bond = params.appeal_bond.into();
        self.voting_period = params.voting_period.into();
        self.appeal_period = params.appeal_period.into();
        self.min_validator_stake = params.min_validator_stake.into();
        self.quorum_bps = params.quorum_bps.into();
        self.appeal_quorum_bps = params.appeal_quorum_bps.into();
        self.reason_bps = params.reason_bps.map(PodU16::from);
        self.daily_cap_bps = params.daily_cap_bps.into();
    }

    /// Return the number of a new report.
    pub fn next_report(&mut self) -> Result<PodU64> {
        self.report_count = self
            .report_count
            .checked_add(1)
            .ok_or(SlashingError::Overflow)?;
        Ok(self.report_count)
    }

    /// Return what a reason costs of the free stake. A verdict on a job cannot be claimed.
    pub fn slash_bps(&self, reason: FaultReason) -> Result<u16> {
        let index = reason.index().ok_or(SlashingError::NotSubjective)?;
        let bps = self.reason_bps.get(index);
        Ok(bps.ok_or(SlashingError::InvariantBroken)?.get())
    }

    /// Check the parameters: every time and every slash is bounded, and a day has room for the largest one.
    pub fn invariant(&self) -> Result<()> {
        let largest = self.reason_bps.iter().map(PodU16::get).max().unwrap_or(0);
        let sound = (MIN_BOND..=MAX_BOND).contains(&self.bond.get())
            && (MIN_BOND..=MAX_BOND).contains(&self.appeal_bond.get())
            && (MIN_PERIOD..=MAX_VOTING_PERIOD).contains(&self.voting_period.get())
            && (MIN_PERIOD..=MAX_APPEAL_PERIOD).contains(&self.appeal_period.get())
            && (LEAST_VALIDATOR_STAKE..=MOST_VALIDATOR_STAKE)
                .contains(&self.min_validator_stake.get())
            && (MIN_QUORUM_BPS..=MAX_QUORUM_BPS).contains(&self.quorum_bps.get())
            && (self.quorum_bps.get()..=MAX_QUORUM_BPS).contains(&self.appeal_quorum_bps.get())
            && self
                .reason_bps
                .iter()
                .all(|bps| (1..=MAX_SLASH_BPS).contains(&bps.get()))
            && (largest..=MAX_SLASH_BPS).contains(&self.daily_cap_bps.get());
        require!(sound, SlashingError::BadParams);
        Ok(())
    }
}
