"""States of a job, and the lists of names that programs, API and CLI share."""

from enum import Enum, IntEnum, StrEnum
from typing import Self

from hypernode.errors import InvalidTransition


class Named(IntEnum):
    """A number on chain with one name for people and HTTP: `TIMED_OUT` is "TimedOut"."""

    @property
    def label(self) -> str:
        """The name as programs, API and CLI write it."""
        return "".join(word.capitalize() for word in self.name.split("_"))

    @classmethod
    def labelled(cls, label: str) -> Self:
        """Return the member with this label; raise `ValueError` if there is none."""
        for member in cls:
            if member.label == label:
                return member
        raise ValueError(f"{label!r} is not a valid {cls.__name__}")


class JobStatus(Named):
    """Status of a job's account. A job that ended has none, but the last two wait for their report.

    The last event of a job has its `Outcome`.
    """

    POSTED = 0
    ASSIGNED = 1
    SUBMITTED = 2
    REJECTED = 3
    TIMED_OUT = 4

    @property
    def is_end(self) -> bool:
        """True if the job has ended: nothing but the report of its sentence can follow."""
        return self >= JobStatus.REJECTED

    def after(self, arrow: "Arrow") -> "JobStatus | Outcome":
        """Return the status or outcome after an arrow; raise `InvalidTransition` for an impossible one."""
        try:
            return _ARROWS[self, arrow]
        except KeyError:
            raise InvalidTransition(f"{arrow.value} does not apply to a job that is {self.label}") from None


class Outcome(Named):
    """Why a job ended."""

    SETTLED = 1
    REJECTED = 2
    CANCELLED = 3
    EXPIRED = 4
    TIMED_OUT = 5
    UNVERIFIED = 6
    DECLINED = 7
    ACCEPTED = 8

    @property
    def refunds(self) -> bool:
        """True if the buyer got the whole cap back."""
        return self not in (Outcome.SETTLED, Outcome.ACCEPTED)


class Arrow(Enum):
    """What can happen to a live job; each is one branch of one instruction."""

    ASSIGN = "assign"
    SUBMIT = "submit_receipt"
    ACCEPT = "settle(accept)"
    REJECT = "settle(reject)"
    CANCEL = "cancel"
    EXPIRE = "expire(ttl)"
    REPOST = "expire(no receipt, attempts remain)"
    TIME_OUT = "expire(no receipt, no attempt remains)"
    GIVE_UP = "expire(no verdict)"
    DECLINE = "decline(attempts remain)"
    FAIL = "decline(no attempt remains)"
    PAY = "accept(no verdict)"


_ARROWS: dict[tuple[JobStatus, Arrow], JobStatus | Outcome] = {
    (JobStatus.POSTED, Arrow.ASSIGN): JobStatus.ASSIGNED,
    (JobStatus.POSTED, Arrow.CANCEL): Outcome.CANCELLED,
    (JobStatus.POSTED, Arrow.EXPIRE): Outcome.EXPIRED,
    (JobStatus.ASSIGNED, Arrow.SUBMIT): JobStatus.SUBMITTED,
    (JobStatus.ASSIGNED, Arrow.REPOST): JobStatus.POSTED,
    (JobStatus.ASSIGNED, Arrow.TIME_OUT): Outcome.TIMED_OUT,
    (JobStatus.ASSIGNED, Arrow.DECLINE): JobStatus.POSTED,
    (JobStatus.ASSIGNED, Arrow.FAIL): Outcome.DECLINED,
    (JobStatus.SUBMITTED, Arrow.PAY): Outcome.ACCEPTED,
    (JobStatus.SUBMITTED, Arrow.ACCEPT): Outcome.SETTLED,
    (JobStatus.SUBMITTED, Arrow.REJECT): Outcome.REJECTED,
    (JobStatus.SUBMITTED, Arrow.GIVE_UP): Outcome.UNVERIFIED,
}


class Verdict(Named):
    ACCEPT = 1
    REJECT = 2


class RejectReason(Named):
    """The first check that a rejected job failed; `NONE` goes with an accepting verdict only."""

    NONE = 0
    SPEC_MISMATCH = 1
    WRONG_NODE = 2
    BAD_SIGNATURE = 3
    LATE = 4
    IMAGE_MISMATCH = 5
    MISSING_BLOB = 6
    HASH_MISMATCH = 7
    OUTPUT_MISMATCH = 8
    USAGE_IMPLAUSIBLE = 9
    LIMIT = 11
    IMPOSSIBLE = 12


class DeclineReason(Named):
    """Why a worker gave a job back."""

    IMAGE_UNAVAILABLE = 1
    INPUT_UNAVAILABLE = 2
    DOES_NOT_FIT = 3
    FORBIDDEN_PROFILE = 4
    WRONG_CLOCK = 5
    OUTPUTS_TOO_LARGE = 6
    SHUTTING_DOWN = 7
    NODE_FAULT = 8


class DeterminismClass(StrEnum):
    """How two honest runs of a job may differ; it decides how an oracle compares them."""

    D0 = "D0"  # bit-exact everywhere
    D1 = "D1"  # bit-exact on the same architecture, driver and image
    D2 = "D2"  # within a tolerance that a comparator knows
    D3 = "D3"  # language model: seed-synchronised tokens
    D4 = "D4"  # not repeatable: never verified by re-execution
