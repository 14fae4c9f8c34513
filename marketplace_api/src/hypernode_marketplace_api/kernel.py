"""Kernel of the API: the outside world of one app, its services, and what a slice registers."""

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, TypeVar, cast

from fastapi import APIRouter, Depends
from starlette.requests import HTTPConnection

from hypernode.blobs import BlobStore
from hypernode.chain.keys import Key
from hypernode.chain.layout import Event
from hypernode.chain.notices import MemoryNotices, Notices
from hypernode.chain.ports import ChainPort
from hypernode.domain.clock import Clock, SystemClock
from hypernode_marketplace_api.models.base import Columns
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.resources.leases import LeaseStore
from hypernode_marketplace_api.resources.loops import Loop, Nudge
from hypernode_marketplace_api.resources.metrics import Metrics
from hypernode_marketplace_api.resources.rate_limiter import MemoryRateLimiter, RateLimiter
from hypernode_marketplace_api.settings import Settings

REPLICA_BYTES = 8


class Limits(Protocol):
    """Maker of rate limiters: `rate` requests a second and `burst` at once, for each name in a scope."""

    def __call__(self, scope: str, rate: float, burst: int) -> RateLimiter: ...


@dataclass
class Collaborators:
    """What an app uses from outside. Tests pass fakes, `serve` passes the real ones."""

    database: Database
    chain: ChainPort
    blobs: BlobStore
    leases: LeaseStore
    notices: Notices = field(default_factory=lambda: MemoryNotices(connected=False))
    limits: Limits | None = None
    matcher: Key | None = None
    cluster_signer: Key | None = None
    clock: Clock = field(default_factory=SystemClock)
    monotonic: Callable[[], float] = time.monotonic

    def limiter(self, scope: str, rate: float, burst: int) -> RateLimiter:
        if self.limits is not None:
            return self.limits(scope, rate, burst)
        return MemoryRateLimiter(rate, burst, self.monotonic)


@dataclass(frozen=True)
class Projection:
    """One table of the mirror: which row an event concerns, and the row after the event."""

    model: type[Any]
    key_of: Callable[[Event], Columns | None]
    fold: Callable[[Columns | None, Event, int], Columns | None]


class Service(Protocol):
    """A part of an app of which there is one."""

    @classmethod
    def of(cls, kernel: "Kernel") -> Self:
        """Build it; a service of another slice comes from `kernel.one`."""


S = TypeVar("S", bound=Service)


class Kernel:
    """One replica of the API: its settings, its collaborators, and one of each service."""

    def __init__(
        self, settings: Settings, outside: Collaborators, projections: tuple[Projection, ...] = ()
    ) -> None:
        self.settings = settings
        self.outside = outside
        self.projections = projections
        self.metrics = Metrics()
        # Wakes the matcher of this replica. The matchers of other replicas look once a slot.
        self.nudge = Nudge()
        self.replica = secrets.token_hex(REPLICA_BYTES)
        self.limit_by_key = outside.limiter("key", settings.rate_per_key, settings.rate_burst)
        self._made: dict[type[Any], Service] = {}

    def one(self, kind: type[S]) -> S:
        """Return the app's service of this kind, built at its first use."""
        if kind not in self._made:
            self._made[kind] = kind.of(self)
        return cast("S", self._made[kind])


def _no_loops(_kernel: Kernel) -> Iterable[Loop]:
    return ()


@dataclass(frozen=True)
class Slice:
    """What a slice adds to the app: routes, tables counted from events, and background loops."""

    routers: tuple[APIRouter, ...] = ()
    projections: tuple[Projection, ...] = ()
    loops: Callable[[Kernel], Iterable[Loop]] = _no_loops


async def kernel_of(connection: HTTPConnection) -> Kernel:
    return cast("Kernel", connection.app.state.kernel)


def the(kind: type[S]) -> Any:
    """Make the dependency of an endpoint that returns a service of the app."""

    async def found(connection: HTTPConnection) -> S:
        return (await kernel_of(connection)).one(kind)

    return Depends(found)
