//! What this program refuses, beside Anchor's own account checks.
use anchor_lang::prelude::*;
use hypernode_common::ed25519::Refusal;
use hypernode_runtime::quorum::Unattested;

#[error_code]
#[derive(Debug)]
pub enum MarketsError {
    // Authority
    #[msg("Only the program's upgrade authority may initialise it")]
    NotUpgradeAuthority,
    #[msg("Only the configured authority may do this")]
    NotAuthority,
    #[msg("Only the proposed authority may accept")]
    NotPendingAuthority,
    #[msg("Only the market's creator may do this")]
    NotCreator,
    #[msg("Only the node's operator may do this")]
    NotOperator,
    #[msg("Only the node's worker key may do this")]
    NotWorkerKey,
    #[msg("Only the market's matcher may do this")]
    NotMatcher,
    #[msg("Only the wallet that owns the buyer account may do this")]
    NotOwner,

    // Configuration
    #[msg("This is paused; refunds and withdrawals never are")]
    Paused,
    #[msg("The mint is not the configured one")]
    WrongMint,
    #[msg("The mint must have 6 decimals")]
    WrongDecimals,
    #[msg("The shares must add up to at most 10,000, the stakers' within the protocol's")]
    BadFees,
    #[msg("The three fee destinations must be different accounts")]
    SameDestination,
    #[msg("There is no such pause flag")]
    BadPauseFlags,
    #[msg("An oracle set has 1 to 16 different keys and a threshold from 1 to their number, at most 4")]
    BadOracleSet,
    #[msg("The market's terms are out of range")]
    BadMarketTerms,

    // Accounts that belong together
    #[msg("Rent goes back to the account that paid it")]
    WrongPayer,
    #[msg("The account does not belong to this job")]
    WrongAccountForJob,
    #[msg("The token account is not the node's payout account")]
    WrongPayout,
    #[msg("The token account is not the configured fee destination")]
    WrongDestination,
    #[msg("The node's account is needed to expire an assigned job")]
    NodeMissing,
    #[msg("An address must not be zero")]
    ZeroAddress,

    // Jobs
    #[msg("The job is not posted")]
    JobNotPosted,
    #[msg("The job is not assigned")]
    JobNotAssigned,
    #[msg("The job is not submitted")]
    JobNotSubmitted,
    #[msg("The price must be more than zero, at least one second's rate, at most all seconds'")]
    BadPrice,
    #[msg("The rate is below the market's price")]
    RateTooLow,
    #[msg("The timeout is outside the market's bounds")]
    BadTimeout,
    #[msg("A spec hash must not be zero")]
    EmptySpec,
    #[msg("The GPU request or offer contradicts itself")]
    BadGpu,
    #[msg("The job's time to be assigned is over")]
    JobExpired,
    #[msg("The receipt comes after the deadline and its grace")]
    ReceiptTooLate,
    #[msg("The seconds used exceed the timeout or the time since assignment")]
    TooManySeconds,
    #[msg("The hashes of a receipt must not be zero")]
    EmptyReceipt,
    #[msg("The time for a verdict is over")]
    VerdictTooLate,
    #[msg("The current deadline of the job is not over")]
    NotExpired,

    // Nodes
    #[msg("The node is retired")]
    NodeRetired,
    #[msg("The node is retired already")]
    AlreadyRetired,
    #[msg("The node is not retired for 14 days")]
    NotRetiredLongEnough,
    #[msg("The node still has jobs")]
    NodeBusy,
    #[msg("A node may not take its operator's own job")]
    SelfDealing,
    #[msg("The stake belongs to someone else")]
    WrongStake,
    #[msg("The stake is cooling down")]
    StakeInactive,
    #[msg("The stake is below the market's minimum")]
    StakeTooLow,
    #[msg("The stake allows no further job at once")]
    CapacityReached,
    #[msg("The stake does not deter cheating on so much unsettled pay")]
    StakeDoesNotDeter,
    #[msg("The node's reputation is below the market's minimum")]
    ReputationTooLow,
    #[msg("The node's hardware does not fit the job")]
    HardwareMismatch,

    // Attestations
    #[msg("settle_job must be a top-level instruction")]
    CalledByProgram,
    #[msg("The instruction right before must be the Ed25519 precompile")]
    NoPrecompile,
    #[msg("The Ed25519 instruction is malformed")]
    MalformedPrecompile,
    #[msg("An Ed25519 entry points into another instruction")]
    ForeignPrecompileData,
    #[msg("An oracle signed something else")]
    WrongMessage,
    #[msg("A signer is not in the oracle set")]
    UnknownOracle,
    #[msg("The same oracle signed twice")]
    DuplicateOracle,
    #[msg("Fewer oracles signed than the threshold")]
    BelowThreshold,
    #[msg("A verdict is accept without a reason, or reject with one")]
    BadVerdict,

    // Money
    #[msg("The amount must be more than zero")]
    ZeroAmount,
    #[msg("The available balance is too low")]
    InsufficientFunds,
    #[msg("The buyer account still holds money")]
    BuyerNotEmpty,
    #[msg("A buyer account cannot be closed in the slot it was opened in")]
    OpenedInThisSlot,
    #[msg("There are no fees to collect")]
    NothingDue,

    // Arithmetic
    #[msg("A number left its range")]
    Overflow,
    #[msg("The account broke its own invariant")]
    InvariantBroken,

    // Buyer accounts
    #[msg("The token account is not the buyer account's vault")]
    WrongVault,
}

impl From<Unattested> for MarketsError {
    fn from(why: Unattested) -> Self {
        match why {
            Unattested::CalledByProgram => Self::CalledByProgram,
            Unattested::NoPrecompile => Self::NoPrecompile,
            Unattested::Refused(Refusal::Malformed) => Self::MalformedPrecompile,
            Unattested::Refused(Refusal::ForeignInstruction) => Self::ForeignPrecompileData,
            Unattested::Refused(Refusal::WrongMessage) => Self::WrongMessage,
            Unattested::Refused(Refusal::UnknownKey) => Self::UnknownOracle,
            Unattested::Refused(Refusal::DuplicateKey) => Self::DuplicateOracle,
        }
    }
}
