//! Configuration of the DAO: parameters, guardian, and the totals of proposals and releases.
use anchor_lang::prelude::*;
use hypernode_common::{fees::bps_of, BPS};

use crate::{
    constants::{MAX_EXECUTION_WINDOW, MAX_GUARDIAN_TERM, MAX_TIMELOCK, MAX_VOTING_PERIOD},
    errors::GovernanceError,
    state::{ProposalKind, Split},
};

#[account]
pub struct Config {
    /// Mint of HYPER.
    pub mint: Address,
    /// The staking program's pool. Its total weight is the base of the quorum.
    pub pool: Address,
    /// Token account that gets the operations' part of each release.
    pub operations: Address,
    /// Guardian, who may veto and pause; zero if there is none.
    pub guardian: Address,
    pub guardian_expires_at: PodI64,
    /// Grows by one at each change of the guardian or the parameters, which invalidates the guardian's earlier
    /// signatures.
    pub version: PodU64,
    /// Number of proposals created; the next proposal's number.
    pub proposal_count: PodU64,
    /// Number of releases, and the totals that they moved.
    pub release_count: PodU64,
    pub community_total: PodU64,
    pub burned_total: PodU64,
    pub operations_total: PodU64,
    /// Weight that a proposer's stake needs.
    pub proposal_threshold: PodU64,
    pub voting_period: PodI64,
    /// Seconds between queue and execution: of text and parameter proposals, and of all others.
    pub timelock_parameters: PodI64,
    pub timelock_critical: PodI64,
    /// Seconds in which a proposal may be queued after its vote, and executed after its timelock.
    pub execution_window: PodI64,
    /// Lower bounds of what a proposal may set. They are chosen once, at the initialisation.
    pub min_voting_period: PodI64,
    pub min_timelock_parameters: PodI64,
    pub min_timelock_critical: PodI64,
    /// Share of the total weight that must vote.
    pub quorum_bps: PodU16,
    pub bump: u8,
    pub authority_bump: u8,
    pub treasury_bump: u8,
    pub unlocks_bump: u8,
}

/// Parameters that a proposal may change.
#[derive(Clone, Copy, AnchorSerialize, AnchorDeserialize, IdlType)]
pub struct GovernanceParams {
    pub quorum_bps: u16,
    pub proposal_threshold: u64,
    pub voting_period: i64,
    pub timelock_parameters: i64,
    pub timelock_critical: i64,
    pub execution_window: i64,
}

/// Lower bounds of the times: 1 hour, 1 day and 2 days on public clusters.
#[derive(Clone, Copy, AnchorSerialize, AnchorDeserialize, IdlType)]
pub struct Floors {
    pub voting_period: i64,
    pub timelock_parameters: i64,
    pub timelock_critical: i64,
}

impl Config {
    pub fn set_params(&mut self, params: &GovernanceParams) -> Result<()> {
        self.quorum_bps = params.quorum_bps.into();
        self.proposal_threshold = params.proposal_threshold.into();
        self.voting_period = params.voting_period.into();
        self.timelock_parameters = params.timelock_parameters.into();
        self.timelock_critical = params.timelock_critical.into();
        self.execution_window = params.execution_window.into();
        self.count_version()
    }

    pub fn set_floors(&mut self, floors: &Floors) {
        self.min_voting_period = floors.voting_period.into();
        self.min_timelock_parameters = floors.timelock_parameters.into();
        self.min_timelock_critical = floors.timelock_critical.into();
    }

    /// Set the guardian and the end of its mandate; zeros remove the guardian.
    pub fn set_guardian(&mut self, guardian: Address, expires_at: i64, now: i64) -> Result<()> {
        let latest = now
            .checked_add(MAX_GUARDIAN_TERM)
            .ok_or(GovernanceError::Overflow)?;
        let nobody = guardian == Address::default();
        let sound = if nobody {
            expires_at == 0
        } else {
            now < expires_at && expires_at <= latest
        };
        require!(sound, GovernanceError::BadGuardian);
        self.guardian = guardian;
        self.guardian_expires_at = expires_at.into();
        self.count_version()
    }

    /// Check that the mandate is not over and that the guardian signed for the current version.
    pub fn check_guardian(&self, version: u64, now: i64) -> Result<()> {
        require!(self.version == version, GovernanceError::WrongVersion);
        require!(
            now < self.guardian_expires_at.get(),
            GovernanceError::GuardianExpired
        );
        Ok(())
    }

    pub fn count_proposal(&mut self) -> Result<()> {
        self.proposal_count = plus(self.proposal_count, 1)?;
        Ok(())
    }

    pub fn count_release(&mut self, split: &Split) -> Result<()> {
        self.release_count = plus(self.release_count, 1)?;
        self.community_total = plus(self.community_total, split.community)?;
        self.burned_total = plus(self.burned_total, split.burned)?;
        self.operations_total = plus(self.operations_total, split.operations)?;
        Ok(())
    }

    /// Return the quorum of a total weight, rounded up.
    pub fn quorum(&self, total_weight: u64) -> Result<u64> {
        let rest = BPS.saturating_sub(self.quorum_bps.get().into());
        bps_of(total_weight, rest)
            .and_then(|rest| total_weight.checked_sub(rest))
            .ok_or(GovernanceError::Overflow.into())
    }

    pub fn timelock(&self, kind: ProposalKind) -> PodI64 {
        match kind {
            ProposalKind::Text | ProposalKind::Parameters => self.timelock_parameters,
            ProposalKind::Treasury | ProposalKind::Upgrade | ProposalKind::Generic => {
                self.timelock_critical
            }
        }
    }

    pub fn invariant(&self) -> Result<()> {
        let quorum = 1..=BPS;
        require!(
            quorum.contains(&self.quorum_bps.get().into()) && self.proposal_threshold > 0,
            GovernanceError::BadQuorum
        );
        let voting = self.min_voting_period.get()..=MAX_VOTING_PERIOD;
        let parameters = self.min_timelock_parameters.get()..=self.timelock_critical.get();
        let critical = self.min_timelock_critical.get()..=MAX_TIMELOCK;
        let sound = self.min_voting_period > 0
            && self.min_timelock_parameters > 0
            && self.min_timelock_parameters <= self.min_timelock_critical
            && voting.contains(&self.voting_period.get())
            && parameters.contains(&self.timelock_parameters.get())
            && critical.contains(&self.timelock_critical.get())
            && (self.min_timelock_parameters.get()..=MAX_EXECUTION_WINDOW)
                .contains(&self.execution_window.get());
        require!(sound, GovernanceError::BadTimes);
        Ok(())
    }

    fn count_version(&mut self) -> Result<()> {
        self.version = plus(self.version, 1)?;
        Ok(())
    }
}

fn plus(counter: PodU64, more: u64) -> Result<PodU64> {
    counter
        .checked_add(more)
        .ok_or(GovernanceError::Overflow.into())
}
