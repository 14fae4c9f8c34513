//! Check of a program's upgrade authority, the only key that may initialise the program.
use anchor_lang::{address, prelude::*};
use hypernode_common::loader::upgrade_authority;

pub const UPGRADEABLE_LOADER: Address = address!("BPFLoaderUpgradeab1e11111111111111111111111");

/// Return whether `authority` may upgrade `program`. `program_data` is checked by address, owner and content.
pub fn may_upgrade(
    program: &Address,
    program_data: &UncheckedAccount,
    authority: &Address,
) -> Result<bool> {
    let (expected, _) = find_program_address(&[program.as_ref()], &UPGRADEABLE_LOADER);
    if *program_data.address() != expected || !program_data.account().owned_by(&UPGRADEABLE_LOADER)
    {
        return Ok(false);
    }
    let data = program_data.account().try_borrow()?;
    Ok(upgrade_authority(&data) == Some(authority.as_ref()))
}
