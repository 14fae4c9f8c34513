//! That a job was punished. It stays for ever, or the job could be punished twice.
use anchor_lang::prelude::*;

use crate::constants::FAULT_SEED;

#[account]
pub struct Fault {
    pub accused: Address,
    /// The job, or the digest of the evidence where there was none.
    pub subject: Address,
    /// Of the job, so that a job made again under the same address is another one.
    pub sequence: PodU64,
    /// Which report was executed.
    pub report: Address,
    pub slashed: PodU64,
    pub executed_at: PodI64,
    pub bump: u8,
}

/// Where the punishment of a job lies, and its bump.
pub fn fault_address(accused: &Address, subject: &Address, sequence: u64) -> (Address, u8) {
    let seeds = [
        FAULT_SEED,
        accused.as_ref(),
        subject.as_ref(),
        &sequence.to_le_bytes(),
    ];
    find_program_address(&seeds, &crate::ID)
}
