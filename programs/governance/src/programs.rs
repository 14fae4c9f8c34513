//! The programs that this one knows by address.
use anchor_lang::{address, prelude::Address};

pub const MARKETS: Address = address!("9VVwASsaFQZpLGeaPccLrNKfzbupLxGbcqsKLEjwoV9n");
/// Where its configuration keeps the pause flags. Its types cannot be used: two programs of Anchor 2 cannot be
/// linked into a third. A test holds this to the layout.
pub const MARKETS_PAUSED_AT: usize = 206;
pub const STAKING: Address = address!("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG");
pub const REWARDS: Address = address!("32dEyfbMDM58tKr4xEvAWVByo9t14so5g7zwJ673A9KA");
pub const SLASHING: Address = address!("3uryKioSZhC2NwVpUEg5vg94QXANB1GaH4eEJHGuNSSA");
