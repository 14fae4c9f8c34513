"""Machinery of `hypernode.sync`: an event loop in a background thread, and proxies that wait for it."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from functools import wraps
from threading import Thread
from typing import Any, ClassVar, Self, TypeVar

from hypernode.client import hypernode

Result = TypeVar("Result")


class LoopThread:
    """One event loop in one thread; it runs while the `with` block does."""

    def __enter__(self) -> Self:
        started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
        self._thread = Thread(target=lambda: asyncio.run(_live(started)), name="hypernode", daemon=True)
        self._thread.start()
        self._loop, self._stop = started.result()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    @property
    def is_open(self) -> bool:
        return not self._loop.is_closed()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run a coroutine on the loop and return its result; an interrupt cancels it."""
        if not self.is_open:
            work.close()
            raise RuntimeError("the connection is closed")
        running = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return running.result()
        except BaseException:
            running.cancel()
            raise


class Blocking:
    """Proxy of one object of the SDK: the same names, and each call waits for its result."""

    FACES: ClassVar[dict[type[Any], type[Blocking]]] = {}
    # The classes that get a proxy, by module and name: one that nobody uses is not loaded.
    NAMES: ClassVar[Mapping[str, str]] = {
        "EconomyReader": "economy",
        "GovernanceClient": "governance",
        "Job": "job",
        "JobResult": "job",
        "Jobs": "jobs",
        "Nodes": "connection",
        "Outputs": "job",
        "SlashingClient": "slashing",
        "StakerClient": "staker",
        "TreasuryClient": "treasury",
        "Wallet": "connection",
    }

    def __init__(self, target: Any, loop: LoopThread) -> None:
        self._target, self._loop = target, loop

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._face(getattr(self._target, name))

    def __dir__(self) -> list[str]:
        return [name for name in dir(self._target) if not name.startswith("_")]

    def __repr__(self) -> str:
        return repr(self._target)

    def _face(self, value: Any) -> Any:
        if inspect.iscoroutine(value):
            return self._face(self._loop.run(value))
        if inspect.isasyncgen(value):
            return self._items(value)
        if inspect.ismethod(value):

            @wraps(value)
            def call(*args: Any, **kwargs: Any) -> Any:
                return self._face(value(*args, **kwargs))

            return call
        face = self._face_of(type(value))
        return value if face is None else face(value, self._loop)

    def _face_of(self, kind: type[Any]) -> type[Blocking] | None:
        home = self.NAMES.get(kind.__name__)
        if home is not None and kind.__module__ == f"hypernode.client.{home}":
            return blocking(kind)
        return self.FACES.get(kind)

    def _items(self, items: Any) -> Iterator[Any]:
        try:
            while True:
                found, item = self._loop.run(_next(items))
                if not found:
                    return
                yield self._face(item)
        finally:
            if self._loop.is_open:  # or it has closed the iterator itself, at its end
                self._loop.run(items.aclose())


def blocking(target: type[Any]) -> type[Blocking]:
    """Return the class of the proxies of one class."""
    if target not in Blocking.FACES:
        members: dict[str, Any] = {"__doc__": target.__doc__, "__module__": "hypernode.sync"}
        members |= {
            name: _method(name, found)
            for name, found in vars(target).items()
            if inspect.isfunction(found) and not name.startswith("_")
        }
        Blocking.FACES[target] = type(target.__name__, (Blocking,), members)
    return Blocking.FACES[target]


def _method(name: str, found: Any) -> Any:
    """Return a method that `help` shows; it calls the one of the proxy's target."""

    @wraps(found)
    def call(self: Blocking, *args: Any, **kwargs: Any) -> Any:
        return self._face(getattr(self._target, name)(*args, **kwargs))

    return call


class BlockingHypernode(Blocking):
    """One cluster, seen by one wallet: `with Hypernode.connect() as hn: …`."""

    @classmethod
    @contextmanager
    def connect(cls, *args: Any, **kwargs: Any) -> Iterator[Self]:
        """Connect to a cluster, as `hypernode.Hypernode.connect` does."""
        with LoopThread() as loop:
            opening = hypernode.Hypernode.connect(*args, **kwargs)
            target = loop.run(_enter(opening))
            try:
                yield cls(target, loop)
            finally:
                loop.run(_exit(opening))


async def _live(started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]) -> None:
    stop = asyncio.Event()
    started.set_result((asyncio.get_running_loop(), stop))
    await stop.wait()


async def _next(items: AsyncIterator[Any]) -> tuple[bool, Any]:
    """Return (True, item) or, at the end, (False, None): a future cannot hold StopAsyncIteration."""
    async for item in items:
        return True, item
    return False, None


async def _enter(opening: Any) -> Any:
    return await opening.__aenter__()


async def _exit(opening: Any) -> None:
    await opening.__aexit__(None, None, None)
