"""Sessions of the workers that are connected to this replica."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from hypernode.domain.types import Address
from hypernode.wire.nodes import Hardware, Heartbeat, ServerMessage


class Connection(Protocol):
    async def send(self, message: ServerMessage) -> None: ...

    async def close(self, reason: str) -> None: ...


class Presence(StrEnum):
    ONLINE = "online"
    SUSPECT = "suspect"
    OFFLINE = "offline"


@dataclass
class WorkerSession:
    """One greeted connection of one node; `heard_at` is on the monotonic clock."""

    node: Address
    operator: Address
    worker_key: Address
    worker_version: str
    hardware: Hardware
    ask: int
    connection: Connection | None
    heard_at: float
    free_slots: int = 0
    active_jobs: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()
    # (job, attempt) pairs that were seen on chain to be this node's, with the job's sequence.
    # Stops (job, sequence, attempt) that this connection was told.
    told_stops: set[tuple[str, int, int]] = field(default_factory=set)
    own_jobs: dict[tuple[str, int], int] = field(default_factory=dict)


class WorkerSessions:
    """At most one session a node. A session outlives its connection until the node counts as offline."""

    def __init__(self, monotonic: Callable[[], float], suspect_after: float, offline_after: float) -> None:
        self._monotonic = monotonic
        self._suspect_after = suspect_after
        self._offline_after = offline_after
        self._sessions: dict[Address, WorkerSession] = {}

    def __iter__(self) -> Iterator[WorkerSession]:
        return iter(list(self._sessions.values()))

    def __len__(self) -> int:
        return sum(session.connection is not None for session in self._sessions.values())

    def get(self, node: str) -> WorkerSession | None:
        return self._sessions.get(Address(node))

    def open(self, session: WorkerSession) -> WorkerSession | None:
        """Put a session in force and return the one it replaces."""
        session.heard_at = self._monotonic()
        replaced = self._sessions.get(session.node)
        self._sessions[session.node] = session
        return replaced

    def is_current(self, session: WorkerSession) -> bool:
        return self._sessions.get(session.node) is session

    def hear(self, session: WorkerSession, beat: Heartbeat) -> bool:
        """Take a heartbeat; True if the node has more free slots than before."""
        grew = beat.free_slots > session.free_slots
        session.heard_at = self._monotonic()
        session.free_slots = beat.free_slots
        session.active_jobs = frozenset(beat.active_jobs)
        session.images = frozenset(beat.images)
        return grew

    def presence(self, session: WorkerSession) -> Presence:
        age = self._monotonic() - session.heard_at
        if age >= self._offline_after:
            return Presence.OFFLINE
        return (
            Presence.SUSPECT if session.connection is None or age >= self._suspect_after else Presence.ONLINE
        )

    def forget(self, session: WorkerSession) -> None:
        if self.is_current(session):
            del self._sessions[session.node]
