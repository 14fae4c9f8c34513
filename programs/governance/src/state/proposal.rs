//! Proposal: one proposal from draft to end. It copies the configuration at its creation, so later changes of
//! the configuration do not affect it.
use anchor_lang::prelude::*;

use crate::{
    constants::{DRAFT_LIFE, MAX_INSTRUCTIONS, RETENTION},
    errors::GovernanceError,
    state::{Config, PodProposalKind, PodProposalStatus, ProposalKind, ProposalStatus, VoteChoice},
};

#[account]
pub struct Proposal {
    pub id: PodU64,
    pub proposer: Address,
    /// Paid the rent and gets it back.
    pub payer: Address,
    /// SHA-256 of the description text.
    pub description_hash: [u8; 32],
    pub created_at: PodI64,
    /// Total weight at creation, and the weight that must vote.
    pub total_weight: PodU64,
    pub quorum_weight: PodU64,
    /// Weight that the proposer's stake needed.
    pub threshold: PodU64,
    pub voting_period: PodI64,
    pub timelock: PodI64,
    pub execution_window: PodI64,
    /// Zero until the proposal is activated.
    pub voting_starts_at: PodI64,
    pub voting_ends_at: PodI64,
    /// First second at which the proposal may be executed; zero until it is queued.
    pub eta: PodI64,
    /// Zero until the proposal has ended.
    pub ended_at: PodI64,
    pub for_weight: PodU64,
    pub against_weight: PodU64,
    pub abstain_weight: PodU64,
    /// The first `count` entries are in use, the rest are zero.
    pub instructions: [[u8; 32]; MAX_INSTRUCTIONS],
    pub count: u8,
    /// Number of executed instructions; they run in order.
    pub executed: u8,
    pub kind: PodProposalKind,
    pub status: PodProposalStatus,
    pub bump: u8,
}

impl Proposal {
    /// Open a draft under the current configuration. The caller sets the proposer and the payer.
    pub fn open(
        &mut self,
        config: &Config,
        kind: ProposalKind,
        total_weight: u64,
        now: i64,
    ) -> Result<()> {
        self.id = config.proposal_count;
        self.kind = kind.into();
        self.status = ProposalStatus::Draft.into();
        self.created_at = now.into();
        self.total_weight = total_weight.into();
        self.quorum_weight = config.quorum(total_weight)?.into();
        self.threshold = config.proposal_threshold;
        self.voting_period = config.voting_period;
        self.timelock = config.timelock(kind);
        self.execution_window = config.execution_window;
        Ok(())
    }

    /// Add an instruction's hash and return its index.
    pub fn add(&mut self, hash: [u8; 32]) -> Result<u8> {
        self.require(ProposalStatus::Draft, GovernanceError::NotDraft)?;
        let index = self.count;
        let slot = self
            .instructions
            .get_mut(usize::from(index))
            .ok_or(GovernanceError::TooManyInstructions)?;
        *slot = hash;
        self.count = index.checked_add(1).ok_or(GovernanceError::Overflow)?;
        Ok(index)
    }

    /// Draft → active.
    pub fn activate(&mut self, now: i64) -> Result<()> {
        self.require(ProposalStatus::Draft, GovernanceError::NotDraft)?;
        require!(!self.is_stale_draft(now)?, GovernanceError::DraftTooOld);
        let is_text = self.kind == ProposalKind::Text;
        require!(
            is_text == (self.count == 0),
            GovernanceError::WrongInstructionCount
        );
        self.voting_starts_at = now.into();
        self.voting_ends_at = plus(now, self.voting_period)?.into();
        self.status = ProposalStatus::Active.into();
        Ok(())
    }

    /// Active stays active.
    pub fn vote(&mut self, choice: VoteChoice, weight: u64, now: i64) -> Result<()> {
        self.require(ProposalStatus::Active, GovernanceError::NotActive)?;
        require!(now < self.voting_ends_at.get(), GovernanceError::VotingOver);
        require!(weight > 0, GovernanceError::NoWeight);
        let sum = match choice {
            VoteChoice::For => &mut self.for_weight,
            VoteChoice::Against => &mut self.against_weight,
            VoteChoice::Abstain => &mut self.abstain_weight,
        };
        *sum = sum.checked_add(weight).ok_or(GovernanceError::Overflow)?;
        Ok(())
    }

    /// Active → succeeded or defeated.
    pub fn finalize(&mut self, now: i64) -> Result<()> {
        self.require(ProposalStatus::Active, GovernanceError::NotActive)?;
        require!(
            now >= self.voting_ends_at.get(),
            GovernanceError::VotingNotOver
        );
        if self.for_weight > self.against_weight && self.turnout()? >= self.quorum_weight.get() {
            self.status = ProposalStatus::Succeeded.into();
        } else {
            self.end(ProposalStatus::Defeated, now);
        }
        Ok(())
    }

    /// Succeeded → queued.
    pub fn queue(&mut self, now: i64) -> Result<()> {
        self.require(ProposalStatus::Succeeded, GovernanceError::NotSucceeded)?;
        require!(now < self.window_end()?, GovernanceError::WindowOver);
        self.eta = plus(now, self.timelock)?.into();
        self.status = ProposalStatus::Queued.into();
        Ok(())
    }

