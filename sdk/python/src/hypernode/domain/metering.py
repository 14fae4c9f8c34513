"""Metering: a node's seconds measured against the seconds of those who repeat its jobs."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from hypernode.domain.pricing import BPS

# Repeated jobs that the running ratio remembers: each new one takes a twentieth of the old ones' place.
WINDOW = 20
# A job counts with at most this much time, so that one long job does not hide many short ones.
CEILING_MS = 60_000
# Seconds by which a node's clock may be off: rounding up and a cold start.
TOLERANCE = 5
_MS = 1_000
U32_MAX = 2**32 - 1


class Excess(IntEnum):
    """How far a node's seconds lie above those of one repetition."""

    FINE = 0
    OVER = 1
    FAR = 2


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
        """Count one repeated job. `own` counts at most as 5/4 of the node's seconds: no oracle dilutes R."""
        own = max(1, min(own, seconds + seconds // 4 + 1))
        own_ms = min(own * _MS, CEILING_MS)
        node_ms = seconds * own_ms // own
        return type(self)(
            self.node_ms - self.node_ms // WINDOW + node_ms, self.own_ms - self.own_ms // WINDOW + own_ms
        )


def excess(seconds: int, own: int, baseline_bps: int) -> Excess:
    """Compare a node's seconds with one repetition. The baseline is R at the end of probation, at least 1."""
    baseline = max(BPS, baseline_bps)
    # Times 2 and times 10,000, so that 1.5 and R stay exact.
    scaled = 2 * BPS * (seconds - TOLERANCE)
    if scaled > 4 * baseline * own:
        return Excess.FAR
    return Excess.OVER if scaled > 3 * baseline * own else Excess.FINE


def expected(own: int, baseline_bps: int) -> int:
    """Return the seconds that this node needs for `own` seconds of the oracles, rounded up for the node."""
    return -(-own * max(BPS, baseline_bps) // BPS)
