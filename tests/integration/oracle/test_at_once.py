"""An oracle judges several submissions side by side: a slow one holds up none, and a kill loses none."""

import asyncio
from pathlib import Path

import pytest

from hypernode.domain.attempt import AttemptKey
from hypernode.domain.spec import spec_hash
from hypernode.domain.types import Address
from hypernode.wire.attestations import AttestationIn
from hypernode_node_client.journal import Journal
from hypernode_oracle.board import MemoryBoard
from hypernode_sandbox.fake import FakeSandbox
from hypernode_sandbox.ports import LogSink, SandboxResult, SandboxRun
from tests.programs.jobs import CAP, RATE, JobCookie
from tests.support.instant_blobs import InstantBlobs
from tests.support.killing import killed_at
from tests.support.shop import INPUT, SPEC, Shop, Stepping

PRICE = RATE * 4  # what the engine of the shop takes
# More turns of the loop than anything takes that is not held back.
TURNS = 500


class HeldSandbox(FakeSandbox):
    """Holds runs back until they are released by their number, in order of arrival."""

    def __init__(self, held: set[int]) -> None:
        super().__init__(seconds=4.0, runtime_image=SPEC.image_digest)
        self.held = held
        self.begun: list[str] = []
        self.running = self.most = 0
        self.release = asyncio.Event()

    async def run(self, run: SandboxRun, on_log: LogSink | None = None) -> SandboxResult:
        self.begun.append(run.name)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            if len(self.begun) in self.held:
                await self.release.wait()
            return await super().run(run, on_log)
        finally:
            self.running -= 1


class BrokenSandbox(HeldSandbox):
    async def run(self, run: SandboxRun, on_log: LogSink | None = None) -> SandboxResult:
        if not self.begun:
            self.begun.append(run.name)
            raise KeyError("a defect of ours")
        return await super().run(run, on_log)


class WatchedBoard(MemoryBoard):
    """Remembers on which jobs verdicts were left."""

    def __init__(self) -> None:
        super().__init__()
        self.left: set[Address] = set()

    async def publish(self, job: Address, attestation: AttestationIn) -> list[AttestationIn]:
        self.left.add(job)
        return await super().publish(job, attestation)


async def submitted(shop: Shop, nonces: list[int]) -> list[JobCookie]:
    """Bring jobs to Submitted; their node has one tier's worth of them at most."""
    shop.sandbox = shop.a_sandbox()
    jobs = []
    for nonce in nonces:
        job = JobCookie(shop.world, shop.job.buyer, shop.market, nonce)
        job.create(spec_hash=spec_hash(SPEC)).assign(shop.node)
        shop.world.advance(5)
        key = AttemptKey(job.address, job.state.sequence, job.state.attempt)
        assert await shop.attempts(Journal(None)).work(key) is not None
        jobs.append(job)
    await shop.arrange(*jobs)
    return jobs


async def a_shop(folder: Path) -> Shop:
    shop = Shop(folder, blobs=InstantBlobs(), board=WatchedBoard())
    for data in (INPUT, SPEC.to_bytes()):
        await shop.blobs.put(data)
    return shop


def board_of(shop: Shop) -> WatchedBoard:
    assert isinstance(shop.board, WatchedBoard)
    return shop.board


async def pass_turns() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def test_a_slow_job_holds_up_none_of_the_others(tmp_path: Path) -> None:
    shop = await a_shop(tmp_path)
    jobs = await submitted(shop, [1, 2, 3])
    sandbox = HeldSandbox(held={1})
    oracle = shop.oracle(0, sandbox=sandbox)
    await oracle.look()
    await pass_turns()
    (slow,) = {job.address for job in jobs} - board_of(shop).left
    assert [submission.job for submission in oracle.judging] == [slow]
    assert await shop.board.attestations(slow) == []
    sandbox.release.set()
    await pass_turns()
    assert slow in board_of(shop).left
    await oracle.stop()


async def test_a_submission_that_comes_later_is_not_held_up_either(tmp_path: Path) -> None:
    shop = await a_shop(tmp_path)
    (slow,) = await submitted(shop, [1])
    sandbox = HeldSandbox(held={1})
    oracle = shop.oracle(0, sandbox=sandbox)
    await oracle.look()
    await pass_turns()
    (later,) = await submitted(shop, [2])
    await oracle.look()
    await pass_turns()
    assert board_of(shop).left == {later.address}
    assert [submission.job for submission in oracle.judging] == [slow.address]
    await oracle.stop()
    assert oracle.judging == []


@pytest.mark.parametrize("at_once", [1, 2, 3])
async def test_no_more_are_judged_at_once_than_configured(tmp_path: Path, at_once: int) -> None:
    shop = await a_shop(tmp_path)
    await submitted(shop, [1, 2, 3])
    sandbox = HeldSandbox(held={1, 2, 3})
    oracle = shop.oracle(0, sandbox=sandbox, at_once=at_once)
    await oracle.look()
    await pass_turns()
    assert len(sandbox.begun) == at_once
    sandbox.release.set()
    await pass_turns()
    assert (sandbox.most, len(board_of(shop).left)) == (at_once, 3)
    await oracle.stop()


async def test_looking_again_judges_nothing_twice(tmp_path: Path) -> None:
    shop = await a_shop(tmp_path)
    await submitted(shop, [1, 2])
    sandbox = HeldSandbox(held={1, 2})
    oracle = shop.oracle(0, sandbox=sandbox)
    for _ in range(3):
        await oracle.look()
        await pass_turns()
    assert len(sandbox.begun) == len(set(sandbox.begun)) == 2
    await oracle.stop()


async def test_a_defect_over_one_submission_says_nothing_of_the_others(tmp_path: Path) -> None:
    shop = await a_shop(tmp_path)
    jobs = await submitted(shop, [1, 2, 3])
    oracle = shop.oracle(0, sandbox=BrokenSandbox(held=set()))
    await oracle.step()
    assert len(board_of(shop).left) == 2
    await oracle.step()
    assert board_of(shop).left == {job.address for job in jobs}


async def test_stopping_leaves_nothing_running_and_the_next_look_takes_it_up(tmp_path: Path) -> None:
    shop = await a_shop(tmp_path)
    jobs = await submitted(shop, [1, 2])
    sandbox = HeldSandbox(held={1, 2})
    oracle = shop.oracle(0, sandbox=sandbox)
    await oracle.look()
    await pass_turns()
    await oracle.stop()
    assert (sandbox.running, oracle.judging, await sandbox.names()) == (0, [], [])
    await oracle.step()
    assert board_of(shop).left == {job.address for job in jobs}


async def test_an_oracle_killed_while_judging_several_settles_each_once(tmp_path: Path) -> None:
    point, interrupted = 0, True
    shop = await a_shop(tmp_path)
    other = shop.oracle(1)
    while interrupted:
        point += 1
        jobs = await submitted(shop, [2 * point, 2 * point + 1])
        await other.step()
        earned, available = shop.node.earned, shop.job.buyer.state.available
        interrupted = await killed_at(shop.oracle(0, wrap=Stepping).step(), point)
        for _ in range(2):
            await shop.oracle(0).step()
            await other.step()
        killed = f"killed at point {point}"
        assert [job.exists for job in jobs] == [False, False], killed
        assert shop.node.earned - earned == 2 * (PRICE - PRICE // 10 - PRICE // 20), killed
        assert shop.job.buyer.state.available - available == 2 * (CAP - PRICE), killed
        assert shop.job.buyer.state.locked == 0, killed
    assert point > 50, "the test must have killed something"
