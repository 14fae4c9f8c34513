//! Events: one for each transition, emitted after it, with the amounts moved.
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
    /// First second at which `withdraw` succeeds.
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
    pub holds: PodU32,
    pub held_amount: PodU64,
}

#[event(bytemuck)]
pub struct HoldReleased {
    pub owner: Address,
    pub holds: PodU32,
    pub held_amount: PodU64,
}

#[event(bytemuck)]
pub struct StakeSlashed {
    pub owner: Address,
    /// Amount taken from the stake.
    pub slashed: PodU64,
    /// Amount that remains staked.
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
