"""Formulas of a stake: its weight, and the jobs it allows at once."""

from typing import Protocol

from hypernode.domain.money import HYPER
from hypernode.domain.pricing import BPS
from hypernode.errors import InvalidDuration

DAY = 86_400
MIN_DURATION = 14 * DAY
MAX_DURATION = 365 * DAY
# Weight grows linearly from 1x by up to 3x at a year.
BONUS_BPS = 30_000

MIN_NODE_STAKE = 100 * HYPER
# Stake needed for that many jobs at once; the last tier is unlimited.
CAPACITY_TIERS = ((100 * HYPER, 1), (1_000 * HYPER, 3), (10_000 * HYPER, 10))
UNLIMITED_STAKE = 100_000 * HYPER
UNLIMITED_JOBS = 2**16 - 1

# Whole tokens of weight, and what people call it: a view that decides nothing.
STAKE_TIERS = (
    (100_000 * HYPER, "Diamond"),
    (50_000 * HYPER, "Gold"),
    (10_000 * HYPER, "Silver"),
    (1_000 * HYPER, "Bronze"),
)


def multiplier_bps(duration: int) -> int:
    if not MIN_DURATION <= duration <= MAX_DURATION:
        raise InvalidDuration(f"{duration} s is not between 14 and 365 days", fix="choose 14 to 365 days")
    return BPS + BONUS_BPS * min(duration, MAX_DURATION) // MAX_DURATION


def weight(amount: int, duration: int) -> int:
    """Round down twice: first the multiplier, then the weight."""
    return amount * multiplier_bps(duration) // BPS


def capacity(stake: int) -> int:
    """Return how many jobs a node with this stake may hold at once."""
    if stake >= UNLIMITED_STAKE:
        return UNLIMITED_JOBS
    return max((jobs for least, jobs in CAPACITY_TIERS if stake >= least), default=0)


def stake_tier(weight: int) -> str:
    """Return the name of the tier that a weight reaches."""
    return next((name for least, name in STAKE_TIERS if weight >= least), "Starter")


class Weighted(Protocol):
    """A stake as the chain keeps it."""

    @property
    def weight(self) -> int: ...
    @property
    def weight_since(self) -> int: ...
    @property
    def base_weight(self) -> int: ...
    @property
    def base_since(self) -> int: ...


def votable(stake: Weighted, at: int) -> int:
    """Return the weight that has been locked since before `at`: what was locked later has no vote on it."""
    if stake.weight_since < at:
        return stake.weight
    return stake.base_weight if stake.base_since < at else 0
