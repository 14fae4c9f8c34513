"""Owns running a background step for ever: nudged or after a pause, and through failures."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError

from hypernode.errors import HypernodeError

# After a failure the pause doubles up to this, so that a dead database is not hammered.
MAX_PAUSE_SECONDS = 10.0

log = structlog.get_logger()


class Nudge:
    """Wake a loop before its pause is over; nudges that come while it works count once."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def __call__(self) -> None:
        self._event.set()

    async def wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            pass
        self._event.clear()


class Loop:
    """Repeat `step`; a failed step is logged, counted and tried again: steps are idempotent."""

    def __init__(
        self,
        name: str,
        step: Callable[[], Awaitable[object]],
        pause: float,
        nudge: Nudge | None = None,
        failures: Counter | None = None,
    ) -> None:
        self._name = name
        self._step = step
        self._pause = pause
        self._nudge = nudge or Nudge()
        self._failures = failures
        self._stopping = False

    def stop(self) -> None:
        """End after the step that is under way: a statement cut short would leave its locks behind."""
        self._stopping = True
        self._nudge()

    async def run(self) -> None:
        failed = 0
        while not self._stopping:
            try:
                await self._step()
                failed = 0
            except (HypernodeError, SQLAlchemyError, OSError) as error:
                failed += 1
                log.warning(
                    "loop_step_failed", loop=self._name, error=type(error).__name__, detail=str(error)
                )
                if self._failures is not None:
                    self._failures.inc()
            if not self._stopping:
                await self._nudge.wait(min(MAX_PAUSE_SECONDS, self._pause * 2 ** min(failed, 10)))
