"""Errors of the governance program. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal

from .addresses import PROGRAM_ID


class NotUpgradeAuthority(Refusal):
    """The signer is not the program's upgrade authority, which alone may initialise it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6400


class NotAuthority(Refusal):
    """The signer is not the DAO's authority, which signs only executed proposals"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6401


class NotGuardian(Refusal):
    """The signer is not the guardian"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6402


class GuardianExpired(Refusal):
    """The guardian's mandate is over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6403


class WrongVersion(Refusal):
    """The guardian signed for another version of the configuration"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6404


class NotProposer(Refusal):
    """The signer is not the proposer"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6405


class NotVoter(Refusal):
    """The signer is not the voter, who alone may close the vote's record"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6406


class DurableNonce(Refusal):
    """The transaction uses a durable nonce; expected a recent blockhash"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6407


class WrongDecimals(Refusal):
    """The mint does not have 6 decimals"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6408


class WrongMint(Refusal):
    """The token account or pool has another mint"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6409


class BadQuorum(Refusal):
    """The quorum is not valid; expected 1 to 10,000 bps and a threshold above zero"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6410


class BadTimes(Refusal):
    """The voting period, a timelock or the execution window is out of range"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6411


class BadGuardian(Refusal):
    """The mandate is not valid; expected an end within 366 days, or zero without a guardian"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6412


class BadOperations(Refusal):
    """The token account cannot be the operations account"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6413


class UnknownProgram(Refusal):
    """The account is not a program that the DAO governs"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6414


class BadPauseFlags(Refusal):
    """The flags are not valid; the guardian must add at least one pause flag and cannot clear any"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6415


class WrongPayer(Refusal):
    """The account is not the one that paid the rent and gets it back"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6416


class WrongPool(Refusal):
    """The pool is not the configured pool"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6417


class WrongStake(Refusal):
    """The stake does not belong to the expected wallet"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6418


class WrongProposal(Refusal):
    """The vote belongs to another proposal"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6419


class WrongDestination(Refusal):
    """The token account is not the configured destination of the release"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6420


class BadKind(Refusal):
    """The number is not a valid kind of proposal; expected 0 to 4"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6421


class BadChoice(Refusal):
    """The number is not a valid choice; expected 0, 1 or 2"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6422


class NothingStaked(Refusal):
    """The pool has no weight, so no wallet could vote"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6423


class BelowThreshold(Refusal):
    """The stake's weight is below the threshold for a proposal"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6424


class EmptyDescription(Refusal):
    """Zero is not a valid description hash"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6425


class NotDraft(Refusal):
    """The proposal is not a draft"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6426


class NotActive(Refusal):
    """The proposal is not open for votes"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6427


class NotSucceeded(Refusal):
    """The proposal has not succeeded"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6428


class NotQueued(Refusal):
    """The proposal is not queued"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6429


class NotCancellable(Refusal):
    """The proposal cannot be cancelled in its status"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6430


class NotVetoable(Refusal):
    """The proposal cannot be vetoed in its status"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6431


class NotExpirable(Refusal):
    """The proposal cannot expire in its status"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6432


class NotEnded(Refusal):
    """The proposal has not ended"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6433


class DraftTooOld(Refusal):
    """The draft is older than 7 days and cannot be activated"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6434


class InstructionNotAllowed(Refusal):
    """The instruction is not allowed in a proposal of this kind"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6435


class TooManyInstructions(Refusal):
    """The proposal already holds 8 instructions, the most it can"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6436


class WrongInstructionCount(Refusal):
    """The instruction count is not valid; expected none in a text proposal and at least one in any other"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6437


class BadInstruction(Refusal):
    """The instruction is not valid; expected at most 24 accounts, 640 bytes of data and flags 0 to 3"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6438


class WrongIndex(Refusal):
    """The index is not the next instruction's; instructions run in order, each once"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6439


class WrongInstruction(Refusal):
    """The instruction is not the one that voters approved"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6440


class NoWeight(Refusal):
    """The stake had no weight before the proposal was created"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6441


class StakeLeavesTooSoon(Refusal):
    """The stake could be withdrawn before the vote ends"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6442


class VotingOver(Refusal):
    """The vote is over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6443


class VotingNotOver(Refusal):
    """The vote is not over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6444


class TimelockNotOver(Refusal):
    """The timelock is not over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6445


class WindowOver(Refusal):
    """The window to queue or execute the proposal is over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6446


class WindowNotOver(Refusal):
    """The window to queue or execute the proposal is not over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6447


class RetentionNotOver(Refusal):
    """The proposal ended less than 30 days ago and cannot be closed yet"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6448


class ZeroAmount(Refusal):
    """Zero is not a valid amount; expected at least 1 base unit"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6449


class TooLittleToRelease(Refusal):
    """The unlocked amount is below 1 HYPER, the least of a release"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6450


class Overflow(Refusal):
    """A calculation overflowed"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6451


class InvariantBroken(Refusal):
    """The account's state is not consistent after the instruction"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6452


BY_NUMBER: Final[Mapping[int, type[Refusal]]] = {
    6400: NotUpgradeAuthority,
    6401: NotAuthority,
    6402: NotGuardian,
    6403: GuardianExpired,
    6404: WrongVersion,
    6405: NotProposer,
    6406: NotVoter,
    6407: DurableNonce,
    6408: WrongDecimals,
    6409: WrongMint,
    6410: BadQuorum,
    6411: BadTimes,
    6412: BadGuardian,
    6413: BadOperations,
    6414: UnknownProgram,
    6415: BadPauseFlags,
    6416: WrongPayer,
    6417: WrongPool,
    6418: WrongStake,
    6419: WrongProposal,
    6420: WrongDestination,
    6421: BadKind,
    6422: BadChoice,
    6423: NothingStaked,
    6424: BelowThreshold,
    6425: EmptyDescription,
    6426: NotDraft,
    6427: NotActive,
    6428: NotSucceeded,
    6429: NotQueued,
    6430: NotCancellable,
    6431: NotVetoable,
    6432: NotExpirable,
    6433: NotEnded,
    6434: DraftTooOld,
    6435: InstructionNotAllowed,
    6436: TooManyInstructions,
    6437: WrongInstructionCount,
    6438: BadInstruction,
    6439: WrongIndex,
    6440: WrongInstruction,
    6441: NoWeight,
    6442: StakeLeavesTooSoon,
    6443: VotingOver,
    6444: VotingNotOver,
    6445: TimelockNotOver,
    6446: WindowOver,
    6447: WindowNotOver,
    6448: RetentionNotOver,
    6449: ZeroAmount,
    6450: TooLittleToRelease,
    6451: Overflow,
    6452: InvariantBroken,
}
