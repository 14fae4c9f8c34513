//! The programs that this one calls, as types that Anchor can check.
use anchor_lang::{address, prelude::*};

pub struct Staking;

impl Id for Staking {
    const IDL_ADDRESS: &'static str = "BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG";

    fn id() -> Address {
        staking::ID
    }
}

pub struct Markets;

impl Id for Markets {
    const IDL_ADDRESS: &'static str = "9VVwASsaFQZpLGeaPccLrNKfzbupLxGbcqsKLEjwoV9n";

    fn id() -> Address {
        address!("9VVwASsaFQZpLGeaPccLrNKfzbupLxGbcqsKLEjwoV9n")
    }
}
