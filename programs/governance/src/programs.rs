//! The programs that this one knows by address.
use anchor_lang::{address, prelude::*};
use hypernode_common::loader::upgrade_authority;

pub const UPGRADEABLE_LOADER: Address = address!("BPFLoaderUpgradeab1e11111111111111111111111");
pub const MARKETS: Address = address!("9VVwASsaFQZpLGeaPccLrNKfzbupLxGbcqsKLEjwoV9n");
/// Where its configuration keeps the pause flags. Its types cannot be used: two programs of Anchor 2 cannot be
/// linked into a third. A test holds this to the layout.
pub const MARKETS_PAUSED_AT: usize = 206;
pub const STAKING: Address = address!("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG");
pub const REWARDS: Address = address!("32dEyfbMDM58tKr4xEvAWVByo9t14so5g7zwJ673A9KA");
pub const SLASHING: Address = address!("3uryKioSZhC2NwVpUEg5vg94QXANB1GaH4eEJHGuNSSA");

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
