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
    let sequence = sequence.to_le_bytes();
    find_program_address(&seeds(accused, subject, &sequence), &crate::ID)
}

/// Return the address of a job's fault account under a known bump.
pub fn fault_address_at(
    accused: &Address,
    subject: &Address,
    sequence: u64,
    bump: u8,
) -> Result<Address> {
    let (sequence, bump) = (sequence.to_le_bytes(), [bump]);
    let [prefix, accused, subject, sequence] = seeds(accused, subject, &sequence);
    let seeds = [prefix, accused, subject, sequence, &bump];
    create_program_address(&seeds, &crate::ID)
}

fn seeds<'a>(accused: &'a Address, subject: &'a Address, sequence: &'a [u8; 8]) -> [&'a [u8]; 4] {
    [FAULT_SEED, accused.as_ref(), subject.as_ref(), sequence]
}
