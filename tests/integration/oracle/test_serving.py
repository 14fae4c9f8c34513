"""An oracle that serves: woken by notices, silent while nothing happens, patient with what is not ready."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hypernode.chain import instructions
from hypernode.chain.notices import MemoryNotices
from hypernode.chain.ports import MARKETS
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.status import JobStatus
from hypernode.errors import ApiError, BlobNotFound, RpcUnavailable
from hypernode_oracle import oracle as oracle_module
from hypernode_oracle.oracle import LEAST_PAUSE, LOOKING, Oracle
from hypernode_oracle.watcher import TURN_SECONDS
from tests.support.shop import Shop

TURNS = 300


class CountingChain:
    """Counts the calls of a chain by name, and may be away for some of them."""

    def __init__(self, chain: Any) -> None:
        self._chain = chain
        self.calls: Counter[str] = Counter()
        self.faults = 0

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._chain, name)

        async def call(*args: Any, **kwargs: Any) -> Any:
            self.calls[name] += 1
            if self.faults > 0:
                self.faults -= 1
                raise RpcUnavailable("away")
            return await method(*args, **kwargs)

        return call


class Timers:
    """Keeps what an oracle will do later, and when; a test fires it by hand."""

    def __init__(self) -> None:
        self.pending: list[tuple[float, Callable[[], None]]] = []
        self.cancelled = 0

    def later(self, seconds: float, act: Callable[[], None]) -> Any:
        entry = (seconds, act)
        self.pending.append(entry)
        timers = self

        class Handle:
            def cancel(self) -> None:
                timers.cancelled += 1
                if entry in timers.pending:
                    timers.pending.remove(entry)

        return Handle()

    def fire(self) -> float:
        seconds, act = self.pending.pop(0)
        act()
        return seconds


class Serving:
    """One oracle that serves over memory notices, and everything a test can see of it."""

    def __init__(self, shop: Shop, number: int, **parts: Any) -> None:
        self.chain, self.timers, self.notices = CountingChain(shop.chain), Timers(), MemoryNotices()
        self.slept: list[float] = []
        self.oracle: Oracle = shop.oracle(
            number,
            chain=self.chain,
            later=self.timers.later,
            monotonic=lambda: float(shop.world.now),
            **parts,
        )

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    @asynccontextmanager
    async def on(self) -> AsyncIterator["Serving"]:
        task = asyncio.create_task(self.oracle.serve(self.notices, self._sleep))
        await settled()
        try:
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def settled() -> None:
    """Let everything run that is not held back."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def landed(shop: Shop, serving: Serving, cursor: str | None) -> None:
    """Tell the oracle of every transaction after the cursor."""
    events = await shop.chain.events_since(cursor)
    serving.notices.tell(*[event.event for event in events])
    await settled()


async def last_signature(shop: Shop) -> str:
    return (await shop.chain.transactions_since())[-1].signature


