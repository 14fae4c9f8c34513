//! Check that a quorum of oracles attested one verdict on one attempt of a job.
use anchor_lang::prelude::*;
use hypernode_common::attestation::Attestation;
use hypernode_runtime::quorum::count_attesters;

use crate::{
    errors::MarketsError,
    state::{Job, OracleSet},
};

/// Return the 32 bytes that an oracle signs for this verdict.
pub fn digest(
    oracles: &OracleSet,
    job_address: &Address,
    job: &Job,
    verdict: u8,
    reason: u8,
) -> [u8; 32] {
    let attestation = Attestation {
        cluster: &oracles.cluster,
        program: crate::ID.as_array(),
        job: job_address.as_array(),
        sequence: job.sequence.get(),
        attempt: job.attempt,
        node: job.node.as_array(),
        exec_hash: &job.exec_hash,
        output_root: &job.output_root,
        receipt_hash: &job.receipt_hash,
        seconds_used: job.seconds_used.get(),
        verdict,
        reason,
        epoch: oracles.epoch.get(),
        expires_at: job.late_until.get(),
    };
    sha256(&attestation.encode())
}

/// Return how many oracles signed `digest` in the Ed25519 instruction right before this one. Fewer than the
/// threshold is an error.
pub fn require_quorum(
    instructions: &SysvarInstructions,
    oracles: &OracleSet,
    digest: &[u8; 32],
) -> Result<u8> {
    let signers = count_attesters(instructions, &crate::ID, digest, oracles.active_keys())
        .map_err(MarketsError::from)?;
    require!(signers >= oracles.threshold, MarketsError::BelowThreshold);
    Ok(signers)
}
