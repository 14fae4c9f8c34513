//! The DAO's own settings, its guardian, and what it counts.
use anchor_lang::prelude::*;
use hypernode_common::{fees::bps_of, BPS};

use crate::{
    constants::{MAX_EXECUTION_WINDOW, MAX_GUARDIAN_TERM, MAX_TIMELOCK, MAX_VOTING_PERIOD},
    errors::GovernanceError,
    state::{ProposalKind, Split},
};

#[account]
pub struct Config {
    /// HYPER.
    pub mint: Address,
    /// The staking program's pool, whose weight is the electorate.
    pub pool: Address,
    /// The token account that takes the operations' part of each release.
    pub operations: Address,
    /// May veto and pause, never execute; zero is nobody.
    pub guardian: Address,
    pub guardian_expires_at: PodI64,
    /// Plus one at each change of the guardian or the parameters; what a guardian signed before is dead.
    pub version: PodU64,
    /// How many proposals there ever were: the next one's number.
    pub proposal_count: PodU64,
    /// How many releases there were, and what they moved.
    pub release_count: PodU64,
    pub community_total: PodU64,
    pub burned_total: PodU64,
    pub operations_total: PodU64,
    /// Weight that a stake needs to propose.
    pub proposal_threshold: PodU64,
    pub voting_period: PodI64,
    /// Wait of text and parameter proposals between queue and execution; then of all others.
    pub timelock_parameters: PodI64,
    pub timelock_critical: PodI64,
    /// How long a proposal may be queued after its vote, and executed after its wait.
    pub execution_window: PodI64,
    /// The least that a vote may ever set; chosen once, when the program is initialised.
    pub min_voting_period: PodI64,
    pub min_timelock_parameters: PodI64,
    pub min_timelock_critical: PodI64,
    /// Of all staked weight, what must take part.
    pub quorum_bps: PodU16,
    pub bump: u8,
    pub authority_bump: u8,
    pub treasury_bump: u8,
    pub unlocks_bump: u8,
}

/// What a vote may change.
#[derive(Clone, Copy, AnchorSerialize, AnchorDeserialize, IdlType)]
pub struct GovernanceParams {
    pub quorum_bps: u16,
    pub proposal_threshold: u64,
    pub voting_period: i64,
    pub timelock_parameters: i64,
    pub timelock_critical: i64,
    pub execution_window: i64,
}

/// What a vote may never go below: an hour, a day and two days on real clusters.
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

    /// Zero and zero is nobody.
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

    /// Whether the guardian may act now, on what it signed for this very version.
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

    /// What must take part of this much weight, rounded up.
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
