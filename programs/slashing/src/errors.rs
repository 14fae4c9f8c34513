//! What this program refuses, beside Anchor's own account checks.
use anchor_lang::prelude::*;
use hypernode_common::ed25519::Refusal;
use hypernode_runtime::quorum::Unattested;

#[error_code(offset = 6300)]
#[derive(Debug)]
pub enum SlashingError {
    // Authority
    #[msg("Only the program's upgrade authority may initialise it")]
    NotUpgradeAuthority,
    #[msg("Only the configured authority may do this")]
    NotAuthority,
    #[msg("Only the proposed authority may accept")]
    NotPendingAuthority,
    #[msg("Only the accused may appeal")]
    NotAccused,

    // Configuration
    #[msg("The mint must have 6 decimals")]
    WrongDecimals,
    #[msg("A parameter is out of its bounds")]
    BadParams,

    // Accounts that belong together
    #[msg("The mint is not the configured one")]
    WrongMint,
    #[msg("Rent goes back to the account that paid it")]
    WrongPayer,
    #[msg("The stake belongs to someone else")]
    WrongStake,
    #[msg("The record belongs to someone else")]
    WrongRecord,
    #[msg("The account is not this fault's")]
    WrongFault,
    #[msg("The vote belongs to another report")]
    WrongVote,
    #[msg("The token account does not belong to whom the tokens are due")]
    WrongDestination,
    #[msg("The account is not the markets program's oracle set")]
    WrongOracleSet,

    // Reports
    #[msg("There is no such reason")]
    BadReason,
    #[msg("Nobody reports himself")]
    SelfReport,
    #[msg("The accused is not the harmed buyer")]
    BadBuyer,
    #[msg("This reason needs a job, and a sequence belongs to a job")]
    BadJob,
    #[msg("The evidence must not be zero")]
    EmptyEvidence,
    #[msg("The accused has nothing staked")]
    NothingAtStake,
    #[msg("The job was punished already")]
    AlreadyPunished,
    #[msg("Too many reports against this wallet are open")]
    TooManyReports,

    // Votes
    #[msg("The report is not being voted on")]
    NotVoting,
    #[msg("The voting is over")]
    VotingOver,
    #[msg("The voting is not over")]
    VotingNotOver,
    #[msg("The reporter, the accused and the harmed buyer do not vote")]
    Partial,
    #[msg("The stake carries no vote: it must have been locked since before the report")]
    NoVotes,
    #[msg("The stake is below the least of a validator")]
    StakeTooLow,
    #[msg("The stake could leave before the voting ends")]
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
    #[msg("The accused was punished as much as one day allows")]
    DailyCapReached,
    #[msg("The report has ended")]
    ReportEnded,
    #[msg("The job was not punished")]
    NotPunished,

    // Attestations
    #[msg("Oracles attest timeouts and invalid results only")]
    NotObjective,
    #[msg("report_attested must be a top-level instruction")]
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
    #[msg("The attestation is over, or is valid for too long")]
    BadExpiry,

    // Claims
    #[msg("The report has not ended")]
    ReportOpen,
    #[msg("Nothing is due")]
    NothingDue,
    #[msg("The vote has no bounty")]
    NoBounty,
    #[msg("The vote still counts, or has a bounty to claim")]
    VoteInUse,
    #[msg("Somebody has not claimed what is due, and its time is not over")]
    Unclaimed,
    #[msg("The record is still needed")]
    RecordInUse,

    // Arithmetic
    #[msg("A number left its range")]
    Overflow,
    #[msg("The account broke its own invariant")]
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
