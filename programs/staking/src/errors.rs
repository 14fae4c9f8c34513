//! What this program refuses, beside Anchor's own account checks.
use anchor_lang::prelude::*;

#[error_code(offset = 6100)]
pub enum StakingError {
    // Authority
    #[msg("Only the program's upgrade authority may initialise it")]
    NotUpgradeAuthority,
    #[msg("Only the pool's authority may do this")]
    NotAuthority,
    #[msg("Only the proposed authority may accept")]
    NotPendingAuthority,

    // Accounts
    #[msg("The mint must have 6 decimals")]
    WrongDecimals,
    #[msg("A stake belongs to the wallet that signs for it")]
    NotOwner,
    #[msg("Rent goes back to the account that paid it")]
    WrongPayer,

    // Amounts and times
    #[msg("The amount must be more than zero")]
    ZeroAmount,
    #[msg("The duration must be between 14 and 365 days")]
    BadDuration,
    #[msg("A duration can only be lengthened")]
    DurationNotLonger,

    // State
    #[msg("The stake is cooling down")]
    CoolingDown,
    #[msg("The stake is not cooling down")]
    NotCoolingDown,
    #[msg("The cooldown is not over")]
    CooldownNotOver,

    // Arithmetic
    #[msg("A number left its range")]
    Overflow,
    #[msg("The account broke its own invariant")]
    InvariantBroken,
}
