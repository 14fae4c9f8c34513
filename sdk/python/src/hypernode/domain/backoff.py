"""Pauses between tries: they double with each failure and are spread at random."""

import random
from collections.abc import Callable
from dataclasses import dataclass

# A reader that notices wake still looks at everything this often, in case one was lost.
SWEEP_SECONDS = 60.0
SWEEP_SPREAD = 0.2

_MOST_DOUBLINGS = 16


@dataclass(frozen=True)
class Backoff:
    """Seconds to wait after a number of failures in a row; `draw(low, high)` brings the randomness."""

    first: float
    longest: float
    draw: Callable[[float, float], float] = random.uniform

    def most(self, failures: int) -> float:
        """Return the longest pause after this many failures (the first failure is number 1)."""
        return min(self.longest, self.first * 2.0 ** min(max(0, failures - 1), _MOST_DOUBLINGS))

    def __call__(self, failures: int) -> float:
        """Return a pause between zero and the longest one ("full jitter")."""
        return self.draw(0.0, self.most(failures))

    def pace(self, failures: int) -> float:
        """Return a pause between half of the longest and all of it, for polling at a steady rate."""
        return self.draw(self.most(failures) / 2, self.most(failures))


def sweep_seconds(draw: Callable[[float, float], float] = random.uniform) -> float:
    """Return when to look at everything again: 60 s, 20 % more or less."""
    return SWEEP_SECONDS * draw(1 - SWEEP_SPREAD, 1 + SWEEP_SPREAD)
