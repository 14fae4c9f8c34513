//! Reader of the markets program's accounts. A program can link one other program, and this one links staking;
//! `tests/layouts.rs` compares every number here with the real accounts.
use anchor_lang::prelude::*;

use crate::{errors::SlashingError, programs::Markets};

/// First bytes of a job, of a node, and of the instruction that closes an ended job.
pub const JOB_TAG: [u8; 8] = [75, 124, 80, 203, 161, 180, 202, 80];
pub const NODE_TAG: [u8; 8] = [208, 53, 1, 3, 49, 122, 180, 49];
pub const CLOSE_OUTCOME_TAG: [u8; 8] = [74, 41, 251, 135, 93, 231, 176, 111];
/// Offsets in a job.
pub const SEQUENCE_AT: usize = 112;
pub const ATTEMPT_AT: usize = 189;
pub const OPERATOR_AT: usize = 254;
pub const RECEIPT_HASH_AT: usize = 386;
pub const SENTENCE_AT: usize = 454;
pub const BLAME_AT: usize = 471;
/// Blame of a timeout.
pub const TIMEOUT_BLAME: u8 = 1;
/// Offset in a node.
pub const EXPOSURE_AT: usize = 176;
/// Seed of a node's address, before the operator's wallet.
pub const NODE_SEED: &[u8] = b"node";

/// What an ended job says about its last attempt.
pub struct Ended {
    pub operator: Address,
    pub sequence: u64,
    pub attempt: u8,
    /// Zero after a timeout.
    pub receipt_hash: [u8; 32],
    pub sentence: u64,
    pub is_timeout: bool,
}

impl Ended {
    /// Read a job's account. Markets refuses to close one that has not ended, so the status is not read here.
    pub fn read(account: &UncheckedAccount) -> Result<Self> {
        require!(
            account.account().owned_by(&Markets::id()),
            SlashingError::WrongJob
        );
        let data = account.account().try_borrow()?;
        require!(data.starts_with(&JOB_TAG), SlashingError::WrongJob);
        Ok(Self {
            operator: Address::new_from_array(bytes(&data, OPERATOR_AT)?),
            sequence: u64::from_le_bytes(bytes(&data, SEQUENCE_AT)?),
            attempt: u8::from_le_bytes(bytes(&data, ATTEMPT_AT)?),
            receipt_hash: bytes(&data, RECEIPT_HASH_AT)?,
            sentence: u64::from_le_bytes(bytes(&data, SENTENCE_AT)?),
            is_timeout: bytes(&data, BLAME_AT)? == [TIMEOUT_BLAME],
        })
    }
}

/// Return what of a wallet's stake stands behind the jobs of its node; zero if it has none.
pub fn exposure_of(node: &UncheckedAccount, operator: &Address) -> Result<u64> {
    let (expected, _) = find_program_address(&[NODE_SEED, operator.as_ref()], &Markets::id());
    require!(*node.address() == expected, SlashingError::WrongNode);
    if !node.account().owned_by(&Markets::id()) {
        return Ok(0);
    }
    let data = node.account().try_borrow()?;
    require!(data.starts_with(&NODE_TAG), SlashingError::WrongNode);
    Ok(u64::from_le_bytes(bytes(&data, EXPOSURE_AT)?))
}

fn bytes<const N: usize>(data: &[u8], at: usize) -> Result<[u8; N]> {
    data.get(at..)
        .and_then(|rest| rest.first_chunk::<N>())
        .copied()
        .ok_or(SlashingError::WrongJob.into())
}