async def test_a_receipt_is_judged_at_its_notice_and_no_list_is_read(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.assigned()
    async with Serving(shop, 0).on() as serving:
        cursor, before = await last_signature(shop), serving.chain.calls["jobs"]
        await shop.deliver()
        await shop.arrange()
        await landed(shop, serving, cursor)
        assert len(await shop.board.attestations(shop.job.address)) == 1
        assert serving.chain.calls["jobs"] == before


async def test_an_idle_oracle_asks_the_chain_nothing(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    async with Serving(shop, 0).on() as serving:
        before = serving.chain.calls.total()
        await settled()
        assert serving.chain.calls.total() == before


async def test_who_completes_the_quorum_settles_at_once(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    await shop.oracle(0).step()
    async with Serving(shop, 1).on() as serving:
        assert not shop.job.exists
        assert serving.timers.pending == []


async def test_without_a_quorum_an_oracle_looks_again_later_and_later(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    async with Serving(shop, 0).on() as serving:
        pauses = []
        for _ in range(8):
            pauses.append(serving.timers.fire())
            await settled()
        assert all(TURN_SECONDS / 2 <= pause <= 30 for pause in pauses)
        assert pauses[-1] >= 15
        assert shop.job.exists


async def test_a_chain_that_is_away_is_asked_for_less_and_less_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oracle_module, "LOOKING", replace(LOOKING, draw=lambda low, high: high))
    serving = Serving(Shop(tmp_path), 0)
    serving.chain.faults = 8
    async with serving.on():
        assert serving.slept == [LOOKING.most(failures) for failures in range(1, 9)]
        assert LOOKING.most(8) == LOOKING.longest > LOOKING.most(1) > 0


async def test_the_end_of_a_job_ends_the_waiting(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    async with Serving(shop, 0).on() as serving:
        cursor = await last_signature(shop)
        assert len(serving.timers.pending) == 1
        await shop.oracle(1).step()
        assert not shop.job.exists
        await landed(shop, serving, cursor)
        assert (serving.timers.pending, serving.timers.cancelled) == ([], 1)


class NoReceipt:
    def __init__(self, shop: Shop) -> None:
        self._shop, self._cid = shop, cid_of_digest(shop.job.state.receipt_hash)
        self.asked = 0

    async def get(self, cid: str) -> bytes:
        if cid == self._cid:
            self.asked += 1
            raise BlobNotFound("missing")
        data: bytes = await self._shop.blobs.get(cid)
        return data


async def test_what_is_undecided_is_tried_again_in_time_for_the_deadline(tmp_path: Path) -> None:
    """However often it failed, a pause is at most a quarter of the time that is left."""
    shop = Shop(tmp_path)
    await shop.submitted()
    store = NoReceipt(shop)
    deadline = shop.job.state.verdict_deadline
    async with Serving(shop, 0, blobs=store).on() as serving:
        while shop.world.now < deadline - 10:
            pause = serving.timers.fire()
            assert LEAST_PAUSE <= pause <= max(LEAST_PAUSE, (deadline - shop.world.now) / 4)
            shop.world.advance(max(1, round(pause)))
            await settled()
        assert store.asked < 200
        assert len(await shop.board.findings(shop.job.address)) > 0


class AwayBoard:
    async def publish(self, *_: Any) -> Any:
        raise ApiError(503, "Unavailable", "away")


async def test_a_board_that_is_away_is_tried_again_with_pauses(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    async with Serving(shop, 0, board=AwayBoard()).on() as serving:
        assert len(serving.timers.pending) == 1
        assert serving.timers.pending[0][0] >= LEAST_PAUSE


async def test_a_chain_that_is_away_is_looked_at_again_as_a_whole(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    serving = Serving(shop, 0)
    serving.chain.faults = 3
    async with serving.on():
        assert len(serving.slept) == 3
        assert len(await shop.board.attestations(shop.job.address)) == 1


async def test_a_dropped_connection_makes_the_oracle_look_by_itself(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.assigned()
    serving = Serving(shop, 0)
    async with serving.on():
        serving.notices.drop()
        await shop.deliver()
        await settled()
        (seen,) = serving.oracle.journal.open_submissions()
        assert seen.job == shop.job.address


@pytest.mark.parametrize("number", range(3))
async def test_an_overdue_job_is_expired_in_turn(tmp_path: Path, number: int) -> None:
    shop = Shop(tmp_path)
    shop.job.create()
    async with Serving(shop, number).on() as serving:
        moments = []
        shop.world.at(shop.job.state.expires_at)
        while shop.job.exists:
            shop.world.advance(1)
            serving.notices.tell()
            await settled()
            moments.append(shop.world.now)
        assert len(moments) <= 1 + 2 * TURN_SECONDS


async def test_an_assignment_moves_the_deadline(tmp_path: Path) -> None:
    """What was due when the oracle looked is not due any more: it asks before it acts."""
    shop = Shop(tmp_path)
    shop.job.create()
    async with Serving(shop, 0).on() as serving:
        cursor = await last_signature(shop)
        shop.job.assign(shop.node)
        shop.world.at(shop.job.state.deadline + 1)
        await landed(shop, serving, cursor)
        assert serving.chain.calls["send"] == 0
        assert shop.job.state.status is JobStatus.ASSIGNED
        expired = instructions.expire_job(job=shop.job.address, account=shop.job.state)
        shop.world.at(shop.job.state.deadline + shop.job.state.grace + 1)
        await shop.chain.send([expired], [shop.world.funded("anyone")])


class Defective:
    """A store whose reader has a defect."""

    def __init__(self) -> None:
        self.asked = 0

    async def get(self, cid: str) -> bytes:
        self.asked += 1
        raise KeyError("a defect of ours")


async def test_a_defect_is_tried_again_with_pauses_and_not_by_every_notice(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted()
    store = Defective()
    async with Serving(shop, 0, blobs=store).on() as serving:
        for _ in range(3):
            serving.notices.tell(program=MARKETS)
            await settled()
        assert store.asked == 1
        assert serving.timers.fire() >= LEAST_PAUSE
        await settled()
        assert store.asked == 2


async def test_gaps_that_anyone_can_cause_make_the_oracle_read_everything_now_and_then_only(
    tmp_path: Path,
) -> None:
    """A transaction with a cut log costs its sender a fee, and each slot has room for one."""
    shop = Shop(tmp_path)
    await shop.assigned()
    serving = Serving(shop, 0)
    async with serving.on():
        before = serving.chain.calls["jobs"]
        for _ in range(10):
            serving.notices.gap()
            await settled()
        most = serving.chain.calls["jobs"]
        assert most <= before + 1
        shop.world.advance(16)
        serving.notices.gap()
        await settled()
        assert serving.chain.calls["jobs"] == most + 1
