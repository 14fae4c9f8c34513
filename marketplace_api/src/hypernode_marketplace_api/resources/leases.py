"""Leases: who may offer a job right now. The port, and the store of one process."""

from collections.abc import Callable
from typing import Protocol


class LeaseStore(Protocol):
    """Mutual exclusion that ends by itself. A holder can lengthen or give up only its own lease."""

    async def acquire(self, name: str, holder: str, seconds: float) -> bool:
        """Take a free lease; False if it is held, the same holder included."""

    async def extend(self, name: str, holder: str, seconds: float) -> bool:
        """Let an own lease end `seconds` from now; False if it is gone."""

    async def release(self, name: str, holder: str) -> bool:
        """Give an own lease up; False if it was gone."""

    async def holder(self, name: str) -> str | None:
        """Return who holds a lease."""

    async def close(self) -> None:
        """Release the connection."""


class MemoryLeases:
    """Leases of one process: the default, and the fake that tests use."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._leases: dict[str, tuple[str, float]] = {}

    async def acquire(self, name: str, holder: str, seconds: float) -> bool:
        if await self.holder(name) is not None:
            return False
        self._leases[name] = (holder, self._monotonic() + seconds)
        return True

    async def extend(self, name: str, holder: str, seconds: float) -> bool:
        if await self.holder(name) != holder:
            return False
        self._leases[name] = (holder, self._monotonic() + seconds)
        return True

    async def release(self, name: str, holder: str) -> bool:
        if await self.holder(name) != holder:
            return False
        del self._leases[name]
        return True

    async def holder(self, name: str) -> str | None:
        held = self._leases.get(name)
        if held is None:
            return None
        if held[1] <= self._monotonic():
            del self._leases[name]
            return None
        return held[0]

    async def close(self) -> None:
        self._leases.clear()
