"""Notices of landed transactions: a port that wakes a reader, over a WebSocket or in memory.

A notice is a wake-up, never data: the reader then reads the state it needs. A lost or doubled notice is
harmless, because every connect and every drop yields a `GAP`, on which the reader looks at everything.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from hypernode.chain.events import decode_events
from hypernode.chain.layout import Event
from hypernode.chain.rpc import COMMITMENT
from hypernode.domain.backoff import Backoff
from hypernode.domain.types import Address

# While there is no connection a reader polls: at the pace of a slot (400 ms), then slower.
POLLING = Backoff(first=0.4, longest=5.0)
RECONNECTING = Backoff(first=0.4, longest=15.0)
# A ping that stays unanswered for this long counts as a drop.
PING_SECONDS = 20.0
# A reader that falls this many events behind reads everything instead.
MAX_HELD = 1_000

log = logging.getLogger(__name__)


class WakeKind(StrEnum):
    EVENTS = "events"
    GAP = "gap"
    TIMEOUT = "timeout"


@dataclass(frozen=True)
class Wake:
    """Why a wait ended. `EVENTS` is complete since the last wake; the other kinds ask for a full look.

    `programs` are those that landed transactions name; `slot` is the newest slot a notice came from.
    """

    kind: WakeKind
    events: tuple[Event, ...] = ()
    programs: frozenset[Address] = frozenset()
    slot: int | None = None


class Notices(Protocol):
    """What a process learns of landed transactions while it waits. There is one reader."""

    @property
    def connected(self) -> bool:
        """Return True while notices come; otherwise the reader must look by itself."""

    async def wait(self, seconds: float) -> Wake:
        """Return what has landed, at once if anything has; `TIMEOUT` after at most this many seconds.

        Without a connection the wait is shorter: 0.4 s doubling to 5 s, so that the reader polls.
        """

    async def close(self) -> None:
        """Stop listening."""


class MemoryNotices:
    """Notices held in memory: the fake of tests, and the inbox that `WebSocketNotices` fills."""

    def __init__(self, *, connected: bool = True, polling: Backoff = POLLING) -> None:
        self._connected = False
        self._polling, self._polls = polling, 0
        self._woken = asyncio.Event()
        self._slot: int | None = None
        self._clear()
        if connected:
            self.connect()

    @property
    def connected(self) -> bool:
        return self._connected

    async def wait(self, seconds: float) -> Wake:
        if not self._connected:
            self._polls += 1
            seconds = min(seconds, self._polling.pace(self._polls))
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return Wake(WakeKind.TIMEOUT, slot=self._slot)
        return self._take()

    async def close(self) -> None:
        self._connected = False

    def connect(self) -> None:
        """Note that notices come from now on; what landed before is unknown."""
        self._connected, self._polls = True, 0
        self.gap()

    def drop(self) -> None:
        """Note that no more notices come."""
        if self._connected:
            self._connected = False
            self.gap()

    def gap(self) -> None:
        """Ask the reader to look at everything."""
        self._gap = True
        self._woken.set()

    def tell(self, *events: Event, slot: int | None = None, program: Address | None = None) -> None:
        """Hold the events of one transaction that names `program` (by default, the events' programs)."""
        if len(self._events) + len(events) > MAX_HELD:
            self._events.clear()
            self.gap()
        else:
            self._events += events
        self._programs |= {event.PROGRAM for event in events} if program is None else {program}
        if slot is not None:
            self._slot = max(self._slot or 0, slot)
        self._woken.set()

    def _take(self) -> Wake:
        kind = WakeKind.GAP if self._gap else WakeKind.EVENTS
        events = () if self._gap else tuple(self._events)
        wake = Wake(kind, events, frozenset(self._programs), self._slot)
        self._clear()
        return wake

    def _clear(self) -> None:
        self._gap = False
        self._events: list[Event] = []
        self._programs: set[Address] = set()
        self._woken.clear()


class WebSocketNotices:
    """One WebSocket with one `logsSubscribe` per program; without a URL the reader always polls.

    Use `async with`, or call `close`.
    """

    def __init__(
        self,
        url: str | None,
        programs: Sequence[Address],
        *,
        polling: Backoff = POLLING,
        reconnecting: Backoff = RECONNECTING,
    ) -> None:
        self._programs, self._reconnecting = tuple(programs), reconnecting
        self._inbox = MemoryNotices(connected=False, polling=polling)
        self._listening = None if url is None else asyncio.create_task(self._listen(url))

    @property
    def connected(self) -> bool:
        return self._inbox.connected

    async def wait(self, seconds: float) -> Wake:
        return await self._inbox.wait(seconds)

    async def close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _listen(self, url: str) -> None:
        failures = 0
        while True:
            try:
                async with connect(url, ping_interval=PING_SECONDS, ping_timeout=PING_SECONDS) as socket:
                    subscribed = await self._subscribe(socket)
                    async for message in socket:
                        self._heed(subscribed, _parsed(message))
                        failures = 0
            except (OSError, TimeoutError, WebSocketException, _Unreadable) as fault:
                log.warning("notices from %s stopped: %r", url, fault)
            finally:
                self._inbox.drop()
            failures += 1
            await asyncio.sleep(self._reconnecting(failures))

    async def _subscribe(self, socket: ClientConnection) -> dict[int, Address]:
        """Subscribe to every program and return them by subscription; only then is the reader told."""
        for number, program in enumerate(self._programs):
            params = [{"mentions": [program]}, {"commitment": COMMITMENT}]
            request = {"jsonrpc": "2.0", "id": number, "method": "logsSubscribe", "params": params}
            await socket.send(json.dumps(request))
        subscribed: dict[int, Address] = {}
        while len(subscribed) < len(self._programs):
            answer = _parsed(await socket.recv())
            if "method" in answer:
                continue  # landed while subscribing: the gap below covers it
            try:
                subscribed[answer["result"]] = self._programs[answer["id"]]
            except (KeyError, IndexError, TypeError) as cause:
                raise _Unreadable from cause
        self._inbox.connect()
        return subscribed

    def _heed(self, subscribed: dict[int, Address], message: dict[str, Any]) -> None:
        """Hold the events of one notice; logs that are cut make a gap."""
        try:
            params = message["params"]
            program, result = subscribed[params["subscription"]], params["result"]
            slot, value = int(result["context"]["slot"]), result["value"]
            failed, logs = value["err"] is not None, value["logs"]
        except (KeyError, TypeError, ValueError) as cause:
            raise _Unreadable from cause
        if failed:
            return  # a refused transaction changed nothing
        events, whole = decode_events(logs)
        own = [event for event in events if program == event.PROGRAM]
        self._inbox.tell(*own, slot=slot, program=program)
        if not whole:
            self._inbox.gap()


class _Unreadable(Exception):
    """The node sent something that is not a notice of a subscription."""


def _parsed(message: str | bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(message)
    except ValueError as cause:
        raise _Unreadable from cause
    if not isinstance(parsed, dict):
        raise _Unreadable
    return parsed
