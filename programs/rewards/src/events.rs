//! Events: one for each transition, emitted after it, with the amounts moved.
use anchor_lang::prelude::*;

#[event(bytemuck)]
pub struct AccumulatorInitialized {
    pub authority: Address,
    pub mint: Address,
    pub vault: Address,
    pub community: Address,
    pub fee_window: PodI64,
    pub community_window: PodI64,
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
pub struct WindowsSet {
    pub fee_window: PodI64,
    pub community_window: PodI64,
}

#[event(bytemuck)]
pub struct Distributed {
    /// Fees and community tokens that stakers earned in this distribution.
    pub fees: PodU64,
    pub community: PodU64,
    /// Fees and community tokens of the streams that this distribution started.
    pub fees_begun: PodU64,
    pub community_begun: PodU64,
    pub total_weight: PodU64,
    pub index: PodU128,
    pub distributed: PodU64,
    pub at: PodI64,
}

#[event(bytemuck)]
pub struct RewardsClaimed {
    pub owner: Address,
    pub amount: PodU64,
    pub claimed: PodU64,
}
