"""Background loops: a step that repeats until the app stops, and goes on after failures."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError

from hypernode.domain.backoff import Backoff
from hypernode.errors import HypernodeError

# After failures nothing ends the pause early, so that a database or node that is down is left alone.
AFTER_FAILURE = Backoff(first=0.8, longest=10.0)

log = structlog.get_logger()

Wait = Callable[[], Awaitable[object]]


class Nudge:
    """Wake a loop before its pause is over; nudges that come while it works count once."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def __call__(self) -> None:
        self._event.set()

    def within(self, seconds: float) -> Wait:
        """Return a wait that a nudge ends, and that lasts at most this long."""
        return partial(self._wait, seconds)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            pass
        self._event.clear()


def every(seconds: float) -> Wait:
    """Return a wait of this length."""
    return partial(asyncio.sleep, seconds)


class Loop:
    """Repeat `step`, with `wait` in between; a failed step is logged, counted and tried again."""

    def __init__(
        self,
        name: str,
        step: Callable[[], Awaitable[object]],
        wait: Wait,
        failures: Counter | None = None,
        pause: Callable[[int], float] = AFTER_FAILURE,
    ) -> None:
        self._name = name
        self._step = step
        self._wait = wait
        self._failures = failures
        self._pause = pause
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """End the wait, or end after the current step: a statement cut short would leave its locks behind."""
        self._stopped.set()

    async def run(self) -> None:
        failed = 0
        while not self._stopped.is_set():
            try:
                await self._step()
                failed = 0
            except (HypernodeError, SQLAlchemyError, OSError) as error:
                failed += 1
                log.warning(
                    "loop step failed", loop=self._name, error=type(error).__name__, detail=str(error)
                )
                if self._failures is not None:
                    self._failures.inc()
            await self._until_stopped(asyncio.sleep(self._pause(failed)) if failed else self._wait())

    async def _until_stopped(self, wait: Awaitable[object]) -> None:
        tasks = [asyncio.ensure_future(wait), asyncio.ensure_future(self._stopped.wait())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
