//! Count of the keys that signed one message, read from the Ed25519 precompile instruction right before ours.
use anchor_lang::{address, prelude::*};
use hypernode_common::ed25519::{count_signers, Refusal};

const ED25519_PRECOMPILE: Address = address!("Ed25519SigVerify111111111111111111111111111");

/// Reason for which no attestation counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unattested {
    /// Another program calls us, so "right before" means before that program's instruction.
    CalledByProgram,
    /// The instruction right before ours is not the Ed25519 precompile's.
    NoPrecompile,
    Refused(Refusal),
}

/// Return how many different `keys` signed `digest`. The current top-level instruction must be `program`'s.
pub fn count_attesters(
    instructions: &SysvarInstructions,
    program: &Address,
    digest: &[u8; 32],
    keys: &[Address],
) -> core::result::Result<u8, Unattested> {
    let current = instructions
        .get_instruction_relative(0)
        .map_err(|_| Unattested::CalledByProgram)?;
    if current.get_program_id() != program {
        return Err(Unattested::CalledByProgram);
    }
    let precompile = instructions
        .get_instruction_relative(-1)
        .map_err(|_| Unattested::NoPrecompile)?;
    if precompile.get_program_id() != &ED25519_PRECOMPILE {
        return Err(Unattested::NoPrecompile);
    }
    count_signers(precompile.get_instruction_data(), digest, keys).map_err(Unattested::Refused)
}
