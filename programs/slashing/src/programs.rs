//! Where the upgradeable loader keeps what it knows of this program.
use anchor_lang::{address, prelude::*};
use hypernode_common::loader::upgrade_authority;

const UPGRADEABLE_LOADER: Address = address!("BPFLoaderUpgradeab1e11111111111111111111111");

/// Whether `authority` may replace this program, according to `program_data`, whose address is checked here.
pub fn may_upgrade(program_data: &UncheckedAccount, authority: &Address) -> Result<bool> {
    let (expected, _) = find_program_address(&[crate::ID.as_ref()], &UPGRADEABLE_LOADER);
    if *program_data.address() != expected || !program_data.account().owned_by(&UPGRADEABLE_LOADER)
    {
        return Ok(false);
    }
    let data = program_data.account().try_borrow()?;
    Ok(upgrade_authority(&data) == Some(authority.as_ref()))
}

/// The staking program, as the callee that it must be.
pub struct Staking;

impl Id for Staking {
    const IDL_ADDRESS: &'static str = "BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG";

    fn id() -> Address {
        staking::ID
    }
}
