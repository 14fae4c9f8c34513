"""Metering: a node's seconds measured against the seconds of those who repeat its jobs."""

from dataclasses import dataclass
from typing import Self

from hypernode.domain.pricing import BPS

# Repeated jobs that the running ratio remembers: each new one takes a quarter of the old ones' place.
WINDOW = 4
# A job counts with at most this much time, so that one long job does not hide many short ones.
CEILING_MS = 60_000
# Seconds by which a node's clock may be off: rounding up and a cold start.
TOLERANCE = 5
_MS = 1_000
U32_MAX = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Meter:
    """Running sums over a node's repeated jobs, in milliseconds; a Node account keeps both."""

    node_ms: int = 0
    own_ms: int = 0

    @property
    def ratio_bps(self) -> int:
        """Return R, rounded down in the node's favour and at most u32; 1 without a repeated job."""
        return min(U32_MAX, self.node_ms * BPS // self.own_ms) if self.own_ms else BPS

    def record(self, seconds: int, own: int) -> Self:
        """Count one repeated job.

        `own` counts as 4/5 to 5/4 of what R predicts, so that one oracle moves R little for friend or foe.
        """
        predicted = seconds * BPS // max(1, self.ratio_bps)
        low, high = predicted - predicted // 5, predicted + predicted // 4 + 1
        node_ms, own_ms = _scaled(seconds, max(low, min(own, high)))
        return type(self)(
            self.node_ms - self.node_ms // WINDOW + node_ms, self.own_ms - self.own_ms // WINDOW + own_ms
        )

    def confirmed(self, seconds: int, own: int) -> Self:
        """Replace R by the ratio of one job whose excess k members confirmed."""
        node_ms, own_ms = _scaled(seconds, own)
        return type(self)(WINDOW * node_ms, WINDOW * own_ms)


def _scaled(seconds: int, own: int) -> tuple[int, int]:
    own = max(1, own)
    own_ms = min(own * _MS, CEILING_MS)
    return seconds * own_ms // own, own_ms


def is_excessive(seconds: int, own: int, baseline_bps: int) -> bool:
    """Return True if a node's seconds exceed 1.5 times what it needs for one repetition, plus tolerance.

    The baseline is R at the end of probation, at least 1.
    """
    return 2 * BPS * (seconds - TOLERANCE) > 3 * max(BPS, baseline_bps) * own


def expected(own: int, baseline_bps: int) -> int:
    """Return the seconds that this node needs for `own` seconds of the oracles, rounded up for the node."""
    return -(-own * max(BPS, baseline_bps) // BPS)
