//! Events of the configuration, the oracle set and the markets.
use anchor_lang::prelude::*;
use hypernode_common::ed25519::MAX_KEYS;

#[event(bytemuck)]
pub struct ConfigInitialized {
    pub authority: Address,
    pub mint: Address,
    pub treasury: Address,
    pub stakers: Address,
    pub operations: Address,
    pub protocol_bps: PodU16,
    pub stakers_bps: PodU16,
    pub operations_bps: PodU16,
    pub min_rate: PodU64,
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
    pub operations: Address,
    pub old_protocol_bps: PodU16,
    pub old_stakers_bps: PodU16,
    pub old_operations_bps: PodU16,
    pub protocol_bps: PodU16,
    pub stakers_bps: PodU16,
    pub operations_bps: PodU16,
}

#[event(bytemuck)]
pub struct MinRateSet {
    pub old_min_rate: PodU64,
    pub min_rate: PodU64,
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
    /// The first `count` keys are in use.
    pub keys: [Address; MAX_KEYS],
}

#[event(bytemuck)]
pub struct MarketCreated {
    pub market: Address,
    pub creator: Address,
    pub market_id: [u8; 32],
    pub matcher: Address,
    pub price_per_second: PodU64,
    pub min_timeout_seconds: PodU32,
    pub max_timeout_seconds: PodU32,
    pub job_ttl: PodU32,
    pub start_allowance: PodU32,
    pub grace: PodU32,
    pub verdict_floor: PodU32,
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
    pub min_timeout_seconds: PodU32,
    pub max_timeout_seconds: PodU32,
    pub job_ttl: PodU32,
    pub start_allowance: PodU32,
    pub grace: PodU32,
    pub verdict_floor: PodU32,
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
