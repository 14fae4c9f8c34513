//! The staking program as a type that Anchor can check.
use anchor_lang::prelude::*;

pub struct Staking;

impl Id for Staking {
    const IDL_ADDRESS: &'static str = "BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG";

    fn id() -> Address {
        staking::ID
    }
}
