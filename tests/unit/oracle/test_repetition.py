"""Places for an oracle's own runs: bounded, and no payer fills the queue."""

import asyncio

import pytest

from hypernode.domain.types import Address
from hypernode_oracle.repetition import Places
from tests.support.documents import an_address

RICH, POOR = an_address("rich"), an_address("poor")


class Runs:
    """Runs that end when a test says so, in the order in which they began."""

    def __init__(self, places: int) -> None:
        self.places = Places(places)
        self.begun: list[Address] = []
        self.gates: list[asyncio.Event] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def want(self, payer: Address) -> asyncio.Task[None]:
        task = asyncio.create_task(self._run(payer))
        self.tasks.append(task)
        await settled()
        return task

    async def _run(self, payer: Address) -> None:
        async with self.places.take(payer):
            gate = asyncio.Event()
            self.begun.append(payer)
            self.gates.append(gate)
            await gate.wait()

    async def end(self, index: int) -> None:
        self.gates[index].set()
        await settled()


async def settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_payer_with_many_jobs_does_not_hold_up_another() -> None:
    runs = Runs(1)
    for payer in (RICH, RICH, RICH, RICH, POOR, POOR):
        await runs.want(payer)
    for index in range(6):
        await runs.end(index)
    assert runs.begun == [RICH, RICH, POOR, RICH, POOR, RICH]
    await asyncio.gather(*runs.tasks)


@pytest.mark.parametrize("places", [1, 2, 3])
async def test_no_more_run_at_once_than_there_are_places(places: int) -> None:
    runs = Runs(places)
    for _ in range(5):
        await runs.want(RICH)
    assert len(runs.begun) == places
    await runs.end(0)
    assert len(runs.begun) == places + 1
    for index in range(1, 5):
        await runs.end(index)
    await asyncio.gather(*runs.tasks)


async def test_a_cancelled_wait_loses_no_place() -> None:
    runs = Runs(1)
    await runs.want(RICH)
    waiting = await runs.want(RICH)
    last = await runs.want(POOR)
    waiting.cancel()
    runs.gates[0].set()
    await settled()
    assert runs.begun == [RICH, POOR]
    await runs.end(1)
    await last
    async with runs.places.take(RICH):
        pass


async def test_a_place_given_to_one_that_is_cancelled_goes_to_the_next() -> None:
    runs = Runs(1)
    await runs.want(RICH)
    unlucky, next_one = await runs.want(RICH), await runs.want(POOR)
    runs.gates[0].set()
    while unlucky not in asyncio.all_tasks() or len(runs.begun) == 1:
        await asyncio.sleep(0)
        if runs.tasks[0].done():
            unlucky.cancel()
            break
    await settled()
    for gate in runs.gates[1:]:
        gate.set()
    await next_one
    async with runs.places.take(RICH):
        pass
