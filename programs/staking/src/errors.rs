//! Errors of this program; Anchor's account checks have their own.
use anchor_lang::prelude::*;

#[error_code(offset = 6100)]
pub enum StakingError {
    // Authority
    #[msg("The signer is not the program's upgrade authority, which alone may initialise it")]
    NotUpgradeAuthority,
    #[msg("The signer is not the pool's authority")]
    NotAuthority,
    #[msg("The signer is not the proposed authority")]
    NotPendingAuthority,

    // Accounts
    #[msg("The mint does not have 6 decimals")]
    WrongDecimals,
    #[msg("The signer does not own the stake")]
    NotOwner,
    #[msg("The account is not the one that paid the rent and gets it back")]
    WrongPayer,
    #[msg("The account is not the rewards program's accumulator")]
    WrongAccumulator,
    #[msg("The signer is not the slashing program, which alone may hold or slash a stake")]
    NotSlasher,
    #[msg("The signer is not the rewards program, which alone may take rewards")]
    NotRewards,

    // Amounts and times
    #[msg("Zero is not a valid amount; expected at least 1 base unit")]
    ZeroAmount,
    #[msg("The duration is not valid; expected 14 to 365 days")]
    BadDuration,
    #[msg("The new duration is not longer than the current one")]
    DurationNotLonger,
    #[msg("The amount is larger than the stake")]
    MoreThanStaked,

    // State
    #[msg("The stake is cooling down")]
    CoolingDown,
    #[msg("The stake is not cooling down")]
    NotCoolingDown,
    #[msg("The cooldown is not over")]
    CooldownNotOver,
    #[msg("The cooldown is over; the stake can no longer be held")]
    CooldownOver,
    #[msg("The stake is held until every report against its owner has ended")]
    StakeHeld,
    #[msg("The stake is not held")]
    NotHeld,
    #[msg("The stake is empty")]
    NothingStaked,
    #[msg("The stake has unclaimed rewards; claim or forfeit them first")]
    RewardsUnclaimed,
    #[msg("The rewards index is out of date; run distribute of the rewards program first")]
    RewardsStale,

    // Arithmetic
    #[msg("A calculation overflowed")]
    Overflow,
    #[msg("The account's state is not consistent after the instruction")]
    InvariantBroken,
}
