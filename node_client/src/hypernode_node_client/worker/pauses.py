"""Owns how long the worker waits after a fault: longer with each in a row, but never too long."""

from __future__ import annotations

import random
from collections.abc import Callable

# Seconds before connecting again, or before working an attempt again after a fault.
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 15.0

Pause = Callable[[int], float]


def longest(failures: int) -> float:
    """Return the most to wait after so many failures in a row: doubling, capped."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures, 16))


def spread(failures: int) -> float:
    """Spread the wait at random: when an API comes back, its nodes must not all come in the same moment."""
    return random.uniform(0, longest(failures))
