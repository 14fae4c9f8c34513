//! Addresses of the other programs.
use anchor_lang::{address, prelude::Address};

pub const MARKETS: Address = address!("9VVwASsaFQZpLGeaPccLrNKfzbupLxGbcqsKLEjwoV9n");
/// Discriminator of the markets program's configuration.
pub const MARKETS_CONFIG_TAG: [u8; 8] = [155, 12, 170, 224, 30, 250, 204, 130];
/// Offset of the pause flags in the markets program's configuration. Anchor 2 cannot link two programs into a
/// third, so its types cannot be used here. A test checks the offset.
pub const MARKETS_PAUSED_AT: usize = 206;
pub const STAKING: Address = address!("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG");
pub const REWARDS: Address = address!("32dEyfbMDM58tKr4xEvAWVByo9t14so5g7zwJ673A9KA");
pub const SLASHING: Address = address!("3uryKioSZhC2NwVpUEg5vg94QXANB1GaH4eEJHGuNSSA");
