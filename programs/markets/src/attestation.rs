//! Check that a quorum of the oracles attested one decision on one attempt of a job.
use anchor_lang::prelude::*;
use hypernode_common::attestation::{Attestation, Audit, Blame, Decision};
use hypernode_runtime::quorum::count_attesters;

use crate::{
    errors::MarketsError,
    state::{Job, OracleSet},
};

/// What the caller brings of a decision: numbers that the oracles signed.
#[derive(Clone, Copy, AnchorSerialize, AnchorDeserialize, IdlType)]
pub struct DecisionArgs {
    pub verdict: u8,
    pub reason: u8,
    pub ending: u8,
    pub exit_code: u8,
    pub root: [u8; 32],
    pub audit: u8,
    pub own: u32,
    pub blame: u8,
}

impl DecisionArgs {
    /// Return the decision. Its values must be known, and may stand together.
    pub fn parse(&self) -> Result<Decision> {
        let decision = Decision {
            verdict: self.verdict,
            reason: self.reason,
            ending: self.ending,
            exit_code: self.exit_code,
            root: self.root,
            audit: Audit::from_u8(self.audit).ok_or(MarketsError::BadVerdict)?,
            own: self.own,
            blame: Blame::from_u8(self.blame).ok_or(MarketsError::BadVerdict)?,
        };
        require!(decision.is_sound(), MarketsError::BadVerdict);
        Ok(decision)
    }
}

/// Return the 32 bytes that an oracle signs for this decision.
pub fn digest(
    oracles: &OracleSet,
    job_address: &Address,
    job: &Job,
    draw_id: [u8; 8],
    decision: &Decision,
) -> [u8; 32] {
    let attestation = Attestation {
        cluster: &oracles.cluster,
        program: crate::ID.as_array(),
        job: job_address.as_array(),
        sequence: job.sequence.get(),
        attempt: job.attempt,
        node: job.node.as_array(),
        receipt_hash: &job.receipt_hash,
        submitted_slot: job.submitted_slot.get(),
        seconds: job.seconds_used.get(),
        epoch: job.epoch.get(),
        draw_id,
        decision,
    };
    sha256(&attestation.encode())
}

/// Return how many oracles of the job's epoch signed `digest` in the Ed25519 instruction right before this one.
/// Fewer than the threshold is an error.
pub fn require_quorum(
    instructions: &SysvarInstructions,
    oracles: &OracleSet,
    epoch: u64,
    digest: &[u8; 32],
) -> Result<u8> {
    let quorum = oracles.quorum(epoch)?;
    let signers = count_attesters(instructions, &crate::ID, digest, quorum.keys)
        .map_err(MarketsError::from)?;
    require!(signers >= quorum.threshold, MarketsError::BelowThreshold);
    Ok(signers)
}
