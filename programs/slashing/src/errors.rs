//! Errors of this program; Anchor's account checks have their own.
use anchor_lang::prelude::*;

#[error_code(offset = 6300)]
#[derive(Debug)]
pub enum SlashingError {
    // Authority
    #[msg("The signer is not the program's upgrade authority, which alone may initialise it")]
    NotUpgradeAuthority,
    #[msg("The signer is not the configured authority")]
    NotAuthority,
    #[msg("The signer is not the proposed authority")]
    NotPendingAuthority,
    #[msg("The signer is not the accused, who alone may appeal")]
    NotAccused,

    // Configuration
    #[msg("The mint does not have 6 decimals")]
    WrongDecimals,
    #[msg("A parameter is out of range")]
    BadParams,

    // Accounts that belong together
    #[msg("The mint is not the configured mint")]
    WrongMint,
    #[msg("The account is not the one that paid the rent and gets it back")]
    WrongPayer,
    #[msg("The stake does not belong to the accused or the validator")]
    WrongStake,
    #[msg("The record does not belong to the accused")]
    WrongRecord,
    #[msg("The vote belongs to another report")]
    WrongVote,
    #[msg("The token account does not belong to the wallet that the tokens are due to")]
    WrongDestination,

    // Reports
    #[msg("The number is not a valid fault reason; expected 0 to 4")]
    BadReason,
    #[msg("The reporter is the accused")]
    SelfReport,
    #[msg("Zero is not a valid evidence digest")]
    EmptyEvidence,
    #[msg("The accused's stake has nothing that a report could take")]
    NothingAtStake,
    #[msg("The reason is a verdict on a job; bring the job with open_from_job")]
    NotSubjective,
    #[msg("The account is not a job with this number")]
    WrongJob,
    #[msg("The account is not the accused's node")]
    WrongNode,

    // Votes
    #[msg("The report is not open for votes")]
    NotVoting,
    #[msg("The voting is over")]
    VotingOver,
    #[msg("The voting is not over")]
    VotingNotOver,
    #[msg("The validator is the reporter or the accused")]
    Partial,
    #[msg("The stake had no weight before the report was opened")]
    NoVotes,
    #[msg("The stake is below the least stake of a validator")]
    StakeTooLow,
    #[msg("The stake could be withdrawn before the voting ends")]
    StakeCouldLeave,

    // Appeals and execution
    #[msg("The report is not confirmed")]
    NotConfirmed,
    #[msg("The time to appeal is over")]
    AppealOver,
    #[msg("The time to appeal is not over")]
    AppealNotOver,
    #[msg("The report is neither confirmed nor upheld")]
    NotExecutable,
    #[msg("The accused was punished for this reason less than a day ago")]
    CoolingDown,
    #[msg("The accused's stake has already lost the daily maximum")]
    DailyCapReached,

    // Claims
    #[msg("The report has not ended")]
    ReportOpen,
    #[msg("The report owes the wallet nothing")]
    NothingDue,
    #[msg("The vote has no fee to claim")]
    NoFee,
    #[msg("The vote's report is still open, or the vote has a fee to claim")]
    VoteInUse,
    #[msg("The report has unclaimed dues and ended less than 90 days ago")]
    Unclaimed,
    #[msg("The record is still in use by an open report, the daily maximum or a cooldown")]
    RecordInUse,

    // Arithmetic
    #[msg("A calculation overflowed")]
    Overflow,
    #[msg("The account's state is not consistent after the instruction")]
    InvariantBroken,
}
