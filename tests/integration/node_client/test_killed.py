"""The worker killed at every await point: it neither runs a job twice for pay nor forgets one."""

from pathlib import Path

from hypernode.domain.status import JobStatus
from hypernode_node_client.journal import Journal, Phase
from tests.support.killing import killed_at
from tests.support.shop import Shop, Stepping


async def test_an_attempt_killed_anywhere_is_finished_once_by_the_next_agent(tmp_path: Path) -> None:
    point = 0
    interrupted = True
    while interrupted:
        point += 1
        folder = tmp_path / str(point)
        shop = Shop(folder)
        key = await shop.assigned()
        path = folder / "journal.sqlite"

        first = Journal(path)
        interrupted = await killed_at(shop.attempts(first, Stepping).work(key), point)
        first.close()

        second = Journal(path)
        attempts = shop.attempts(second)
        unfinished = await attempts.unfinished()
        await attempts.sweep(unfinished)
        for owed in unfinished:
            await attempts.work(owed)
        assert shop.job.state.status is JobStatus.SUBMITTED, f"killed at point {point}"
        assert shop.sandbox.runs == [key.run_name], f"killed at point {point}"
        assert await shop.sandbox.names() == [], f"killed at point {point}"
        assert second.open_entries() == [], f"killed at point {point}"
        entry = second.entry(key)
        assert entry is not None
        assert entry.phase is Phase.DONE
        second.close()
    assert point > 10, "the test must have killed something"


async def test_a_lost_journal_forgets_no_job(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    key = await shop.assigned()
    attempts = shop.attempts(Journal(None))
    assert await attempts.unfinished() == [key]
    await attempts.work(key)
    assert shop.job.state.status is JobStatus.SUBMITTED
    assert await attempts.unfinished() == []


async def test_an_attempt_that_expired_is_abandoned_and_its_container_removed(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    key = await shop.assigned()
    journal = Journal(None)
    await killed_at(shop.attempts(journal, Stepping).work(key), 9)
    shop.world.at(shop.job.state.deadline + 1)
    shop.job.expire()
    assert await shop.attempts(journal).work(key) is None
    entry = journal.entry(key)
    assert entry is not None
    assert entry.phase is Phase.ABANDONED
    assert await shop.sandbox.names() == []
    assert shop.node.earned == 0


async def test_sweeping_removes_what_no_attempt_owns(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    key = await shop.assigned()
    await killed_at(shop.attempts(Journal(None), Stepping).work(key), 11)
    kept = await shop.sandbox.names()
    attempts = shop.attempts(Journal(None))
    await attempts.sweep([key])
    assert await shop.sandbox.names() == kept
    await attempts.sweep([])
    assert await shop.sandbox.names() == []
