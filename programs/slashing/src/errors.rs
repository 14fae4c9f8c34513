//! Errors of this program; Anchor's account checks have their own.
use anchor_lang::prelude::*;
use hypernode_common::ed25519::Refusal;
use hypernode_runtime::quorum::Unattested;

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
    #[msg("The account is not the fault of this job")]
    WrongFault,
    #[msg("The vote belongs to another report")]
    WrongVote,
    #[msg("The token account does not belong to the wallet that the tokens are due to")]
    WrongDestination,
    #[msg("The account is not the markets program's oracle set")]
    WrongOracleSet,

    // Reports
    #[msg("The number is not a valid fault reason; expected 0 to 4")]
    BadReason,
    #[msg("The reporter is the accused")]
    SelfReport,
    #[msg("The harmed buyer is the accused")]
    BadBuyer,
    #[msg("The job is missing; this reason or the sequence needs one")]
    BadJob,
    #[msg("Zero is not a valid evidence digest")]
    EmptyEvidence,
    #[msg("The accused's stake is empty")]
    NothingAtStake,
    #[msg("The job was already punished")]
    AlreadyPunished,
    #[msg("The wallet already has 200 open reports against it")]
    TooManyReports,

    // Votes
    #[msg("The report is not open for votes")]
    NotVoting,
    #[msg("The voting is over")]
    VotingOver,
    #[msg("The voting is not over")]
    VotingNotOver,
    #[msg("The validator is the reporter, the accused or the harmed buyer")]
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
    #[msg("The report has ended")]
    ReportEnded,
    #[msg("The job was not punished")]
    NotPunished,

    // Attestations
    #[msg("The reason cannot be attested; expected a job timeout or an invalid result")]
    NotObjective,
    #[msg("Another program called report_attested; expected a top-level instruction")]
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
    #[msg("The attestation's expiry is not valid; expected at most 24 hours from now")]
    BadExpiry,

    // Claims
    #[msg("The report has not ended")]
    ReportOpen,
    #[msg("The report owes the wallet nothing")]
    NothingDue,
    #[msg("The vote has no bounty to claim")]
    NoBounty,
    #[msg("The vote's report is still open, or the vote has a bounty to claim")]
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

impl From<Unattested> for SlashingError {
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
