"""A node's reputation: the same integer formulas as the markets program, which writes it."""

from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from typing import Self

BPS = 10_000
DAY = 86_400
WEEK = 7 * DAY
# Uptime and penalties fade linearly over this window, in steps of whole days.
WINDOW = 30 * DAY
# A newcomer counts as four of eight jobs done and one day up, one day down.
PRIOR_OK = 4
PRIOR_JOBS = 8
PRIOR_UPTIME = DAY
START_LATENCY_BPS = 5_000
BEST_LATENCY = 1
WORST_LATENCY = 10
MAX_SCORE = 1_000
# A node needs this many jobs before it can rise above Silver.
PROBATION_JOBS = 10
PROBATION_SCORE = 750
REJECTION_PENALTY = 100
IDLE_WEEK_PENALTY = 10
MAX_PENALTY = 1_000
U32_MAX = 2**32 - 1


class Tier(IntEnum):
    """Ordered, so that a better tier compares greater."""

    STARTER = 0
    BRONZE = 1
    SILVER = 2
    GOLD = 3
    DIAMOND = 4

    @property
    def label(self) -> str:
        return self.name.capitalize()


class AttemptOutcome(Enum):
    """What an attempt counts as for its node. An unverified job does not count.

    Of a job that was declined before its run, and of one that nobody repeated, only the time counts.
    """

    OK = "ok"
    REJECTED = "rejected"
    TIMED_OUT = "timed_out"
    DECLINED = "declined"
    UNAUDITED = "unaudited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reputation:
    """The counters that a Node account keeps, faded up to `updated_at`."""

    ok: int = 0
    rejected: int = 0
    timed_out: int = 0
    up_seconds: int = 0
    down_seconds: int = 0
    latency_bps: int = START_LATENCY_BPS
    penalty: int = 0
    updated_at: int = 0

    @property
    def jobs(self) -> int:
        return self.ok + self.rejected + self.timed_out

    @property
    def completion_bps(self) -> int:
        return (self.ok + PRIOR_OK) * BPS // (self.jobs + PRIOR_JOBS)

    @property
    def uptime_bps(self) -> int:
        return (
            (self.up_seconds + PRIOR_UPTIME) * BPS // (self.up_seconds + self.down_seconds + 2 * PRIOR_UPTIME)
        )

    @property
    def score(self) -> int:
        raw = weigh(self.completion_bps, self.uptime_bps, self.latency_bps)
        ceiling = PROBATION_SCORE if self.jobs < PROBATION_JOBS else MAX_SCORE
        return min(ceiling, max(0, raw - self.penalty))

    def record(
        self,
        outcome: AttemptOutcome,
        now: int,
        *,
        up_seconds: int = 0,
        down_seconds: int = 0,
        start_latency: int | None = None,
    ) -> Self:
        """Fade what is old, then count one attempt; `start_latency` only when the node did start it."""
        faded = self._fade(now)
        latency = faded.latency_bps
        if start_latency is not None:
            latency = (9 * latency + latency_bps(start_latency)) // 10
        blame = REJECTION_PENALTY if outcome is AttemptOutcome.REJECTED else 0
        return replace(
            faded,
            ok=_u32(faded.ok + (outcome is AttemptOutcome.OK)),
            rejected=_u32(faded.rejected + (outcome is AttemptOutcome.REJECTED)),
            timed_out=_u32(faded.timed_out + (outcome is AttemptOutcome.TIMED_OUT)),
            up_seconds=_u32(faded.up_seconds + up_seconds),
            down_seconds=_u32(faded.down_seconds + down_seconds),
            latency_bps=latency,
            penalty=min(MAX_PENALTY, faded.penalty + blame),
        )

    def _fade(self, now: int) -> Self:
        # Whole days fade, from an anchor: a hundred updates in a minute fade nothing.
        elapsed = max(0, now - self.updated_at) // DAY * DAY
        idle = elapsed // WEEK * IDLE_WEEK_PENALTY
        return replace(
            self,
            up_seconds=fade(self.up_seconds, elapsed),
            down_seconds=fade(self.down_seconds, elapsed),
            penalty=min(MAX_PENALTY, fade(self.penalty, elapsed) + idle),
            updated_at=self.updated_at + elapsed,
        )


def weigh(completion_bps: int, uptime_bps: int, latency_bps: int) -> int:
    """Weigh completion 60 %, uptime 30 % and start latency 10 % into 0 to 1,000."""
    return (6 * completion_bps + 3 * uptime_bps + latency_bps) // 100


def latency_bps(seconds: int) -> int:
    """Rate the time from assignment to start: 10,000 at one second, 0 at ten."""
    clamped = min(WORST_LATENCY, max(BEST_LATENCY, seconds))
    return (WORST_LATENCY - clamped) * BPS // (WORST_LATENCY - BEST_LATENCY)


def fade(value: int, elapsed: int) -> int:
    return value * (WINDOW - elapsed) // WINDOW if elapsed < WINDOW else 0


def tier(score: int) -> Tier:
    for least, reached in ((901, Tier.DIAMOND), (751, Tier.GOLD), (501, Tier.SILVER), (201, Tier.BRONZE)):
        if score >= least:
            return reached
    return Tier.STARTER


def _u32(value: int) -> int:
    return min(U32_MAX, value)