    /// Check that the instruction `index` may be executed now.
    pub fn check_executable(&self, index: u8, now: i64) -> Result<()> {
        self.require(ProposalStatus::Queued, GovernanceError::NotQueued)?;
        require!(now >= self.eta.get(), GovernanceError::TimelockNotOver);
        require!(now < self.window_end()?, GovernanceError::WindowOver);
        require!(index == self.executed, GovernanceError::WrongIndex);
        Ok(())
    }

    /// Return the hash of the instruction `index`, or zero for a text proposal.
    pub fn voted_for(&self, index: u8) -> [u8; 32] {
        let slot = self.instructions.get(usize::from(index));
        slot.copied().unwrap_or_default()
    }

    /// Count one execution: of an instruction, or of a text proposal. Queued → executed after the last one.
    pub fn execute(&mut self, now: i64) -> Result<()> {
        if self.executed < self.count {
            self.executed = self
                .executed
                .checked_add(1)
                .ok_or(GovernanceError::Overflow)?;
        }
        if self.executed == self.count {
            self.end(ProposalStatus::Executed, now);
        }
        Ok(())
    }

    /// Succeeded or queued → expired.
    pub fn expire(&mut self, now: i64) -> Result<()> {
        let waiting = matches!(
            self.current_status(),
            ProposalStatus::Succeeded | ProposalStatus::Queued
        );
        require!(waiting, GovernanceError::NotExpirable);
        require!(now >= self.window_end()?, GovernanceError::WindowNotOver);
        self.end(ProposalStatus::Expired, now);
        Ok(())
    }

    /// Draft or active → cancelled, by the proposer, or by any wallet if the draft is stale. After the voting
    /// period the proposal can only be finalized.
    pub fn cancel(&mut self, by: &Address, now: i64) -> Result<()> {
        let open = match self.current_status() {
            ProposalStatus::Draft => true,
            ProposalStatus::Active => now < self.voting_ends_at.get(),
            _ => false,
        };
        require!(open, GovernanceError::NotCancellable);
        let may = *by == self.proposer || self.is_stale_draft(now)?;
        require!(may, GovernanceError::NotProposer);
        self.end(ProposalStatus::Cancelled, now);
        Ok(())
    }

    /// Active, succeeded or queued → vetoed.
    pub fn veto(&mut self, now: i64) -> Result<()> {
        let vetoable = matches!(
            self.current_status(),
            ProposalStatus::Active | ProposalStatus::Succeeded | ProposalStatus::Queued
        );
        require!(vetoable, GovernanceError::NotVetoable);
        self.end(ProposalStatus::Vetoed, now);
        Ok(())
    }

    pub fn check_closable(&self, now: i64) -> Result<()> {
        require!(self.has_ended(), GovernanceError::NotEnded);
        let closable_at = plus(self.ended_at.get(), RETENTION.into())?;
        require!(now >= closable_at, GovernanceError::RetentionNotOver);
        Ok(())
    }

    pub fn current_status(&self) -> ProposalStatus {
        self.status.into()
    }

    pub fn current_kind(&self) -> ProposalKind {
        self.kind.into()
    }

    pub fn has_ended(&self) -> bool {
        self.current_status().is_end()
    }

    pub fn invariant(&self) -> Result<()> {
        let sound = self.executed <= self.count
            && usize::from(self.count) <= MAX_INSTRUCTIONS
            && self.total_weight > 0
            && self.quorum_weight <= self.total_weight
            && self.turnout()? <= self.total_weight.get()
            && self.has_ended() == (self.ended_at != 0);
        require!(sound, GovernanceError::InvariantBroken);
        Ok(())
    }

    fn turnout(&self) -> Result<u64> {
        self.for_weight
            .get()
            .checked_add(self.against_weight.get())
            .and_then(|sum| sum.checked_add(self.abstain_weight.get()))
            .ok_or(GovernanceError::Overflow.into())
    }

    /// Return the end of the window: to queue before the proposal is queued, then to execute.
    pub fn window_end(&self) -> Result<i64> {
        let from = if self.eta == 0 {
            self.voting_ends_at
        } else {
            self.eta
        };
        plus(from.get(), self.execution_window)
    }

    fn is_stale_draft(&self, now: i64) -> Result<bool> {
        let stale_at = plus(self.created_at.get(), DRAFT_LIFE.into())?;
        Ok(self.status == ProposalStatus::Draft && now > stale_at)
    }

    fn end(&mut self, status: ProposalStatus, now: i64) {
        self.status = status.into();
        self.ended_at = now.into();
    }

    fn require(&self, status: ProposalStatus, otherwise: GovernanceError) -> Result<()> {
        if self.status == status {
            return Ok(());
        }
        Err(otherwise.into())
    }
}

fn plus(at: i64, wait: PodI64) -> Result<i64> {
    at.checked_add(wait.get())
        .ok_or(GovernanceError::Overflow.into())
}
