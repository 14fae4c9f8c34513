//! Proof that several keys signed one message, by the Ed25519 precompile's instruction right before ours.
use anchor_lang::{address, prelude::*};
use hypernode_common::ed25519::{count_signers, Refusal};

const ED25519_PRECOMPILE: Address = address!("Ed25519SigVerify111111111111111111111111111");

/// Why nothing is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unproven {
    /// Under a program that calls us, "right before" would mean before that program's instruction.
    CalledByProgram,
    /// No instruction of the precompile stands right before.
    NoPrecompile,
    Refused(Refusal),
}

/// Count the different `keys` that signed `digest`, in a transaction whose current instruction is `program`'s.
pub fn count_proven(
    instructions: &SysvarInstructions,
    program: &Address,
    digest: &[u8; 32],
    keys: &[Address],
) -> core::result::Result<u8, Unproven> {
    let current = instructions
        .get_instruction_relative(0)
        .map_err(|_| Unproven::CalledByProgram)?;
    if current.get_program_id() != program {
        return Err(Unproven::CalledByProgram);
    }
    let proof = instructions
        .get_instruction_relative(-1)
        .map_err(|_| Unproven::NoPrecompile)?;
    if proof.get_program_id() != &ED25519_PRECOMPILE {
        return Err(Unproven::NoPrecompile);
    }
    count_signers(proof.get_instruction_data(), digest, keys).map_err(Unproven::Refused)
}
