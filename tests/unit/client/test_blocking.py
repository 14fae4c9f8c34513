"""Tests of `hypernode.sync`: the same names, each call waits, and the loop ends with the block."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from hypernode.client.blocking import Blocking, LoopThread, blocking


class Child:
    """What a call returns."""

    async def name(self) -> str:
        return "child"


class Parent:
    """What is wrapped."""

    closed = False

    @property
    def child(self) -> Child:
        return Child()

    async def make(self) -> Child:
        return Child()

    def plain(self) -> int:
        return 7

    async def count(self, most: int) -> AsyncIterator[int]:
        try:
            for number in range(most):
                await asyncio.sleep(0)
                yield number
        finally:
            self.closed = True

    async def fail(self) -> None:
        raise LookupError("lost")

    async def thread(self) -> str:
        return threading.current_thread().name


@pytest.fixture(autouse=True)
def no_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the classes of these tests out of the SDK's table."""
    monkeypatch.setattr(Blocking, "FACES", {})


@pytest.fixture
def parent() -> Iterator[Any]:
    blocking(Child)
    with LoopThread() as loop:
        yield blocking(Parent)(Parent(), loop)


def test_calls_wait_and_what_they_return_is_wrapped_too(parent: Any) -> None:
    assert parent.make().name() == "child"
    assert parent.child.name() == "child"
    assert parent.plain() == 7
    assert parent.thread() == "hypernode"
    assert {"make", "count"} <= set(dir(parent))


def test_iterators_are_plain_iterators(parent: Any) -> None:
    assert list(parent.count(3)) == [0, 1, 2]


def test_an_iterator_that_is_left_is_closed(parent: Any) -> None:
    numbers = parent.count(3)
    assert next(numbers) == 0
    numbers.close()
    assert parent.closed


def test_an_iterator_that_outlives_the_connection_closes_in_silence() -> None:
    with LoopThread() as loop:
        numbers = blocking(Parent)(Parent(), loop).count(3)
        assert next(numbers) == 0
    numbers.close()


def test_an_interrupt_cancels_what_it_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, cancelled = threading.Event(), threading.Event()

    async def wait() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    def interrupted(future: Future[None], timeout: float | None = None) -> None:
        begun.wait()
        raise KeyboardInterrupt

    with LoopThread() as loop:
        with monkeypatch.context() as patch:
            patch.setattr(Future, "result", interrupted)
            with pytest.raises(KeyboardInterrupt):
                loop.run(wait())
        assert cancelled.wait(10)


def test_an_error_is_raised_at_the_caller(parent: Any) -> None:
    with pytest.raises(LookupError, match="lost"):
        parent.fail()


def test_nothing_private_is_shown(parent: Any) -> None:
    assert not hasattr(parent, "_anything")


def test_a_call_after_the_end_is_refused() -> None:
    with LoopThread() as loop:
        wrapped: Any = blocking(Parent)(Parent(), loop)
    with pytest.raises(RuntimeError, match="closed"):
        wrapped.make()
