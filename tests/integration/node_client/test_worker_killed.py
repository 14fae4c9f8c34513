"""The whole worker killed at every await point while offers come in: no job runs twice, none is forgotten."""

from pathlib import Path

from hypernode.domain.attempt import AttemptKey
from hypernode.domain.cid import digest_of_cid
from hypernode.domain.spec import spec_hash
from hypernode.domain.status import JobStatus
from hypernode.wire.nodes import Assigned, ReceiptNotice
from hypernode_node_client.journal import Journal, Phase
from tests.programs.jobs import JobCookie
from tests.support.killing import killed_at
from tests.support.scripted_api import ScriptedApi
from tests.support.shop import INPUT, SPEC, Shop, Stepping


async def a_busy_shop(folder: Path) -> ScriptedApi:
    shop = Shop(folder)
    for data in (INPUT, SPEC.to_bytes()):
        await shop.blobs.put(data)
    return two_jobs(shop)


def two_jobs(shop: Shop, nonce: int = 1) -> ScriptedApi:
    """Two jobs are posted, nobody has them yet, and the engine has run nothing."""
    shop.sandbox = shop.a_sandbox()
    jobs = [
        JobCookie(shop.world, shop.job.buyer, shop.market, number, shop.node) for number in (nonce, nonce + 1)
    ]
    for job in jobs:
        job.create(spec_hash=spec_hash(SPEC))
    return ScriptedApi(shop, jobs)


def delivered_once(api: ScriptedApi, journal: Journal, killed: str) -> None:
    keys = [AttemptKey(job.address, job.state.sequence, 1) for job in api.jobs]
    assert [job.state.status for job in api.jobs] == [JobStatus.SUBMITTED] * 2, killed
    assert [job.state.attempt for job in api.jobs] == [1, 1], killed
    assert sorted(api.shop.sandbox.runs) == sorted(key.run_name for key in keys), killed
    assert journal.open_entries() == [], killed
    for key in keys:
        entry = journal.entry(key)
        assert entry is not None, killed
        assert entry.phase is Phase.DONE, killed


async def test_an_agent_killed_anywhere_delivers_every_job_once(tmp_path: Path) -> None:
    point, interrupted = 0, True
    shop = (await a_busy_shop(tmp_path)).shop
    while interrupted:
        point += 1
        api = two_jobs(shop, nonce=2 * point + 1)
        path = tmp_path / f"journal-{point}.sqlite"

        first = Journal(path)
        interrupted = await killed_at(api.until_finished(api.worker(first, Stepping)), point)
        first.close()
        api.finished.clear()

        second = Journal(path)
        await api.until_finished(api.worker(second))
        delivered_once(api, second, f"killed at point {point}")
        assert await api.shop.sandbox.names() == [], f"killed at point {point}"
        second.close()
        for job in api.jobs:
            job.settle()  # a node may have few jobs at once
    assert point > 50, "the test must have killed something"


async def test_an_agent_killed_again_and_again_delivers_every_job_once(tmp_path: Path) -> None:
    api = await a_busy_shop(tmp_path)
    path, kills = tmp_path / "journal.sqlite", 0
    while not api.finished.is_set():
        journal = Journal(path)
        # Each life is a little longer than the one before, so that in the end one is long enough.
        kills += await killed_at(api.until_finished(api.worker(journal, Stepping)), 5 + 3 * kills)
        journal.close()
    assert kills > 3, "the test must have killed something"
    journal = Journal(path)
    delivered_once(api, journal, f"killed {kills} times")
    journal.close()


async def test_an_undisturbed_agent_says_what_it_did(tmp_path: Path) -> None:
    api = await a_busy_shop(tmp_path)
    journal = Journal(None)
    await api.until_finished(api.worker(journal))
    delivered_once(api, journal, "never")
    assert sum(isinstance(message, Assigned) for message in api.heard) == 2
    told = {message.job: message for message in api.heard if isinstance(message, ReceiptNotice)}
    assert {job.address: job.state.receipt_hash for job in api.jobs} == {
        job: digest_of_cid(notice.receipt_cid) for job, notice in told.items()
    }
