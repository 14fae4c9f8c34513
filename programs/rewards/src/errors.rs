//! What this program refuses, beside Anchor's own account checks.
use anchor_lang::prelude::*;

#[error_code(offset = 6200)]
pub enum RewardsError {
    // Authority
    #[msg("Only the program's upgrade authority may initialise it")]
    NotUpgradeAuthority,
    #[msg("Only the accumulator's authority may do this")]
    NotAuthority,
    #[msg("Only the proposed authority may accept")]
    NotPendingAuthority,

    // Accounts
    #[msg("The mint must have 6 decimals")]
    WrongDecimals,
    #[msg("The mint is not the staked one")]
    WrongMint,
    #[msg("Rewards belong to the wallet whose stake earned them")]
    NotOwner,
    #[msg("This is not the staking program")]
    WrongStakingProgram,

    // Amounts and times
    #[msg("A window must be between an hour and a year")]
    BadWindow,
    #[msg("There is nothing to claim yet")]
    NothingToClaim,

    // Arithmetic
    #[msg("A number left its range")]
    Overflow,
    #[msg("The account broke its own invariant")]
    InvariantBroken,
}
