//! The program that this one calls.
use anchor_lang::prelude::*;

/// The staking program, as the callee that it must be.
pub struct Staking;

impl Id for Staking {
    const IDL_ADDRESS: &'static str = "BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG";

    fn id() -> Address {
        staking::ID
    }
}
