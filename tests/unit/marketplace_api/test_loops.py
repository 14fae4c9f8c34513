"""Background loops: they go on after failures, pause longer each time, and stop at once."""

import asyncio

from hypernode.errors import RpcUnavailable
from hypernode_marketplace_api.resources.loops import Loop, Nudge, every


async def test_nudge_does_not_end_the_pause_after_a_failure() -> None:
    nudge, pauses, steps = Nudge(), [], 0

    async def step() -> None:
        nonlocal steps
        steps += 1
        nudge()
        if steps <= 3:
            raise RpcUnavailable("down")
        loop.stop()

    def pause(failures: int) -> float:
        pauses.append(failures)
        return 0

    loop = Loop("test", step, nudge.within(60), pause=pause)
    async with asyncio.timeout(10):
        await loop.run()
    assert (steps, pauses) == (4, [1, 2, 3])


async def test_stopping_ends_the_wait() -> None:
    stepped = asyncio.Event()

    async def step() -> None:
        stepped.set()

    loop = Loop("test", step, every(3_600))
    running = asyncio.create_task(loop.run())
    await stepped.wait()
    loop.stop()
    async with asyncio.timeout(10):
        await running
