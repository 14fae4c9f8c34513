//! Events: one for each transition, emitted after it, with the amounts moved.
use anchor_lang::prelude::*;

use crate::state::{PodProposalKind, PodProposalStatus, PodVoteChoice};

#[event(bytemuck)]
pub struct GovernanceInitialized {
    pub mint: Address,
    pub pool: Address,
    pub operations: Address,
    pub guardian: Address,
    pub guardian_expires_at: PodI64,
    pub version: PodU64,
    pub proposal_threshold: PodU64,
    pub voting_period: PodI64,
    pub timelock_parameters: PodI64,
    pub timelock_critical: PodI64,
    pub execution_window: PodI64,
    pub min_voting_period: PodI64,
    pub min_timelock_parameters: PodI64,
    pub min_timelock_critical: PodI64,
    pub quorum_bps: PodU16,
}

#[event(bytemuck)]
pub struct ParamsSet {
    pub old_version: PodU64,
    pub version: PodU64,
    pub proposal_threshold: PodU64,
    pub voting_period: PodI64,
    pub timelock_parameters: PodI64,
    pub timelock_critical: PodI64,
    pub execution_window: PodI64,
    pub quorum_bps: PodU16,
}

#[event(bytemuck)]
pub struct GuardianSet {
    pub old_version: PodU64,
    pub version: PodU64,
    pub old_guardian: Address,
    pub guardian: Address,
    pub guardian_expires_at: PodI64,
}

#[event(bytemuck)]
pub struct OperationsSet {
    pub old_operations: Address,
    pub operations: Address,
}

#[event(bytemuck)]
pub struct TreasurySpent {
    pub destination: Address,
    pub amount: PodU64,
    /// Balance of the treasury after the transfer.
    pub balance: PodU64,
}

#[event(bytemuck)]
pub struct AuthorityAdopted {
    pub program: Address,
    pub state: Address,
}

#[event(bytemuck)]
pub struct Paused {
    pub guardian: Address,
    pub version: PodU64,
    pub old_flags: u8,
    pub new_flags: u8,
}

#[event(bytemuck)]
pub struct ProposalCreated {
    pub proposal: Address,
    pub id: PodU64,
    pub proposer: Address,
    pub payer: Address,
    pub description_hash: [u8; 32],
    pub created_at: PodI64,
    pub total_weight: PodU64,
    pub quorum_weight: PodU64,
    pub threshold: PodU64,
    pub voting_period: PodI64,
    pub timelock: PodI64,
    pub execution_window: PodI64,
    pub kind: PodProposalKind,
    pub new_status: PodProposalStatus,
}

/// `content` is the hashed bytes. A reader can rebuild the instruction from them.
#[event]
pub struct InstructionAdded {
    pub proposal: Address,
    pub id: u64,
    pub index: u8,
    pub hash: [u8; 32],
    pub content: Vec<u8>,
}

#[event(bytemuck)]
pub struct ProposalActivated {
    pub proposal: Address,
    pub id: PodU64,
    pub count: u8,
    pub voting_starts_at: PodI64,
    pub voting_ends_at: PodI64,
    pub old_status: PodProposalStatus,
    pub new_status: PodProposalStatus,
}

#[event(bytemuck)]
pub struct Voted {
    pub proposal: Address,
    pub id: PodU64,
    pub voter: Address,
    pub choice: PodVoteChoice,
    pub weight: PodU64,
    pub for_weight: PodU64,
    pub against_weight: PodU64,
    pub abstain_weight: PodU64,
    pub old_status: PodProposalStatus,
    pub new_status: PodProposalStatus,
}

#[event(bytemuck)]
pub struct ProposalFinalized {
    pub proposal: Address,
    pub id: PodU64,
    pub quorum_weight: PodU64,
    pub for_weight: PodU64,
    pub against_weight: PodU64,
    pub abstain_weight: PodU64,
    pub old_status: PodProposalStatus,
    pub new_status: PodProposalStatus,
}

#[event(bytemuck)]
pub struct ProposalQueued {
    pub proposal: Address,
    pub id: PodU64,
    pub eta: PodI64,
    pub executable_until: PodI64,
    pub old_status: PodProposalStatus,
    pub new_status: PodProposalStatus,
}

/// A text proposal has no instruction: its `index` and `count` are 0.
#[event(bytemuck)]
pub struct ProposalExecuted {
    pub proposal: Address,
    pub id: PodU64,
    pub index: u8,
    pub count: u8,
    pub hash: [u8; 32],
    pub old_status: PodProposalStatus,
    pub new_status: PodProposalStatus,
}

#[event(bytemuck)]
pub struct ProposalExpired {
    pub proposal: Address,
    pub id: PodU64,
    pub executed: u8,
    pub old_status: PodProposalStatus,
    pub new_status: PodProposalStatus,
}

#[event(bytemuck)]
pub struct ProposalCancelled {
    pub proposal: Address,
    pub id: PodU64,
    pub by: Address,
    pub old_status: PodProposalStatus,
    pub new_status: PodProposalStatus,
}

#[event(bytemuck)]
pub struct ProposalVetoed {
    pub proposal: Address,
    pub id: PodU64,
    pub guardian: Address,
    pub version: PodU64,
    pub executed: u8,
    pub old_status: PodProposalStatus,
    pub new_status: PodProposalStatus,
}

#[event(bytemuck)]
pub struct VoteClosed {
    pub proposal: Address,
    pub voter: Address,
}

#[event(bytemuck)]
pub struct ProposalClosed {
    pub proposal: Address,
    pub id: PodU64,
    pub payer: Address,
}

/// amount = community + burned + operations. The totals include this release.
#[event(bytemuck)]
pub struct Released {
    pub release: Address,
    pub number: PodU64,
    pub amount: PodU64,
    pub community: PodU64,
    pub burned: PodU64,
    pub operations: PodU64,
    pub community_total: PodU64,
    pub burned_total: PodU64,
    pub operations_total: PodU64,
}
