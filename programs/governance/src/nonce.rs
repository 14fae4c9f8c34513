//! Refusal of durable nonces. A transaction on one stays valid until its nonce advances: a signature given
//! today could be used in a month, when what it was given for is something else.
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
