"""One attempt whose receipt is refused, or landed unseen: its job is not run again, its receipt not lost."""

from pathlib import Path

from hypernode.domain.status import JobStatus
from hypernode_node_client.journal import Journal, Phase
from tests.support.shop import Shop


async def test_a_job_that_is_late_is_run_once_however_often_it_is_looked_at(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    key = await shop.assigned()
    journal = Journal(None)
    attempts = shop.attempts(journal)
    shop.world.at(shop.job.state.deadline + shop.job.state.grace + 1)
    for _ in range(3):
        for owed in await attempts.unfinished():
            assert await attempts.work(owed) is None
    assert shop.sandbox.runs == [key.run_name]
    entry = journal.entry(key)
    assert entry is not None
    assert entry.phase is Phase.ABANDONED


async def test_a_receipt_refused_by_a_node_that_lagged_is_sent_again(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    key = await shop.assigned()
    attempts = shop.attempts(Journal(None))
    deadline = shop.job.state.deadline
    now = shop.world.lite.vm.get_clock().unix_timestamp
    shop.world.at(deadline + shop.job.state.grace + 1)
    assert await attempts.work(key) is None
    shop.world.at(now)
    assert await attempts.unfinished() == [key]
    receipt = await attempts.work(key)
    assert receipt is not None
    assert shop.job.state.status is JobStatus.SUBMITTED
    assert shop.sandbox.runs == [key.run_name]


async def test_a_receipt_that_landed_before_a_kill_is_told_after_it(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    key = await shop.assigned()
    journal = Journal(None)
    first = await shop.attempts(journal).work(key)
    assert first is not None
    assert await shop.attempts(journal).work(key) == first
