//! What this program refuses, beside Anchor's own account checks.
use anchor_lang::prelude::*;

#[error_code(offset = 6400)]
#[derive(Debug)]
pub enum GovernanceError {
    // Authority
    #[msg("Only the program's upgrade authority may initialise it")]
    NotUpgradeAuthority,
    #[msg("Only an executed proposal may do this")]
    NotAuthority,
    #[msg("Only the guardian may do this")]
    NotGuardian,
    #[msg("The guardian's mandate is over")]
    GuardianExpired,
    #[msg("This was signed for another version of the configuration")]
    WrongVersion,
    #[msg("Only the proposer may do this")]
    NotProposer,
    #[msg("A vote's rent is only given back to its voter's payer, by the voter")]
    NotVoter,
    #[msg("A transaction that could be signed long ago, with a durable nonce, is refused here")]
    DurableNonce,

    // Configuration
    #[msg("The mint must have 6 decimals")]
    WrongDecimals,
    #[msg("The token account or pool is of another mint")]
    WrongMint,
    #[msg("The quorum must be 1 to 10,000 basis points and the threshold more than zero")]
    BadQuorum,
    #[msg("The voting period, a timelock or the execution window is out of range")]
    BadTimes,
    #[msg("A guardian's mandate is at most 366 days, and nobody's has none")]
    BadGuardian,
    #[msg("This account cannot take the operations' part")]
    BadOperations,
    #[msg("The program is none whose authority can be accepted")]
    UnknownProgram,
    #[msg("A guardian only ever adds pause flags, and at least one")]
    BadPauseFlags,

    // Accounts that belong together
    #[msg("Rent goes back to the account that paid it")]
    WrongPayer,
    #[msg("The pool is not the configured one")]
    WrongPool,
    #[msg("The stake belongs to someone else")]
    WrongStake,
    #[msg("The vote is about another proposal")]
    WrongProposal,
    #[msg("The token account is not the configured destination")]
    WrongDestination,

    // Proposals
    #[msg("There is no such kind of proposal")]
    BadKind,
    #[msg("There is no such choice")]
    BadChoice,
    #[msg("Nothing is staked, so nobody could vote")]
    NothingStaked,
    #[msg("The stake weighs less than a proposal needs")]
    BelowThreshold,
    #[msg("A description hash must not be zero")]
    EmptyDescription,
    #[msg("The proposal is not a draft")]
    NotDraft,
    #[msg("The proposal is not open for votes")]
    NotActive,
    #[msg("The proposal has not succeeded")]
    NotSucceeded,
    #[msg("The proposal is not queued")]
    NotQueued,
    #[msg("The proposal cannot be cancelled any more")]
    NotCancellable,
    #[msg("The proposal cannot be vetoed in its status")]
    NotVetoable,
    #[msg("The proposal cannot expire in its status")]
    NotExpirable,
    #[msg("The proposal has not ended")]
    NotEnded,
    #[msg("The draft is too old")]
    DraftTooOld,

    // Instructions
    #[msg("A proposal of this kind cannot hold this instruction")]
    InstructionNotAllowed,
    #[msg("A proposal holds at most 8 instructions")]
    TooManyInstructions,
    #[msg("A text proposal holds no instruction, every other at least one")]
    WrongInstructionCount,
    #[msg("The instruction has too many accounts or too much data, or flags that do not exist")]
    BadInstruction,
    #[msg("The instructions are executed in their order, each once")]
    WrongIndex,
    #[msg("This is not the instruction that was voted for")]
    WrongInstruction,

    // Votes
    #[msg("The stake had no weight before the proposal was made")]
    NoWeight,
    #[msg("The stake could leave before the vote ends")]
    StakeLeavesTooSoon,
    #[msg("The vote is over")]
    VotingOver,
    #[msg("The vote is not over")]
    VotingNotOver,

    // Time
    #[msg("The timelock is not over")]
    TimelockNotOver,
    #[msg("The time to do this is over")]
    WindowOver,
    #[msg("The time to do this is not over")]
    WindowNotOver,
    #[msg("An ended proposal stays for 30 days")]
    RetentionNotOver,

    // Money
    #[msg("The amount must be more than zero")]
    ZeroAmount,
    #[msg("Less than 1 HYPER is not worth a release")]
    TooLittleToRelease,

    // Arithmetic
    #[msg("A number left its range")]
    Overflow,
    #[msg("The account broke its own invariant")]
    InvariantBroken,
}
