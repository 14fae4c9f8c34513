"""Accounts of the model: what a buyer, a job, a node and a stake hold."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar

from hypernode.chain.generated.markets import MarketTerms
from hypernode.domain.pricing import FeeShares
from hypernode.domain.reputation import PROBATION_JOBS
from hypernode.domain.staking import weight
from hypernode.domain.status import Arrow, JobStatus, Outcome
from hypernode.errors import DomainError

Key = TypeVar("Key")
Value = TypeVar("Value")

TREASURY, STAKERS, OPERATIONS = "treasury", "stakers", "operations"
DESTINATIONS = (TREASURY, STAKERS, OPERATIONS)


class Refused(DomainError):
    """The programs must refuse this action."""


@dataclass
class Buyer:
    available: int = 0
    locked: int = 0
    dues: Counter[str] = field(default_factory=Counter)
    # what strangers sent to the vault; it belongs to nobody's books
    donated: int = 0

    @property
    def vault(self) -> int:
        return self.available + self.locked + self.dues.total() + self.donated


@dataclass
class Job:
    buyer: str
    terms: MarketTerms
    shares: FeeShares
    cap: int
    rate: int
    timeout_seconds: int
    expires_at: int
    status: JobStatus = JobStatus.POSTED
    attempt: int = 0
    node: str | None = None
    assigned_at: int = 0
    deadline: int = 0
    seconds_used: int = 0
    verdict_deadline: int = 0
    late_until: int = 0
    declines: int = 0
    audit_bps: int = 0
    exposure: int = 0

    @property
    def attempt_seconds(self) -> int:
        return self.terms.start_allowance + self.timeout_seconds + self.terms.grace

    def is_final(self, now: int) -> bool:
        """Return whether no further attempt can follow the present one."""
        return self.attempt - self.declines >= self.terms.max_attempts or now > self.expires_at

    @property
    def due(self) -> int:
        """The last second of the present status: anyone may end it after."""
        return {
            JobStatus.POSTED: self.expires_at,
            JobStatus.ASSIGNED: self.deadline,
            JobStatus.SUBMITTED: self.late_until,
        }[self.status]

    def move(self, arrow: Arrow) -> None:
        """Take an arrow to another live status."""
        reached = self._after(arrow)
        assert isinstance(reached, JobStatus)
        self.status = reached

    def ending(self, arrow: Arrow) -> Outcome:
        """Return how an arrow ends the job."""
        reached = self._after(arrow)
        assert isinstance(reached, Outcome)
        return reached

    def _after(self, arrow: Arrow) -> JobStatus | Outcome:
        try:
            return self.status.after(arrow)
        except DomainError as cause:
            raise Refused(cause.detail) from cause


@dataclass
class Node:
    active_jobs: int = 0
    exposure: int = 0
    # Accepted repeated jobs until its work is no longer repeated each time.
    probation: int = PROBATION_JOBS
    retired_at: int | None = None
    ended: Counter[str] = field(default_factory=Counter)


@dataclass
class Stake:
    amount: int
    duration: int
    unstake_at: int | None = None

    @property
    def weight(self) -> int:
        return 0 if self.unstake_at is not None else weight(self.amount, self.duration)


def demand(condition: bool, rule: str) -> None:
    if not condition:
        raise Refused(rule)


def present(table: dict[Key, Value], key: Key) -> Value:
    if key not in table:
        raise Refused(f"no {key}")
    return table[key]
