"""The chain's time: a clock plus an offset that only grows."""

from __future__ import annotations

from hypernode.domain.clock import Clock
from hypernode_localnet.errors import invalid_params


class ChainTime:
    """Unix seconds that never decrease."""

    def __init__(self, clock: Clock, offset: int = 0, floor: int = 0) -> None:
        self._clock = clock
        self._offset = offset
        self._last = floor

    @property
    def offset(self) -> int:
        return self._offset

    def now(self) -> int:
        """Return the time; after a jump back of the clock, the last time it returned."""
        self._last = max(self._last, self._clock.now() + self._offset)
        return self._last

    def advance(self, seconds: int) -> int:
        if seconds < 0:
            raise invalid_params("Invalid params: the chain's clock never runs backwards")
        self._offset += seconds
        return self.now()

    def set(self, unix_timestamp: int) -> int:
        return self.advance(unix_timestamp - self.now())
