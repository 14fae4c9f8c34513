//! One event per transition, written after it, with the amounts it moved and both states.
use anchor_lang::prelude::*;
use hypernode_common::ed25519::MAX_KEYS;

use crate::state::{PodEndReason, PodGate, PodGpuVendor, PodJobStatus};

#[event(bytemuck)]
pub struct ConfigInitialized {
    pub authority: Address,
    pub mint: Address,
    pub treasury: Address,
    pub stakers: Address,
    pub platform: Address,
    pub protocol_bps: PodU16,
    pub stakers_bps: PodU16,
    pub platform_bps: PodU16,
    pub cluster: [u8; 32],
    pub epoch: PodU64,
    pub threshold: u8,
    pub count: u8,
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
pub struct FeesSet {
    pub treasury: Address,
    pub stakers: Address,
    pub platform: Address,
    pub old_protocol_bps: PodU16,
    pub old_stakers_bps: PodU16,
    pub old_platform_bps: PodU16,
    pub protocol_bps: PodU16,
    pub stakers_bps: PodU16,
    pub platform_bps: PodU16,
}

#[event(bytemuck)]
pub struct PauseSet {
    pub old_flags: u8,
    pub new_flags: u8,
}

#[event(bytemuck)]
pub struct OraclesRotated {
    pub old_epoch: PodU64,
    pub epoch: PodU64,
    pub threshold: u8,
    pub count: u8,
    /// The first `count` are in use.
    pub keys: [Address; MAX_KEYS],
}

#[event(bytemuck)]
pub struct MarketCreated {
    pub market: Address,
    pub creator: Address,
    pub market_id: [u8; 32],
    pub matcher: Address,
    pub price_per_second: PodU64,
    pub min_timeout: PodU32,
    pub max_timeout: PodU32,
    pub job_ttl: PodU32,
    pub grace: PodU32,
    pub verdict_window: PodU32,
    pub min_stake: PodU64,
    pub min_reputation: PodU16,
    pub audit_bps: PodU16,
    pub max_attempts: u8,
}

#[event(bytemuck)]
pub struct MarketUpdated {
    pub market: Address,
    pub creator: Address,
    pub market_id: [u8; 32],
    pub matcher: Address,
    pub price_per_second: PodU64,
    pub min_timeout: PodU32,
    pub max_timeout: PodU32,
    pub job_ttl: PodU32,
    pub grace: PodU32,
    pub verdict_window: PodU32,
    pub min_stake: PodU64,
    pub min_reputation: PodU16,
    pub audit_bps: PodU16,
    pub max_attempts: u8,
}

#[event(bytemuck)]
pub struct MarketClosed {
    pub market: Address,
    pub creator: Address,
}

#[event(bytemuck)]
pub struct NodeRegistered {
    pub node: Address,
    pub authority: Address,
    pub agent: Address,
    pub payout: Address,
    pub gpu_vendor: PodGpuVendor,
    pub gpu_count: u8,
    pub vram_mib: PodU32,
    pub hardware_hash: [u8; 32],
    pub score: PodU16,
}

#[event(bytemuck)]
pub struct NodeUpdated {
    pub node: Address,
    pub authority: Address,
    pub old_payout: Address,
    pub payout: Address,
    pub gpu_vendor: PodGpuVendor,
    pub gpu_count: u8,
    pub vram_mib: PodU32,
    pub hardware_hash: [u8; 32],
}

#[event(bytemuck)]
pub struct NodeAgentSet {
    pub node: Address,
    pub authority: Address,
    pub old_agent: Address,
    pub new_agent: Address,
}

#[event(bytemuck)]
pub struct NodeRetired {
    pub node: Address,
    pub authority: Address,
    pub retired_at: PodI64,
}

#[event(bytemuck)]
pub struct NodeClosed {
    pub node: Address,
    pub authority: Address,
}

/// In every event `buyer` is the owner's wallet.
#[event(bytemuck)]
pub struct BuyerOpened {
    pub buyer: Address,
    pub account: Address,
    pub payer: Address,
    pub sequence: PodU64,
    pub slot: PodU64,
}

#[event(bytemuck)]
pub struct Deposited {
    pub buyer: Address,
    pub amount: PodU64,
    pub available: PodU64,
}

#[event(bytemuck)]
pub struct Withdrawn {
    pub buyer: Address,
    pub amount: PodU64,
    pub available: PodU64,
}

#[event(bytemuck)]
pub struct BuyerClosed {
    pub buyer: Address,
    pub payer: Address,
}

#[event(bytemuck)]
pub struct FeesCollected {
    pub buyer: Address,
    pub treasury: PodU64,
    pub stakers: PodU64,
    pub platform: PodU64,
}

#[event(bytemuck)]
pub struct JobCreated {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub market: Address,
    pub nonce: PodU64,
    pub spec_hash: [u8; 32],
    pub price_cap: PodU64,
    pub rate: PodU64,
    pub timeout: PodU32,
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
    pub price_cap: PodU64,
    pub assigned_at: PodI64,
    pub deadline: PodI64,
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
    pub exec_hash: [u8; 32],
    pub output_root: [u8; 32],
    pub receipt_hash: [u8; 32],
    pub seconds_used: PodU32,
    pub submitted_at: PodI64,
    pub verdict_deadline: PodI64,
    pub old_status: PodJobStatus,
    pub new_status: PodJobStatus,
}

/// `node` is the one that brought no receipt; `score` is its reputation after this.
#[event(bytemuck)]
pub struct JobReposted {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub price_cap: PodU64,
    pub expires_at: PodI64,
    pub score: PodU16,
    pub old_status: PodJobStatus,
    pub new_status: PodJobStatus,
}

/// The node was paid.
#[event(bytemuck)]
pub struct JobSettled {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub payout: Address,
    /// price = node_share + treasury + stakers + platform; price + unlocked = price cap.
    pub price: PodU64,
    pub node_share: PodU64,
    pub treasury: PodU64,
    pub stakers: PodU64,
    pub platform: PodU64,
    pub unlocked: PodU64,
    pub seconds_used: PodU32,
    pub signers: u8,
    pub score: PodU16,
    pub old_status: PodJobStatus,
    pub end_reason: PodEndReason,
}

/// Refunded in full; the node is to blame.
#[event(bytemuck)]
pub struct JobRejected {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub refund: PodU64,
    pub gate: PodGate,
    pub signers: u8,
    pub score: PodU16,
    pub old_status: PodJobStatus,
    pub end_reason: PodEndReason,
}

#[event(bytemuck)]
pub struct JobCancelled {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub refund: PodU64,
    pub old_status: PodJobStatus,
    pub end_reason: PodEndReason,
}

#[event(bytemuck)]
pub struct JobExpired {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub refund: PodU64,
    pub old_status: PodJobStatus,
    pub end_reason: PodEndReason,
}

#[event(bytemuck)]
pub struct JobTimedOut {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub refund: PodU64,
    pub score: PodU16,
    pub old_status: PodJobStatus,
    pub end_reason: PodEndReason,
}

/// Refunded in full; nobody is to blame.
#[event(bytemuck)]
pub struct JobUnverified {
    pub job: Address,
    pub buyer: Address,
    pub sequence: PodU64,
    pub attempt: u8,
    pub node: Address,
    pub refund: PodU64,
    pub old_status: PodJobStatus,
    pub end_reason: PodEndReason,
}
