"""Formulas of rewards: what a stake can claim, and what stakers can expect.

The index is a fixed-point number with 12 decimal places: the base units that one unit of weight has earned
since the beginning (`programs/common/src/index.rs`).
"""

from collections.abc import Sequence
from typing import Protocol

from hypernode.domain.pricing import BPS

PRECISION = 10**12
MIN_TOTAL_WEIGHT = 10**6
DAY = 86_400
YEAR = 365 * DAY
# What a new cluster starts with: fees flow to stakers within a day, the community's part of a monthly unlock
# until the next one.
FEE_WINDOW, COMMUNITY_WINDOW = DAY, 30 * DAY


class Earning(Protocol):
    """What a Stake account says about its rewards."""

    @property
    def weight(self) -> int: ...
    @property
    def reward_index(self) -> int: ...
    @property
    def owed(self) -> int: ...


class Flow(Protocol):
    """An amount that flows evenly from one second to another."""

    @property
    def total(self) -> int: ...
    @property
    def flowed(self) -> int: ...
    @property
    def starts_at(self) -> int: ...
    @property
    def ends_at(self) -> int: ...


def claimable(stake: Earning, index: int) -> int:
    """Return the base units a stake can claim at this index, rounded down."""
    return stake.owed + stake.weight * (index - stake.reward_index) // PRECISION


def grow(index: int, remainder: int, amount: int, total_weight: int) -> tuple[int, int]:
    """Share an amount among all weight; return the new index and what the division left."""
    scaled = amount * PRECISION + remainder
    return index + scaled // total_weight, scaled % total_weight


def due(flow: Flow, now: int) -> int:
    """Return the base units that must flow up to now, beyond those that have."""
    if flow.flowed == flow.total:
        return 0
    if now >= flow.ends_at:
        return flow.total - flow.flowed
    elapsed = max(0, now - flow.starts_at)
    return max(0, flow.total * elapsed // (flow.ends_at - flow.starts_at) - flow.flowed)


def joined_seconds(rest: int, left: int, amount: int, window: int) -> int:
    """Return the seconds over which the rest of a flow and an amount that joins it flow together.

    The mean of the time left and a whole window, weighted by both: dust delays nothing.
    """
    return (rest * max(0, left) + amount * window) // (rest + amount)


def flow_rate(flow: Flow, now: int, seconds: int) -> int:
    """Return the base units that flow in the next `seconds`, at most the remaining ones."""
    if flow.flowed == flow.total or now >= flow.ends_at:
        return 0
    left = flow.ends_at - max(now, flow.starts_at)
    remaining = flow.total * left // (flow.ends_at - flow.starts_at)
    return remaining * min(seconds, left) // left


def pending(stake: Earning, index: int, remainder: int, flows: Sequence[Flow], weight: int, now: int) -> int:
    """Return what a stake could claim if everything due were distributed now."""
    if weight >= MIN_TOTAL_WEIGHT:
        index, _ = grow(index, remainder, sum(due(flow, now) for flow in flows), weight)
    return claimable(stake, index)


def yield_bps(distributed: int, window: int, total_staked: int) -> int:
    """Return the yearly yield, in bps of what is staked, if `window` seconds went on like this for a year."""
    if not total_staked or not window:
        return 0
    return distributed * YEAR * BPS // (window * total_staked)
