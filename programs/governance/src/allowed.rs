//! Instructions that each kind of proposal may hold. A kind with a shorter timelock may hold fewer.
use anchor_lang::prelude::*;
use hypernode_runtime::upgrade::UPGRADEABLE_LOADER;

use crate::{
    errors::GovernanceError,
    programs::{MARKETS, REWARDS, SLASHING, STAKING},
    state::ProposalKind,
};

type Tag = [u8; 8];

pub const SET_PAUSE: Tag = [63, 32, 154, 2, 56, 103, 79, 45];
const SET_WINDOWS: Tag = [88, 201, 247, 202, 5, 85, 239, 5];
const SET_PARAMS: Tag = [27, 234, 178, 52, 147, 2, 187, 141];
const SET_GUARDIAN: Tag = [147, 243, 50, 121, 154, 164, 50, 30];
const SET_OPERATIONS: Tag = [213, 170, 237, 237, 241, 27, 14, 132];
const TREASURY_TRANSFER: Tag = [221, 252, 47, 32, 243, 89, 84, 131];
pub const ACCEPT_AUTHORITY: Tag = [107, 86, 198, 91, 33, 12, 107, 160];

/// Settings of the other programs. What decides who is paid, the fees and the oracles, is not among them, nor is the
/// transfer of an authority: these need the long timelock, in which buyers leave and nodes stop working.
const PARAMETERS: [(Address, Tag); 3] = [
    (MARKETS, SET_PAUSE),
    (REWARDS, SET_WINDOWS),
    (SLASHING, SET_PARAMS),
];
/// Instructions of this program that a proposal may hold. No other one is allowed, so an execution cannot run
/// another execution. They need the long timelock: a proposal with the short one could otherwise shorten the
/// long one.
const OWN: [Tag; 4] = [SET_PARAMS, SET_GUARDIAN, SET_OPERATIONS, TREASURY_TRANSFER];
/// Upgrade, SetAuthority, ExtendProgram and SetAuthorityChecked of the upgradeable loader, as u32 LE. Close is
/// missing because it destroys a program.
const LOADER: [u32; 4] = [3, 4, 6, 7];
/// Programs whose authority `adopt` may accept.
const GOVERNED: [Address; 4] = [MARKETS, STAKING, REWARDS, SLASHING];

/// Refuse an instruction that this kind of proposal may not hold.
pub fn check(kind: ProposalKind, program: &Address, data: &[u8]) -> Result<()> {
    let tag = data.first_chunk::<8>();
    let own = *program == crate::ID;
    let allowed = match kind {
        ProposalKind::Text => false,
        ProposalKind::Parameters => PARAMETERS
            .iter()
            .any(|(known, wanted)| known == program && tag == Some(wanted)),
        ProposalKind::Treasury => own && tag == Some(&TREASURY_TRANSFER),
        ProposalKind::Upgrade => *program == UPGRADEABLE_LOADER && is_loader_call(data),
        ProposalKind::Generic => !own || tag.is_some_and(|tag| OWN.contains(tag)),
    };
    require!(allowed, GovernanceError::InstructionNotAllowed);
    Ok(())
}

/// Return whether `adopt` may accept this program's authority.
pub fn is_governed(program: &Address) -> bool {
    GOVERNED.contains(program)
}

fn is_loader_call(data: &[u8]) -> bool {
    data.first_chunk::<4>()
        .is_some_and(|tag| LOADER.contains(&u32::from_le_bytes(*tag)))
}
