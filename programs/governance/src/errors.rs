//! Errors of this program; Anchor's account checks have their own.
use anchor_lang::prelude::*;

#[error_code(offset = 6400)]
#[derive(Debug)]
pub enum GovernanceError {
    // Authority
    #[msg("The signer is not the program's upgrade authority, which alone may initialise it")]
    NotUpgradeAuthority,
    #[msg("The signer is not the DAO's authority, which signs only executed proposals")]
    NotAuthority,
    #[msg("The signer is not the guardian")]
    NotGuardian,
    #[msg("The guardian's mandate is over")]
    GuardianExpired,
    #[msg("The guardian signed for another version of the configuration")]
    WrongVersion,
    #[msg("The signer is not the proposer")]
    NotProposer,
    #[msg("The signer is not the voter, who alone may close the vote's record")]
    NotVoter,
    #[msg("The transaction uses a durable nonce; expected a recent blockhash")]
    DurableNonce,

    // Configuration
    #[msg("The mint does not have 6 decimals")]
    WrongDecimals,
    #[msg("The token account or pool has another mint")]
    WrongMint,
    #[msg("The quorum is not valid; expected 1 to 10,000 bps and a threshold above zero")]
    BadQuorum,
    #[msg("The voting period, a timelock or the execution window is out of range")]
    BadTimes,
    #[msg("The mandate is not valid; expected an end within 366 days, or zero without a guardian")]
    BadGuardian,
    #[msg("The token account cannot be the operations account")]
    BadOperations,
    #[msg("The account is not a program that the DAO governs")]
    UnknownProgram,
    #[msg("The flags are not valid; the guardian must add at least one pause flag and cannot clear any")]
    BadPauseFlags,

    // Accounts that belong together
    #[msg("The account is not the one that paid the rent and gets it back")]
    WrongPayer,
    #[msg("The pool is not the configured pool")]
    WrongPool,
    #[msg("The stake does not belong to the expected wallet")]
    WrongStake,
    #[msg("The vote belongs to another proposal")]
    WrongProposal,
    #[msg("The token account is not the configured destination of the release")]
    WrongDestination,

    // Proposals
    #[msg("The number is not a valid kind of proposal; expected 0 to 4")]
    BadKind,
    #[msg("The number is not a valid choice; expected 0, 1 or 2")]
    BadChoice,
    #[msg("The pool has no weight, so no wallet could vote")]
    NothingStaked,
    #[msg("The stake's weight is below the threshold for a proposal")]
    BelowThreshold,
    #[msg("Zero is not a valid description hash")]
    EmptyDescription,
    #[msg("The proposal is not a draft")]
    NotDraft,
    #[msg("The proposal is not open for votes")]
    NotActive,
    #[msg("The proposal has not succeeded")]
    NotSucceeded,
    #[msg("The proposal is not queued")]
    NotQueued,
    #[msg("The proposal cannot be cancelled in its status")]
    NotCancellable,
    #[msg("The proposal cannot be vetoed in its status")]
    NotVetoable,
    #[msg("The proposal cannot expire in its status")]
    NotExpirable,
    #[msg("The proposal has not ended")]
    NotEnded,
    #[msg("The draft is older than 7 days and cannot be activated")]
    DraftTooOld,

    // Instructions
    #[msg("The instruction is not allowed in a proposal of this kind")]
    InstructionNotAllowed,
    #[msg("The proposal already holds 8 instructions, the most it can")]
    TooManyInstructions,
    #[msg("The instruction count is not valid; expected none in a text proposal and at least one in any other")]
    WrongInstructionCount,
    #[msg("The instruction is not valid; expected at most 24 accounts, 640 bytes of data and flags 0 to 3")]
    BadInstruction,
    #[msg("The index is not the next instruction's; instructions run in order, each once")]
    WrongIndex,
    #[msg("The instruction is not the one that voters approved")]
    WrongInstruction,

    // Votes
    #[msg("The stake had no weight before the proposal was created")]
    NoWeight,
    #[msg("The stake could be withdrawn before the vote ends")]
    StakeLeavesTooSoon,
    #[msg("The vote is over")]
    VotingOver,
    #[msg("The vote is not over")]
    VotingNotOver,

    // Time
    #[msg("The timelock is not over")]
    TimelockNotOver,
    #[msg("The window to queue or execute the proposal is over")]
    WindowOver,
    #[msg("The window to queue or execute the proposal is not over")]
    WindowNotOver,
    #[msg("The proposal ended less than 30 days ago and cannot be closed yet")]
    RetentionNotOver,

    // Money
    #[msg("Zero is not a valid amount; expected at least 1 base unit")]
    ZeroAmount,
    #[msg("The unlocked amount is below 1 HYPER, the least of a release")]
    TooLittleToRelease,

    // Arithmetic
    #[msg("A calculation overflowed")]
    Overflow,
    #[msg("The account's state is not consistent after the instruction")]
    InvariantBroken,
}
