"""A buyer ends a running job: paid for the seconds used, whatever the API or anyone else says."""

import asyncio
from pathlib import Path

import pytest

from hypernode.chain.generated.markets import PROGRAM_ID
from hypernode.chain.keys import Key
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.receipt import Receipt, stop_bytes
from hypernode.domain.result import Ending
from hypernode.domain.status import JobStatus
from hypernode_node_client.journal import Journal
from hypernode_node_client.worker import Attempts
from hypernode_sandbox.fake import FakeSandbox
from tests.programs.jobs import CAP, RATE
from tests.support.shop import SPEC, Shop
from tests.support.waiting import until

METERED = 4


async def signed(shop: Shop, by: Key, key: AttemptKey) -> bytes:
    genesis = await shop.chain.genesis_hash()
    return by.sign(stop_bytes(genesis, PROGRAM_ID, key.job, key.sequence, key.attempt))


def a_lasting_sandbox() -> FakeSandbox:
    """Return an engine whose runs go on until they are stopped, and leave a file."""
    return FakeSandbox(
        lambda run: (0, {"part.txt": b"part\n"}, b"begun\n"),
        seconds=float(METERED),
        runtime_image=SPEC.image_digest,
        until_stopped=True,
    )


class Running:
    """A job whose run goes on, and its worker."""

    def __init__(self, shop: Shop, key: AttemptKey) -> None:
        self.shop, self.key = shop, key
        self.journal = Journal(None)
        shop.sandbox = a_lasting_sandbox()
        self.attempts: Attempts = shop.attempts(self.journal)
        self.task: asyncio.Task[Receipt | None] = asyncio.create_task(self.attempts.work(key))

    @classmethod
    async def of(cls, shop: Shop) -> "Running":
        running = cls(shop, await shop.assigned())
        await until(lambda: bool(shop.sandbox.runs))
        return running

    @property
    def buyer(self) -> Key:
        return self.shop.job.buyer.owner

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def test_a_stopped_job_is_paid_for_the_seconds_used(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    running = await Running.of(shop)
    signature = await signed(shop, running.buyer, running.key)
    assert await running.attempts.stop(running.key, signature)
    receipt = await running.task
    assert receipt is not None
    assert (receipt.ending, receipt.stop, receipt.seconds_used) == (Ending.STOPPED, signature, METERED)
    _, available, _ = shop.balance
    await shop.arrange()
    for _ in range(3):
        for number in range(3):
            await shop.oracle(number).step()
    assert not shop.job.exists
    price = RATE * METERED
    assert shop.balance == (price - price // 10 - price // 20, available + CAP - price, 0)


@pytest.mark.parametrize("forgery", ["stranger", "node", "another attempt", "another sequence", "junk"])
async def test_nobody_but_the_buyer_ends_a_run(tmp_path: Path, forgery: str) -> None:
    """An API that forges a stop, or brings one of another attempt, ends nothing."""
    shop = Shop(tmp_path)
    running = await Running.of(shop)
    key = running.key
    other = {
        "another attempt": AttemptKey(key.job, key.sequence, key.attempt + 1),
        "another sequence": AttemptKey(key.job, key.sequence + 1, key.attempt),
    }.get(forgery, key)
    by = {"stranger": shop.world.oracles[0], "node": shop.node.worker_key}.get(forgery, running.buyer)
    signature = bytes(64) if forgery == "junk" else await signed(shop, by, other)
    assert await running.attempts.stop(key, signature)
    assert running.journal.stop_of(key) is None
    assert not running.task.done()
    assert shop.job.state.status is JobStatus.ASSIGNED
    await running.end()


async def test_a_stop_outlives_the_worker(tmp_path: Path) -> None:
    """Killed after the stop was written down and before the run ended: the next start ends it."""
    shop = Shop(tmp_path)
    running = await Running.of(shop)
    await running.end()
    signature = await signed(shop, running.buyer, running.key)
    running.journal.stop(running.key, signature)
    receipt = await shop.attempts(running.journal).work(running.key)
    assert receipt is not None
    assert (receipt.ending, receipt.stop) == (Ending.STOPPED, signature)


async def test_what_no_node_runs_cannot_be_stopped(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    key = await shop.assigned()
    attempts = shop.attempts(Journal(None))
    later = AttemptKey(key.job, key.sequence, key.attempt + 1)
    assert not await attempts.stop(later, await signed(shop, shop.job.buyer.owner, later))
    await shop.deliver()
    assert not await attempts.stop(key, await signed(shop, shop.job.buyer.owner, key))


async def test_the_first_of_two_stops_stands_in_the_receipt(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    running = await Running.of(shop)
    signature = await signed(shop, running.buyer, running.key)
    for _ in range(2):
        await running.attempts.stop(running.key, signature)
    receipt = await running.task
    assert receipt is not None
    assert receipt.stop == signature
