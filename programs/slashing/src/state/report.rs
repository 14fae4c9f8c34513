//! Report: one accusation with its parameters, votes and amounts. `transitions` holds its state machine.
use anchor_lang::prelude::*;

use crate::{
    constants::{MIN_APPEAL_VOTERS, MIN_VOTERS},
    errors::SlashingError,
    math::{Count, SlashShares},
    state::{Config, FaultReason, PodFaultReason, PodReportStatus},
};

#[account]
pub struct Report {
    /// Number of the report. It is never reused; this address may be.
    pub number: PodU64,
    pub accused: Address,
    pub reporter: Address,
    /// Paid the rent and gets it back.
    pub payer: Address,
    /// Harmed buyer; zero if there is none.
    pub buyer: Address,
    /// Job; zero if the reason needs none.
    pub job: Address,
    /// SHA-256 of the evidence, which is part of its content id.
    pub evidence: [u8; 32],
    pub sequence: PodU64,
    /// Attempt of the job in an attested report; zero otherwise.
    pub attempt: u8,
    pub reason: PodFaultReason,
    pub status: PodReportStatus,
    /// Whether oracles attested the fault. Such a report has no bond and no first round.
    pub attested: PodBool,
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
    pub slash_bps: PodU16,
    pub daily_cap_bps: PodU16,
    pub burn_bps: PodU16,
    pub buyer_bps: PodU16,
    /// Total weight at the opening, without the accused's.
    pub total_weight: PodU64,
    pub uphold_weight: PodU64,
    pub overturn_weight: PodU64,
    /// Weight of the first round's votes to uphold; set by an appeal.
    pub first_uphold_weight: PodU64,
    /// Bonds in the vault until the report ends.
    pub bond: PodU64,
    pub appeal_bond: PodU64,
    pub slashed: PodU64,
    pub burned: PodU64,
    /// Dues in the vault until they are claimed.
    pub reporter_due: PodU64,
    pub buyer_due: PodU64,
    pub accused_due: PodU64,
    pub validators_due: PodU64,
    /// Validators' share before claims, the weight that shares it, and the weight that has not claimed.
    pub validators_share: PodU64,
    pub winning_weight: PodU64,
    pub unclaimed_weight: PodU64,
    pub bump: u8,
    /// Bump of this job's fault account.
    pub fault_bump: u8,
}

/// Content of a report.
#[derive(Clone, Copy)]
pub struct Accusation {
    pub job: Address,
    pub sequence: u64,
    pub attempt: u8,
    pub reason: FaultReason,
    pub evidence: [u8; 32],
    pub buyer: Address,
}

impl Accusation {
    /// Return what can be punished only once: the job, or the evidence if there is no job.
    pub fn subject(&self) -> Address {
        subject(&self.job, &self.evidence)
    }

    pub fn validate(&self, reporter: &Address, accused: &Address) -> Result<()> {
        require!(reporter != accused, SlashingError::SelfReport);
        require!(self.buyer != *accused, SlashingError::BadBuyer);
        require!(self.evidence != [0; 32], SlashingError::EmptyEvidence);
        let has_job = self.job != Address::default();
        require!(
            has_job || (!self.reason.is_objective() && self.sequence == 0),
            SlashingError::BadJob
        );
        Ok(())
    }
}

impl Report {
    /// Set the content and the parameters. The caller sets the wallets and opens the report.
    pub fn accuse(&mut self, accusation: &Accusation, config: &mut Config) -> Result<()> {
        self.number = config.next_report()?;
        self.buyer = accusation.buyer;
        self.job = accusation.job;
        self.evidence = accusation.evidence;
        self.sequence = accusation.sequence.into();
        self.attempt = accusation.attempt;
        self.reason = accusation.reason.into();
        self.voting_period = config.voting_period;
        self.appeal_period = config.appeal_period;
        self.min_validator_stake = config.min_validator_stake;
        self.appeal_price = config.appeal_bond;
        self.quorum_bps = config.quorum_bps;
        self.appeal_quorum_bps = config.appeal_quorum_bps;
        self.slash_bps = config.slash_bps(accusation.reason)?;
        self.daily_cap_bps = config.daily_cap_bps;
        self.burn_bps = config.burn_bps;
        self.buyer_bps = config.buyer_bps;
        self.round = 1;
        Ok(())
    }

    pub fn subject(&self) -> Address {
        subject(&self.job, &self.evidence)
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

    pub fn shares(&self) -> SlashShares {
        SlashShares {
            burn_bps: self.burn_bps.get(),
            buyer_bps: self.buyer_bps.get(),
        }
    }

    pub fn has_buyer(&self) -> bool {
        self.buyer != Address::default()
    }

    /// Return the sum that the vault holds for this report.
    pub fn liabilities(&self) -> Result<u64> {
        self.bond
            .checked_add(self.appeal_bond)
            .and_then(|sum| sum.checked_add(self.reporter_due))
            .and_then(|sum| sum.checked_add(self.buyer_due))
            .and_then(|sum| sum.checked_add(self.accused_due))
            .and_then(|sum| sum.checked_add(self.validators_due))
            .map(|sum| sum.get())
            .ok_or(SlashingError::Overflow.into())
    }

    pub fn invariant(&self) -> Result<()> {
        let ended = self.status.is_end();
        let has_bonds = self.bond > 0 || self.appeal_bond > 0;
        let has_dues = self.reporter_due > 0
            || self.buyer_due > 0
            || self.accused_due > 0
            || self.validators_due > 0;
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

fn subject(job: &Address, evidence: &[u8; 32]) -> Address {
    if *job == Address::default() {
        Address::new_from_array(*evidence)
    } else {
        *job
    }
}
