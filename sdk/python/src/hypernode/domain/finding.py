"""Findings of oracles and replicas about one submission, and the claim that they judge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from hypernode.domain.attestation import Reason
from hypernode.domain.pricing import BPS
from hypernode.domain.result import MACHINE_LIMITS, Ending, Result

# Replicas that must say the same before a difference is the node's, or its machine's.
NEEDED_REPLICAS = 2
# Fewer other operators in a class verify nothing.
MIN_CLASS = 3
MAX_REPLICAS = 5


@dataclass(frozen=True, slots=True)
class Passed:
    """Every gate is open; the member repeated nothing."""


@dataclass(frozen=True, slots=True)
class Shut:
    """A gate failed."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Repeated:
    """The member's run, or both its runs where they agree."""

    result: Result
    seconds: int
    peak_memory: int = 0


@dataclass(frozen=True, slots=True)
class Varies:
    """The member's two runs differ."""


@dataclass(frozen=True, slots=True)
class Cannot:
    """The member tried and could not run the job: its image, its size, its hardware."""

    reason: str


Finding = Passed | Shut | Repeated | Varies | Cannot


class Step(Enum):
    """What the oracles do before there can be a verdict."""

    WAIT = "wait for members of the panel"
    STAGE_TWO = (
        "the first k members run the job and commit, a second time if they differ from r; then the rest"
    )
    REPLICAS = "ask one more replica, or wait for it"
    REPLICATE = "no quorum of oracles can run the job: replicas decide (hypernode.domain.replicas)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is judged: the frozen job, and the result that the receipt claims."""

    oracles: int
    quorum: int
    drawn: bool
    result: Result
    seconds: int
    timeout_seconds: int
    memory_bytes: int = 0
    baseline_bps: int = BPS
    pays_impossible: bool = True
    # Other operators of the node's machine class, counted up to five.
    others: int = 0

    @property
    def is_repeated(self) -> bool:
        """Return False for a stopped run: the buyer's signature is a gate, and no repetition meets it."""
        return self.drawn and self.result.ending is not Ending.STOPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What is known now. Members are positions in the panel; replicas are of the node's machine class."""

    members: Mapping[int, Finding]
    stage_two: bool = False
    replicas: Sequence[Repeated] = ()
    # Replicas that may still answer, up to five in all.
    more_replicas: int = 0
    # True near the end of the verdict window: silent members are no longer waited for.
    is_closing: bool = False


Matches = Callable[[Result, Result], bool]


def exactly(one: Result, other: Result) -> bool:
    """Compare two results of an exact job. A job with a tolerance has its own comparator."""
    return one == other


def must_repeat(result: Result) -> bool:
    """Return True if a claim is always drawn: nobody checks a claimed limit that nobody repeats."""
    return result.ending in MACHINE_LIMITS
