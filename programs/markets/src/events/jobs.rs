//! Events of jobs. Every ending carries its amounts.
use anchor_lang::prelude::*;

use crate::state::{
    PodAudit, PodBlame, PodDeclineReason, PodEnding, PodGpuVendor, PodJobStatus, PodOutcome,
    PodRejectReason,
};

#[event(bytemuck)]
pub struct JobCreated {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub market: Address,
    pub nonce: PodU64,
    pub spec_hash: [u8; 32],
    pub cap: PodU64,
    pub rate: PodU64,
    pub timeout_seconds: PodU32,
    pub gpu_vendor: PodGpuVendor,
    pub gpu_count: u8,
    pub min_vram_mib: PodU32,
    pub expires_at: PodI64,
    pub new_status: PodJobStatus,
}

#[event(bytemuck)]
pub struct JobAssigned {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub cap: PodU64,
    pub assigned_at: PodI64,
    pub deadline: PodI64,
    pub audit_bps: PodU16,
    /// Epoch of the oracles that judge it, and the largest sentence it can carry.
    pub epoch: PodU64,
    pub exposure: PodU64,
    pub old_status: PodJobStatus,
    pub new_status: PodJobStatus,
}

#[event(bytemuck)]
pub struct ReceiptSubmitted {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub receipt_hash: [u8; 32],
    pub seconds_used: PodU32,
    pub submitted_at: PodI64,
    pub submitted_slot: PodU64,
    pub verdict_deadline: PodI64,
    pub late_until: PodI64,
    pub old_status: PodJobStatus,
    pub new_status: PodJobStatus,
}

/// The job is posted again. `node` submitted no receipt; `score` is its reputation after that.
#[event(bytemuck)]
pub struct JobReposted {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub cap: PodU64,
    pub expires_at: PodI64,
    pub score: PodU16,
    pub old_status: PodJobStatus,
    pub new_status: PodJobStatus,
}

/// The worker gave the job back and it is posted again. `score` is the node's reputation after that.
#[event(bytemuck)]
pub struct JobDeclined {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub cap: PodU64,
    pub decline_reason: PodDeclineReason,
    /// Assignments that were declined before their run, so far.
    pub declines: u8,
    pub score: PodU16,
    pub old_status: PodJobStatus,
    pub new_status: PodJobStatus,
}

/// The worker gave the last attempt back: the buyer was refunded in full.
#[event(bytemuck)]
pub struct JobGivenUp {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub refund: PodU64,
    pub decline_reason: PodDeclineReason,
    pub score: PodU16,
    pub old_status: PodJobStatus,
    pub outcome: PodOutcome,
}

/// The verdict was accept and the node was paid.
#[event(bytemuck)]
pub struct JobSettled {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub payout: Address,
    /// price = node_share + treasury + stakers + operations, and price + unlocked = cap.
    pub price: PodU64,
    pub node_share: PodU64,
    pub treasury: PodU64,
    pub stakers: PodU64,
    pub operations: PodU64,
    pub unlocked: PodU64,
    pub seconds_used: PodU32,
    pub ending: PodEnding,
    pub exit_code: u8,
    pub output_root: [u8; 32],
    pub audit: PodAudit,
    pub draw_id: [u8; 8],
    pub own_seconds: PodU32,
    pub blame: PodBlame,
    pub signers: u8,
    pub score: PodU16,
    pub old_status: PodJobStatus,
    pub outcome: PodOutcome,
}

/// No verdict came in time, and the buyer paid the node without one.
#[event(bytemuck)]
pub struct JobAccepted {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub payout: Address,
    /// price = node_share + treasury + stakers + operations, and price + unlocked = cap.
    pub price: PodU64,
    pub node_share: PodU64,
    pub treasury: PodU64,
    pub stakers: PodU64,
    pub operations: PodU64,
    pub unlocked: PodU64,
    pub seconds_used: PodU32,
    pub old_status: PodJobStatus,
    pub outcome: PodOutcome,
}

/// The verdict was reject: the buyer was refunded in full, and the node's reputation falls.
#[event(bytemuck)]
pub struct JobRejected {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub refund: PodU64,
    pub reject_reason: PodRejectReason,
    pub ending: PodEnding,
    pub exit_code: u8,
    pub output_root: [u8; 32],
    pub audit: PodAudit,
    pub draw_id: [u8; 8],
    pub own_seconds: PodU32,
    pub blame: PodBlame,
    pub signers: u8,
    /// What a report can collect of the node's stake.
    pub sentence: PodU64,
    pub score: PodU16,
    pub old_status: PodJobStatus,
    pub outcome: PodOutcome,
}

#[event(bytemuck)]
pub struct JobCancelled {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub refund: PodU64,
    pub old_status: PodJobStatus,
    pub outcome: PodOutcome,
}

#[event(bytemuck)]
pub struct JobExpired {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub refund: PodU64,
    pub old_status: PodJobStatus,
    pub outcome: PodOutcome,
}

#[event(bytemuck)]
pub struct JobTimedOut {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub refund: PodU64,
    /// What a report can collect of the node's stake.
    pub sentence: PodU64,
    pub score: PodU16,
    pub old_status: PodJobStatus,
    pub outcome: PodOutcome,
}

/// No verdict came in time: the buyer was refunded in full, and the node's reputation does not change.
#[event(bytemuck)]
pub struct JobUnverified {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub refund: PodU64,
    pub old_status: PodJobStatus,
    pub outcome: PodOutcome,
}

/// The account of a rejected or timed-out job was closed: by the report that collects its sentence, or because none came.
#[event(bytemuck)]
pub struct OutcomeClosed {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub sentence: PodU64,
    /// Exposure that the node no longer has to cover.
    pub exposure: PodU64,
    pub reported: PodBool,
    pub old_status: PodJobStatus,
}
