//! Errors of this program; Anchor's account checks have their own.
use anchor_lang::prelude::*;

#[error_code(offset = 6200)]
pub enum RewardsError {
    // Authority
    #[msg("The signer is not the program's upgrade authority, which alone may initialise it")]
    NotUpgradeAuthority,
    #[msg("The signer is not the accumulator's authority")]
    NotAuthority,
    #[msg("The signer is not the proposed authority")]
    NotPendingAuthority,

    // Accounts
    #[msg("The mint does not have 6 decimals")]
    WrongDecimals,
    #[msg("The mint is not the pool's mint")]
    WrongMint,
    #[msg("The signer does not own the stake that earned the rewards")]
    NotOwner,
    #[msg("The account is not the staking program")]
    WrongStakingProgram,

    // Amounts and times
    #[msg("The window is not valid; expected 1 hour to 365 days")]
    BadWindow,
    #[msg("The stake has no rewards to claim")]
    NothingToClaim,

    // Arithmetic
    #[msg("A calculation overflowed")]
    Overflow,
    #[msg("The account's state is not consistent after the instruction")]
    InvariantBroken,
}
