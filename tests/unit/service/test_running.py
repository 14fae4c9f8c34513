"""How a service ends: a signal cancels its work, and a failure of the work is raised."""

import asyncio
import os
import signal

import pytest

from hypernode_service.running import until_stopped


@pytest.fixture(autouse=True)
def restored():
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_cancels_the_work_and_waits_for_its_end(number):
    ended = False

    async def work():
        nonlocal ended
        try:
            os.kill(os.getpid(), number)
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended = True

    await until_stopped(work())
    assert ended


async def test_a_failure_of_the_work_is_raised():
    async def work():
        raise KeyError("a defect")

    with pytest.raises(KeyError):
        await until_stopped(work())
