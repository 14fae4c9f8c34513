//! Report: one accusation, or one verdict on a job, with its parameters, votes and amounts. `transitions` holds its
//! state machine.
use anchor_lang::prelude::*;
use hypernode_common::fees::bps_of;

use crate::{
    constants::{BOND_BPS, MIN_APPEAL_VOTERS, MIN_VOTERS},
    errors::SlashingError,
    jobs::Ended,
    math::{court_fee, Count},
    state::{Config, FaultReason, PodFaultReason, PodReportStatus},
};

#[account]
pub struct Report {
    /// Number of the report. It is never reused; this address may be.
    pub number: PodU64,
    pub accused: Address,
    /// Wallet with a bond; zero if the report is a verdict on a job.
    pub reporter: Address,
    /// Paid the rent and gets it back.
    pub payer: Address,
    /// Job that was rejected or timed out, with its number and attempt; zero in a report by bond.
    pub job: Address,
    pub sequence: PodU64,
    /// SHA-256 of the evidence, which is part of its content id. For a job, its receipt's hash; zero after a timeout.
    pub evidence: [u8; 32],
    pub attempt: u8,
    pub reason: PodFaultReason,
    pub status: PodReportStatus,
    /// Voting round: 1, or 2 after an appeal.
    pub round: u8,
    /// Validators that voted in this round.
    pub voters: PodU16,
    /// Time of the opening. Only weight locked before it votes.
    pub opened_at: PodI64,
    pub voting_ends_at: PodI64,
    /// Time of the confirmation; zero before.
    pub confirmed_at: PodI64,
    /// End of the appeal period and start of the execution; zero until confirmed.
    pub executable_at: PodI64,
    /// Time of the end; zero while open.
    pub ended_at: PodI64,
    /// Parameters as of the opening. Later changes by the authority do not apply.
    pub voting_period: PodI64,
    pub appeal_period: PodI64,
    pub min_validator_stake: PodU64,
    pub appeal_price: PodU64,
    pub quorum_bps: PodU16,
    pub appeal_quorum_bps: PodU16,
    pub daily_cap_bps: PodU16,
    /// What the report takes: the sentence of the job, or a share of the stake that was free at the opening. From the
    /// confirmation the stake holds it.
    pub amount: PodU64,
    /// Total weight at the opening, without the accused's.
    pub total_weight: PodU64,
    pub uphold_weight: PodU64,
    pub overturn_weight: PodU64,
    /// Weights of the first round's votes; set by an appeal.
    pub first_uphold_weight: PodU64,
    pub first_overturn_weight: PodU64,
    /// Bonds in the vault until the report ends.
    pub bond: PodU64,
    pub appeal_bond: PodU64,
    pub slashed: PodU64,
    pub burned: PodU64,
    /// Dues in the vault until they are claimed.
    pub reporter_due: PodU64,
    pub accused_due: PodU64,
    pub validators_due: PodU64,
    /// Validators' share before claims, the weight that shares it, and the weight that has not claimed.
    pub validators_share: PodU64,
    pub winning_weight: PodU64,
    pub unclaimed_weight: PodU64,
    pub bump: u8,
}

impl Report {
    /// Set content and parameters of a report by bond. `free` is what no job and no confirmed report needs.
    pub fn accuse(
        &mut self,
        evidence: [u8; 32],
        reason: FaultReason,
        free: u64,
        config: &mut Config,
    ) -> Result<()> {
        self.evidence = evidence;
        self.reason = reason.into();
        let share = u64::from(config.slash_bps(reason)?);
        self.take_at_most(bps_of(free, share).ok_or(SlashingError::Overflow)?)?;
        self.copy_parameters(config)
    }

