"""Rate limiters: a token bucket for each name. The port, and the limiter of one process."""

import math
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from hypernode_marketplace_api.errors import RateLimited

# Buckets beyond this are forgotten, oldest use first: a forgotten bucket is a full one.
MAX_BUCKETS = 50_000


class RateLimiter(Protocol):
    """Let `burst` requests through at once and `rate` a second after that, for each name."""

    async def take(self, name: str) -> None:
        """Spend one request of `name`, or raise `RateLimited` with the seconds to wait."""


class MemoryRateLimiter:
    """Buckets of one process: the default, and the fake that tests use."""

    def __init__(self, rate: float, burst: int, monotonic: Callable[[], float]) -> None:
        self._rate = rate
        self._burst = float(burst)
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def take(self, name: str) -> None:
        now = self._monotonic()
        tokens, seen = self._buckets.pop(name, (self._burst, now))
        tokens = min(self._burst, tokens + (now - seen) * self._rate)
        if tokens < 1:
            self._buckets[name] = (tokens, now)
            raise RateLimited(math.ceil((1 - tokens) / self._rate))
        self._buckets[name] = (tokens - 1, now)
        if len(self._buckets) > MAX_BUCKETS:
            self._buckets.popitem(last=False)
