//! Events: one for each transition, emitted after it, with the amounts moved and both states.
use anchor_lang::prelude::*;

use crate::{
    constants::REASONS,
    state::{PodFaultReason, PodReportStatus},
};

#[event(bytemuck)]
pub struct ConfigInitialized {
    pub authority: Address,
    pub mint: Address,
    pub vault: Address,
}

#[event(bytemuck)]
pub struct AuthorityProposed {
    pub authority: Address,
    pub pending_authority: Address,
}

#[event(bytemuck)]
pub struct AuthorityAccepted {
    pub old_authority: Address,
    pub new_authority: Address,
}

#[event(bytemuck)]
pub struct ParamsSet {
    pub bond: PodU64,
    pub appeal_bond: PodU64,
    pub voting_period: PodI64,
    pub appeal_period: PodI64,
    pub min_validator_stake: PodU64,
    pub quorum_bps: PodU16,
    pub appeal_quorum_bps: PodU16,
    pub reason_bps: [PodU16; REASONS],
    pub daily_cap_bps: PodU16,
}

#[event(bytemuck)]
pub struct FaultReported {
    pub report: Address,
    pub accused: Address,
    pub reporter: Address,
    pub evidence: [u8; 32],
    pub reason: PodFaultReason,
    /// Most that the report can take.
    pub amount: PodU64,
    pub bond: PodU64,
    pub total_weight: PodU64,
    pub voting_ends_at: PodI64,
    pub new_status: PodReportStatus,
}

/// A job's verdict was brought. The report is confirmed and the job is closed.
#[event(bytemuck)]
pub struct SentenceOpened {
    pub report: Address,
    pub accused: Address,
    pub job: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    /// Hash of the job's receipt; zero after a timeout.
    pub evidence: [u8; 32],
    pub reason: PodFaultReason,
    /// Sentence of the job, and the part of it that the stake still has.
    pub sentence: PodU64,
    pub amount: PodU64,
    pub total_weight: PodU64,
    pub executable_at: PodI64,
    pub new_status: PodReportStatus,
}

#[event(bytemuck)]
pub struct Voted {
    pub report: Address,
    pub validator: Address,
    pub round: u8,
    pub uphold: PodBool,
    pub weight: PodU64,
    pub uphold_weight: PodU64,
    pub overturn_weight: PodU64,
    pub voters: PodU16,
}

/// The voting ended: the report is confirmed, upheld, or dismissed with the bonds due to the accused.
#[event(bytemuck)]
pub struct ReportResolved {
    pub report: Address,
    pub accused: Address,
    pub round: u8,
    pub uphold_weight: PodU64,
    pub overturn_weight: PodU64,
    pub voters: PodU16,
    pub executable_at: PodI64,
    /// What the report will take.
    pub amount: PodU64,
    pub accused_due: PodU64,
    pub validators_due: PodU64,
    pub old_status: PodReportStatus,
    pub new_status: PodReportStatus,
}

#[event(bytemuck)]
pub struct ReportAppealed {
    pub report: Address,
    pub accused: Address,
    pub appeal_bond: PodU64,
    pub voting_ends_at: PodI64,
    pub old_status: PodReportStatus,
    pub new_status: PodReportStatus,
}

#[event(bytemuck)]
pub struct ReportExecuted {
    pub report: Address,
    pub accused: Address,
    pub job: Address,
    pub sequence: PodU64,
    pub reason: PodFaultReason,
    pub slashed: PodU64,
    pub burned: PodU64,
    /// Returned bond.
    pub reporter_due: PodU64,
    pub validators_due: PodU64,
    pub old_status: PodReportStatus,
    pub new_status: PodReportStatus,
}

#[event(bytemuck)]
pub struct DueClaimed {
    pub report: Address,
    pub wallet: Address,
    pub amount: PodU64,
}

#[event(bytemuck)]
pub struct VoteFeeClaimed {
    pub report: Address,
    pub validator: Address,
    pub round: u8,
    pub amount: PodU64,
}

#[event(bytemuck)]
pub struct VoteClosed {
    pub report: Address,
    pub validator: Address,
    pub round: u8,
}

#[event(bytemuck)]
pub struct ReportClosed {
    pub report: Address,
    pub accused: Address,
    /// Remainders of rounding, and dues that were not claimed in time.
    pub burned: PodU64,
}

#[event(bytemuck)]
pub struct RecordClosed {
    pub accused: Address,
}
