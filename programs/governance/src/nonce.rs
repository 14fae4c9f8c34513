//! Check that refuses durable nonces. A transaction with a durable nonce stays valid until the nonce advances,
//! so a signature could be used weeks later, after its proposal has changed.
use anchor_lang::prelude::*;

use crate::errors::GovernanceError;

/// `AdvanceNonceAccount` of the system program, as u32 LE.
const ADVANCE_NONCE: [u8; 4] = [4, 0, 0, 0];

/// The runtime honours a durable nonce in the first instruction only.
pub fn refuse_durable_nonce(instructions: &SysvarInstructions) -> Result<()> {
    let first = instructions.load_instruction_at(0)?;
    let advances = first.get_program_id() == &System::id()
        && first.get_instruction_data().starts_with(&ADVANCE_NONCE);
    require!(!advances, GovernanceError::DurableNonce);
    Ok(())
}
