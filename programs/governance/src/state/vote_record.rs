//! Vote record: one wallet's vote on one proposal. Its address stops a second vote.
use anchor_lang::prelude::*;

use crate::{constants::VOTE_SEED, errors::GovernanceError, state::PodVoteChoice};

#[account]
pub struct VoteRecord {
    pub proposal: Address,
    pub voter: Address,
    /// Paid the rent and gets it back.
    pub payer: Address,
    pub weight: PodU64,
    pub voted_at: PodI64,
    pub choice: PodVoteChoice,
}

impl VoteRecord {
    /// "vote", then the proposal's number in 16 hexadecimal digits.
    pub const SEED_LEN: usize = VOTE_SEED.len() + 16;

    /// Write the seed of a voter's record of one proposal into `buffer`, and return it.
    pub fn seed(number: u64, buffer: &mut [u8; Self::SEED_LEN]) -> Result<&str> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let (name, digits) = buffer.split_at_mut(VOTE_SEED.len());
        name.copy_from_slice(VOTE_SEED);
        let mut rest = number;
        for place in digits.iter_mut().rev() {
            *place = DIGITS[(rest & 15) as usize];
            rest >>= 4;
        }
        core::str::from_utf8(buffer).map_err(|_| GovernanceError::InvariantBroken.into())
    }
}
