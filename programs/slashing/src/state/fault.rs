//! Fault: the record that a job was punished. It is never closed, so that no job is punished twice.
use anchor_lang::prelude::*;

use crate::constants::FAULT_SEED;

#[account]
pub struct Fault {
    pub accused: Address,
    /// Job, or the digest of the evidence if there is no job.
    pub subject: Address,
    /// Number of the job, so that a job created again at the same address is a different one.
    pub sequence: PodU64,
    /// Report that was executed.
    pub report: Address,
    pub slashed: PodU64,
    pub executed_at: PodI64,
    pub bump: u8,
}

/// Return the address of a job's fault account, and its bump.
pub fn fault_address(accused: &Address, subject: &Address, sequence: u64) -> (Address, u8) {
    let seeds = [
        FAULT_SEED,
        accused.as_ref(),
        subject.as_ref(),
        &sequence.to_le_bytes(),
    ];
    find_program_address(&seeds, &crate::ID)
}