    /// Set content and parameters from a job that the oracles or the clock ended.
    pub fn convict(
        &mut self,
        job: Address,
        ended: &Ended,
        free: u64,
        config: &mut Config,
    ) -> Result<()> {
        self.accused = ended.operator;
        self.job = job;
        self.sequence = ended.sequence.into();
        self.attempt = ended.attempt;
        self.evidence = ended.receipt_hash;
        let reason = if ended.is_timeout {
            FaultReason::JobTimeout
        } else {
            FaultReason::InvalidResult
        };
        self.reason = reason.into();
        self.take_at_most(ended.sentence.min(free))?;
        self.copy_parameters(config)
    }

    fn take_at_most(&mut self, amount: u64) -> Result<()> {
        require!(amount > 0, SlashingError::NothingAtStake);
        self.amount = amount.into();
        Ok(())
    }

    fn copy_parameters(&mut self, config: &mut Config) -> Result<()> {
        self.number = config.next_report()?;
        self.voting_period = config.voting_period;
        self.appeal_period = config.appeal_period;
        self.min_validator_stake = config.min_validator_stake;
        self.appeal_price = self.least_bond(config.appeal_bond.get())?.into();
        self.quorum_bps = config.quorum_bps;
        self.appeal_quorum_bps = config.appeal_quorum_bps;
        self.daily_cap_bps = config.daily_cap_bps;
        self.round = 1;
        Ok(())
    }

    /// Return the bond that is in proportion to what the report could take, at least `floor`.
    pub fn least_bond(&self, floor: u64) -> Result<u64> {
        let share = bps_of(self.amount.get(), BOND_BPS).ok_or(SlashingError::Overflow)?;
        Ok(share.max(floor))
    }

    /// Return whether the report is a verdict on a job. It has no reporter, no bond and no first round.
    pub fn is_from_job(&self) -> bool {
        self.job != Address::default()
    }

    pub fn is_confirmed(&self) -> bool {
        self.confirmed_at != 0
    }

    /// Return what the stake holds for this report.
    pub fn held(&self) -> u64 {
        if self.is_confirmed() {
            self.amount.get()
        } else {
            0
        }
    }

    /// Return the validators' fee: the same part of both bonds whatever they decide.
    pub fn fee(&self) -> u64 {
        court_fee(self.bond.get()).saturating_add(court_fee(self.appeal_bond.get()))
    }

    /// Return the votes of this round and their requirements.
    pub fn count(&self) -> Count {
        let (least_voters, quorum_bps) = if self.round == 1 {
            (MIN_VOTERS, self.quorum_bps.get())
        } else {
            (MIN_APPEAL_VOTERS, self.appeal_quorum_bps.get())
        };
        Count {
            uphold: self.uphold_weight.get(),
            overturn: self.overturn_weight.get(),
            total: self.total_weight.get(),
            voters: self.voters.get(),
            least_voters,
            quorum_bps,
        }
    }

    /// Return the sum that the vault holds for this report.
    pub fn liabilities(&self) -> Result<u64> {
        self.bond
            .checked_add(self.appeal_bond)
            .and_then(|sum| sum.checked_add(self.reporter_due))
            .and_then(|sum| sum.checked_add(self.accused_due))
            .and_then(|sum| sum.checked_add(self.validators_due))
            .map(|sum| sum.get())
            .ok_or(SlashingError::Overflow.into())
    }

    pub fn invariant(&self) -> Result<()> {
        let ended = self.status.is_end();
        let has_bonds = self.bond > 0 || self.appeal_bond > 0;
        let has_dues = self.reporter_due > 0 || self.accused_due > 0 || self.validators_due > 0;
        // An open report has bonds and an ended one has dues, never both.
        let money = if ended { !has_bonds } else { !has_dues };
        let sound = money
            && ended == (self.ended_at != 0)
            && self.accused != Address::default()
            && self.accused != self.reporter
            && (1..=2).contains(&self.round)
            && self.validators_due <= self.validators_share
            && self.unclaimed_weight <= self.winning_weight;
        require!(sound, SlashingError::InvariantBroken);
        Ok(())
    }
}
