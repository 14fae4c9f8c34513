//! Check that a quorum of the markets program's oracles attested one fault.
use anchor_lang::prelude::*;
use hypernode_common::{ed25519::MAX_KEYS, fault::Fault};
use hypernode_runtime::quorum::count_attesters;

use crate::{errors::SlashingError, state::Accusation};

/// Discriminator of the markets program's oracle set.
const ORACLE_SET_TAG: [u8; 8] = [128, 26, 73, 134, 218, 90, 126, 42];

/// Oracle set of the markets program. Anchor cannot link two programs into a third, so the layout is repeated
/// here.
#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
pub struct OracleSet {
    tag: [u8; 8],
    cluster: [u8; 32],
    epoch: PodU64,
    rotated_at: PodI64,
    threshold: u8,
    count: u8,
    keys: [Address; MAX_KEYS],
    previous_threshold: u8,
    previous_count: u8,
    previous_keys: [Address; MAX_KEYS],
    bump: u8,
}

impl OracleSet {
    /// Read the account. The caller has checked the address.
    pub fn read(data: &[u8]) -> Result<&Self> {
        let oracles = bytemuck::try_from_bytes::<Self>(data).ok();
        oracles
            .filter(|oracles| oracles.tag == ORACLE_SET_TAG)
            .ok_or(SlashingError::WrongOracleSet.into())
    }

    fn active_keys(&self) -> &[Address] {
        self.keys.get(..usize::from(self.count)).unwrap_or(&[])
    }
}

/// Return the 32 bytes that an oracle signs for this accusation by this reporter.
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
        buyer: accusation.buyer.as_array(),
        reporter: reporter.as_array(),
        epoch: oracles.epoch.get(),
        expires_at,
    };
    sha256(&fault.encode())
}

/// Return how many oracles signed `digest` in the Ed25519 instruction right before this one. Fewer than the
/// threshold is an error.
pub fn require_quorum(
    instructions: &SysvarInstructions,
    oracles: &OracleSet,
    digest: &[u8; 32],
) -> Result<u8> {
    let signers = count_attesters(instructions, &crate::ID, digest, oracles.active_keys())
        .map_err(SlashingError::from)?;
    require!(signers >= oracles.threshold, SlashingError::BelowThreshold);
    Ok(signers)
}
