"""Waiting for what another task does over a real socket."""

import asyncio
from collections.abc import Callable

# Far more than a busy machine needs: a test that fails takes this long, one that passes does not.
PATIENCE_SECONDS = 60.0


async def until(done: Callable[[], bool]) -> None:
    """Let other tasks run until a condition holds."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not done():  # noqa: ASYNC110  # the other end of a socket sets no event of ours
            await asyncio.sleep(0.001)
