//! One event per transition, written after it, with the amounts it moved.
use anchor_lang::prelude::*;

#[event(bytemuck)]
pub struct PoolInitialized {
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
pub struct Staked {
    pub owner: Address,
    pub amount: PodU64,
    pub weight: PodU64,
    pub duration: PodI64,
    pub total_staked: PodU64,
    pub total_weight: PodU64,
}

#[event(bytemuck)]
pub struct StakeToppedUp {
    pub owner: Address,
    pub added: PodU64,
    pub amount: PodU64,
    pub old_weight: PodU64,
    pub weight: PodU64,
    pub total_staked: PodU64,
    pub total_weight: PodU64,
}

#[event(bytemuck)]
pub struct StakeExtended {
    pub owner: Address,
    pub amount: PodU64,
    pub old_duration: PodI64,
    pub duration: PodI64,
    pub old_weight: PodU64,
    pub weight: PodU64,
    pub total_weight: PodU64,
}

#[event(bytemuck)]
pub struct Unstaked {
    pub owner: Address,
    pub amount: PodU64,
    pub old_weight: PodU64,
    /// When `withdraw` becomes possible.
    pub withdrawable_at: PodI64,
    pub total_weight: PodU64,
}

#[event(bytemuck)]
pub struct Restaked {
    pub owner: Address,
    pub amount: PodU64,
    pub weight: PodU64,
    pub total_weight: PodU64,
}

#[event(bytemuck)]
pub struct StakeHeld {
    pub owner: Address,
    pub holds: u8,
}

#[event(bytemuck)]
pub struct HoldReleased {
    pub owner: Address,
    pub holds: u8,
}

#[event(bytemuck)]
pub struct StakeSlashed {
    pub owner: Address,
    /// What was taken.
    pub slashed: PodU64,
    /// What is left.
    pub amount: PodU64,
    pub old_weight: PodU64,
    pub weight: PodU64,
    pub total_staked: PodU64,
    pub total_weight: PodU64,
}

#[event(bytemuck)]
pub struct RewardsTaken {
    pub owner: Address,
    pub amount: PodU64,
}

#[event(bytemuck)]
pub struct RewardsForfeited {
    pub owner: Address,
    pub amount: PodU64,
}

#[event(bytemuck)]
pub struct StakeWithdrawn {
    pub owner: Address,
    pub amount: PodU64,
    pub total_staked: PodU64,
}
