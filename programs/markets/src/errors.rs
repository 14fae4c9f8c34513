//! Errors of this program; Anchor's account checks have their own.
use anchor_lang::prelude::*;
use hypernode_common::ed25519::Refusal;
use hypernode_runtime::quorum::Unattested;

#[error_code]
#[derive(Debug)]
pub enum MarketsError {
    // Authority
    #[msg("The signer is not the program's upgrade authority, which alone may initialise it")]
    NotUpgradeAuthority,
    #[msg("The signer is not the configured authority")]
    NotAuthority,
    #[msg("The signer is not the proposed authority")]
    NotPendingAuthority,
    #[msg("The signer is not the market's creator")]
    NotCreator,
    #[msg("The signer is not the node's operator")]
    NotOperator,
    #[msg("The signer is not the node's worker key")]
    NotWorkerKey,
    #[msg("The signer is not the market's matcher")]
    NotMatcher,
    #[msg("The signer does not own the buyer account")]
    NotOwner,

    // Configuration
    #[msg("The instruction is paused; refunds and withdrawals still work")]
    Paused,
    #[msg("The mint is not the configured mint")]
    WrongMint,
    #[msg("The mint does not have 6 decimals")]
    WrongDecimals,
    #[msg("The fee shares are not valid; expected at most 3,000 bps in all, the stakers' within the protocol's")]
    BadFees,
    #[msg("The fee destinations are not three different accounts")]
    SameDestination,
    #[msg("The flags are not valid pause flags; expected bit 0 (new jobs) and bit 1 (new nodes)")]
    BadPauseFlags,
    #[msg("The oracle set is not valid; expected 3, 5 or 7 different keys, of which 2, 3 or 4 must sign")]
    BadOracleSet,
    #[msg("The market terms are out of range")]
    BadMarketTerms,

    // Accounts that belong together
    #[msg("The account is not the one that paid the rent and gets it back")]
    WrongPayer,
    #[msg("The account does not belong to the job")]
    WrongAccountForJob,
    #[msg("The token account is not the node's payout account")]
    WrongPayout,
    #[msg("The token account is not the configured fee destination")]
    WrongDestination,
    #[msg("The node's account is missing; an assigned or submitted job needs it to expire")]
    NodeMissing,
    #[msg("Zero is not a valid worker key")]
    ZeroAddress,

    // Jobs
    #[msg("The job is not posted")]
    JobNotPosted,
    #[msg("The job is not assigned")]
    JobNotAssigned,
    #[msg("The job is not submitted")]
    JobNotSubmitted,
    #[msg("The price is not valid; expected a rate above zero whose product with the timeout fits 64 bits")]
    BadPrice,
    #[msg("The rate is below what the market or the network asks a second")]
    RateTooLow,
    #[msg("The timeout is outside the market's bounds")]
    BadTimeout,
    #[msg("Zero is not a valid spec hash")]
    EmptySpec,
    #[msg(
        "The GPU fields are not valid; expected a vendor with a count above zero, or no GPU fields"
    )]
    BadGpu,
    #[msg("The job has expired and cannot be assigned")]
    JobExpired,
    #[msg("The receipt is late; the deadline and its grace are over")]
    ReceiptTooLate,
    #[msg("The seconds used exceed the timeout or the time since assignment")]
    TooManySeconds,
    #[msg("Zero is not a valid hash in a receipt")]
    EmptyReceipt,
    #[msg("The verdict is late; the verdict deadline is over")]
    VerdictTooLate,
    #[msg("The job's current deadline is not over")]
    NotExpired,
    #[msg("The job has ended")]
    JobEnded,
    #[msg("The job is neither rejected nor finally timed out")]
    JobNotEnded,
    #[msg(
        "The job waits for the report that collects its sentence; close it 30 days after its end"
    )]
    OutcomeKept,

    // Nodes
    #[msg("The node is retired")]
    NodeRetired,
    #[msg("The node is already retired")]
    AlreadyRetired,
    #[msg("The node has not been retired for 14 days")]
    NotRetiredLongEnough,
    #[msg("The node still has jobs")]
    NodeBusy,
    #[msg("The buyer of the job is the node's operator or worker key")]
    SelfDealing,
    #[msg("The stake does not belong to the expected wallet")]
    WrongStake,
    #[msg("The stake is cooling down")]
    StakeInactive,
    #[msg("The stake is below the market's minimum")]
    StakeTooLow,
    #[msg("The node already holds as many jobs as its stake allows")]
    CapacityReached,
    #[msg("The free stake is less than what the node's open jobs could cost it")]
    ExposureTooHigh,
    #[msg("The node's reputation is below the market's minimum")]
    ReputationTooLow,
    #[msg("The node's GPUs do not meet the job's request")]
    HardwareMismatch,

    // Attestations
    #[msg("Another program called settle_job; expected a top-level instruction")]
    CalledByProgram,
    #[msg("The instruction right before is not the Ed25519 precompile's")]
    NoPrecompile,
    #[msg("The Ed25519 instruction is malformed")]
    MalformedPrecompile,
    #[msg("An Ed25519 entry points into another instruction")]
    ForeignPrecompileData,
    #[msg("An oracle signed another message")]
    WrongMessage,
    #[msg("A signer is not in the oracle set")]
    UnknownOracle,
    #[msg("The same oracle signed twice")]
    DuplicateOracle,
    #[msg("Fewer oracles signed than the threshold requires")]
    BelowThreshold,
    #[msg("The verdict is not valid; expected accept without a reason or reject with one")]
    BadVerdict,

    // Money
    #[msg("Zero is not a valid amount; expected at least 1 base unit")]
    ZeroAmount,
    #[msg("The available balance is too low")]
    InsufficientFunds,
    #[msg("The buyer account still holds tokens")]
    BuyerNotEmpty,
    #[msg("The buyer account was opened in this slot; close it in a later slot")]
    OpenedInThisSlot,
    #[msg("The buyer account has no fees to collect")]
    NothingDue,

    // Arithmetic
    #[msg("A calculation overflowed")]
    Overflow,
    #[msg("The account's state is not consistent after the instruction")]
    InvariantBroken,

    // Buyer accounts
    #[msg("The token account is not the buyer account's vault")]
    WrongVault,

    // Terms that a job keeps
    #[msg("The number is not a valid reason to decline; expected 1 to 8")]
    BadDeclineReason,
    #[msg("The deadline of the receipt is over, and the job can no longer be declined")]
    DeclinedTooLate,
    #[msg("The buyer can accept the job only in the second half of its late window")]
    TooEarlyToAccept,
    #[msg("The stake's cooldown is shorter than the job's deadline, windows and time for a report together")]
    StakeTooShort,
    #[msg("The job was assigned two oracle epochs ago; nobody can judge it any more")]
    EpochOver,
    #[msg("The oracles were rotated less than 14 days ago")]
    RotatedRecently,
    #[msg("The minimum rate is too high; expected at most 0.01 HYPER a second")]
    BadMinRate,
    #[msg("The mint has a freeze authority, which could lock every vault")]
    MintCanFreeze,
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
