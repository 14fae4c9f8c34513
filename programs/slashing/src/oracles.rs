//! Proof that enough oracles of the markets program signed one fault.
use anchor_lang::{address, prelude::*};
use hypernode_common::{ed25519::count_signers, fault::Fault};
use markets::state::OracleSet;

use crate::{errors::SlashingError, state::Accusation};

const ED25519_PRECOMPILE: Address = address!("Ed25519SigVerify111111111111111111111111111");

/// The 32 bytes that an oracle signs for this accusation by this reporter.
pub fn digest(
    oracles: &OracleSet,
    accused: &Address,
    reporter: &Address,
    accusation: &Accusation,
    expires_at: i64,
) -> [u8; 32] {
    let fault = Fault {
        cluster: &oracles.cluster,
        program: crate::ID.as_array(),
        accused: accused.as_array(),
        job: accusation.job.as_array(),
        sequence: accusation.sequence,
        attempt: accusation.attempt,
        reason: accusation.reason as u8,
        evidence: &accusation.evidence,
        client: accusation.client.as_array(),
        reporter: reporter.as_array(),
        epoch: oracles.epoch.get(),
        expires_at,
    };
    sha256(&fault.encode())
}

/// How many oracles signed `digest` in the Ed25519 instruction right before this one; at least the threshold.
pub fn require_quorum(
    instructions: &SysvarInstructions,
    oracles: &OracleSet,
    digest: &[u8; 32],
) -> Result<u8> {
    // Under a program that calls us, "right before" would mean before that program's instruction.
    let current = instructions.get_instruction_relative(0)?;
    require!(
        current.get_program_id() == &crate::ID,
        SlashingError::CalledByProgram
    );
    let proof = instructions
        .get_instruction_relative(-1)
        .map_err(|_| SlashingError::NoPrecompile)?;
    require!(
        proof.get_program_id() == &ED25519_PRECOMPILE,
        SlashingError::NoPrecompile
    );
    let signers = count_signers(proof.get_instruction_data(), digest, oracles.active_keys())
        .map_err(SlashingError::from)?;
    require!(signers >= oracles.threshold, SlashingError::BelowThreshold);
    Ok(signers)
}
