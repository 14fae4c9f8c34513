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
    #[msg("This is not the accumulator of the rewards program")]
    WrongAccumulator,
    #[msg("Only the slashing program may hold or take a stake")]
    NotSlasher,
    #[msg("Only the rewards program may pay rewards out")]
    NotRewards,

    // Amounts and times
    #[msg("The amount must be more than zero")]
    ZeroAmount,
    #[msg("The duration must be between 14 and 365 days")]
    BadDuration,
    #[msg("A duration can only be lengthened")]
    DurationNotLonger,
    #[msg("No more than the stake can be taken")]
    MoreThanStaked,

    // State
    #[msg("The stake is cooling down")]
    CoolingDown,
    #[msg("The stake is not cooling down")]
    NotCoolingDown,
    #[msg("The cooldown is not over")]
    CooldownNotOver,
    #[msg("The cooldown is over, so the stake can no longer be held")]
    CooldownOver,
    #[msg("A report is open; the stake stays until it ends")]
    StakeHeld,
    #[msg("The stake is not held")]
    NotHeld,
    #[msg("Nothing is staked")]
    NothingStaked,
    #[msg("Claim the rewards first, or forfeit them")]
    RewardsUnclaimed,
    #[msg(
        "Weight grows only at an index of now: put the rewards program's distribute before this"
    )]
    RewardsStale,

    // Arithmetic
    #[msg("A number left its range")]
    Overflow,
    #[msg("The account broke its own invariant")]
    InvariantBroken,
}
