//! That somebody voted, and how: the same wallet cannot vote again.
use anchor_lang::prelude::*;

use crate::state::PodVoteChoice;

#[account]
pub struct VoteRecord {
    pub proposal: Address,
    pub voter: Address,
    /// Paid the rent, and gets it back.
    pub payer: Address,
    pub weight: PodU64,
    pub voted_at: PodI64,
    pub choice: PodVoteChoice,
    pub bump: u8,
}
