"""Errors of the governance program. Written by `make generate`."""

from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal

from .addresses import PROGRAM_ID


class NotUpgradeAuthority(Refusal):
    """Only the program's upgrade authority may initialise it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6400


class NotAuthority(Refusal):
    """Only an executed proposal may do this"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6401


class NotGuardian(Refusal):
    """Only the guardian may do this"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6402


class GuardianExpired(Refusal):
    """The guardian's mandate is over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6403


class WrongVersion(Refusal):
    """This was signed for another version of the configuration"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6404


class NotProposer(Refusal):
    """Only the proposer may do this"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6405


class NotVoter(Refusal):
    """A vote's rent is only given back to its voter's payer, by the voter"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6406


class DurableNonce(Refusal):
    """A transaction that could be signed long ago, with a durable nonce, is refused here"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6407


class WrongDecimals(Refusal):
    """The mint must have 6 decimals"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6408


class WrongMint(Refusal):
    """The token account or pool is of another mint"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6409


class BadQuorum(Refusal):
    """The quorum must be 1 to 10,000 basis points and the threshold more than zero"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6410


class BadTimes(Refusal):
    """The voting period, a timelock or the execution window is out of range"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6411


class BadGuardian(Refusal):
    """A guardian's mandate is at most 366 days, and nobody's has none"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6412


class BadOperations(Refusal):
    """This account cannot take the operations' part"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6413


class UnknownProgram(Refusal):
    """The program is none whose authority can be accepted"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6414


class BadPauseFlags(Refusal):
    """A guardian only ever adds pause flags, and at least one"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6415


class WrongPayer(Refusal):
    """Rent goes back to the account that paid it"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6416


class WrongPool(Refusal):
    """The pool is not the configured one"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6417


class WrongStake(Refusal):
    """The stake belongs to someone else"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6418


class WrongProposal(Refusal):
    """The vote is about another proposal"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6419


class WrongDestination(Refusal):
    """The token account is not the configured destination"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6420


class BadKind(Refusal):
    """There is no such kind of proposal"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6421


class BadChoice(Refusal):
    """There is no such choice"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6422


class NothingStaked(Refusal):
    """Nothing is staked, so nobody could vote"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6423


class BelowThreshold(Refusal):
    """The stake weighs less than a proposal needs"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6424


class EmptyDescription(Refusal):
    """A description hash must not be zero"""

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
    """The proposal cannot be cancelled any more"""

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
    """The draft is too old"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6434


class InstructionNotAllowed(Refusal):
    """A proposal of this kind cannot hold this instruction"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6435


class TooManyInstructions(Refusal):
    """A proposal holds at most 8 instructions"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6436


class WrongInstructionCount(Refusal):
    """A text proposal holds no instruction, every other at least one"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6437


class BadInstruction(Refusal):
    """The instruction has too many accounts or too much data, or flags that do not exist"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6438


class WrongIndex(Refusal):
    """The instructions are executed in their order, each once"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6439


class WrongInstruction(Refusal):
    """This is not the instruction that was voted for"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6440


class NoWeight(Refusal):
    """The stake had no weight before the proposal was made"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6441


class StakeLeavesTooSoon(Refusal):
    """The stake could leave before the vote ends"""

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
    """The time to do this is over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6446


class WindowNotOver(Refusal):
    """The time to do this is not over"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6447


class RetentionNotOver(Refusal):
    """An ended proposal stays for 30 days"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6448


class ZeroAmount(Refusal):
    """The amount must be more than zero"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6449


class TooLittleToRelease(Refusal):
    """Less than 1 HYPER is not worth a release"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6450


class Overflow(Refusal):
    """A number left its range"""

    PROGRAM = PROGRAM_ID
    NUMBER = 6451


class InvariantBroken(Refusal):
    """The account broke its own invariant"""

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
