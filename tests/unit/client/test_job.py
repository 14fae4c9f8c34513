"""Tests of the job handle: events once each, logs without repetition, results checked by their hashes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import httpx
import pytest

from hypernode import Job, JobFailed, NoSuchOutput, Outcome
from hypernode.client.api import READ_PATIENCE, ApiUnavailable
from hypernode.client.buyer import LONGEST_WAIT, WATCH_SECONDS, PostedJob
from hypernode.domain.merkle import OutputFile
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import Receipt, RuntimeInfo, Usage, receipt_hash
from hypernode.domain.result import Ending
from hypernode.errors import ApiError, HashMismatch
from tests.support.documents import an_address, digest
from tests.support.scripted_buyer import JOB, ScriptedBuyer, a_detail, a_log, an_entry

ANSWER = b"42\n"


@pytest.fixture
def script() -> ScriptedBuyer:
    return ScriptedBuyer()


def handle(script: ScriptedBuyer, folder: Path | None = None) -> Job:
    return Job(script.client, script.blobs, JOB, folder=folder)


def a_manifest() -> OutputManifest:
    return OutputManifest.of(
        [OutputFile("text/answer.txt", 0o644, len(ANSWER), hashlib.sha256(ANSWER).digest())]
    )


def a_receipt(manifest: OutputManifest, *, exit_code: int = 0, root: bytes | None = None) -> Receipt:
    return Receipt(
        job=JOB,
        sequence=1,
        attempt=1,
        node=an_address("node"),
        worker_key=an_address("worker"),
        salt=digest("salt"),
        output_root=manifest.root if root is None else root,
        outputs=hashlib.sha256(manifest.to_bytes()).digest(),
        logs=digest("logs"),
        logs_truncated=False,
        ending=Ending.EXITED,
        exit_code=exit_code,
        stop=None,
        started_at=1,
        finished_at=3,
        seconds_used=2,
        usage=Usage(),
        runtime=RuntimeInfo(engine="e", runc="r", seccomp=digest("s"), image="sha256:" + "0" * 64),
    )


async def settle(script: ScriptedBuyer, receipt: Receipt, status: str = "Settled") -> None:
    for data in (ANSWER, a_manifest().to_bytes(), receipt.to_bytes()):
        await script.blobs.put(data)
    ended = {"ended_at": 5, "seconds_used": 2, "paid": "2", "refunded": "598"}
    script.job(a_detail("Posted"), a_detail(status, receipt_hash=receipt_hash(receipt).hex(), **ended))


async def test_each_event_comes_once_and_the_end_ends_them(script: ScriptedBuyer) -> None:
    posted, assigned, settled = (an_entry(name) for name in ("JobCreated", "JobAssigned", "JobSettled"))
    script.job(
        a_detail("Posted", posted),
        a_detail("Assigned", posted, assigned),
        a_detail("Settled", posted, assigned, settled, ended_at=9),
    )
    names = [entry.name async for entry in handle(script).events()]
    assert names == ["JobCreated", "JobAssigned", "JobSettled"]


async def test_logs_come_in_pieces_and_end_with_the_final_log(script: ScriptedBuyer) -> None:
    script.job(a_detail("Assigned"))
    script.logs(None, a_log("one\n"), a_log("one\n"), a_log("one\ntwo\n"), a_log("one\ntwo\nend", final=True))
    assert [text async for text in handle(script).logs()] == ["one\n", "two\n", "end"]


async def test_a_live_log_that_lost_its_beginning_is_not_repeated(
    script: ScriptedBuyer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hypernode.client.job.TAIL_CHARS", 4)
    script.job(a_detail("Assigned"))
    script.logs(a_log("one\ntwo\n"), a_log("two\nthree\n"), a_log("one\ntwo\nthree\n", final=True))
    assert [text async for text in handle(script).logs()] == ["one\ntwo\n", "three\n"]


async def test_another_attempt_starts_its_log_again(script: ScriptedBuyer) -> None:
    script.job(a_detail("Assigned"))
    script.logs(a_log("one\n"), a_log("one\nmore\n", attempt=2, final=True))
    assert [text async for text in handle(script).logs()] == ["one\n", "one\nmore\n"]


async def test_a_job_that_ended_without_a_log_ends_the_logs(script: ScriptedBuyer) -> None:
    script.job(a_detail("Cancelled", ended_at=5))
    assert [text async for text in handle(script).logs()] == []


async def test_a_result_has_the_exit_code_and_the_files(script: ScriptedBuyer, tmp_path: Path) -> None:
    await settle(script, a_receipt(a_manifest()))
    result = await handle(script, tmp_path / "run").result()
    assert (result.outcome, result.exit_code, result.ok) == (Outcome.SETTLED, 0, True)
    assert (result.paid, result.refunded, result.seconds_used) == (2, 598, 2)
    assert result.check() is result
    assert await result.outputs.read("text/answer.txt") == ANSWER
    assert (tmp_path / "run" / "text" / "answer.txt").read_bytes() == ANSWER
    (path,) = await result.outputs.save(tmp_path / "again")
    assert path.read_bytes() == ANSWER
    with pytest.raises(NoSuchOutput, match=r"answer\.txt"):
        await result.outputs.read("other")


async def test_a_command_that_failed_is_paid_and_not_ok(script: ScriptedBuyer) -> None:
    await settle(script, a_receipt(a_manifest(), exit_code=3))
    result = await handle(script).result()
    assert (result.outcome, result.exit_code, result.ok) == (Outcome.SETTLED, 3, False)
    with pytest.raises(JobFailed, match="exit code 3") as failed:
        result.check()
    assert failed.value.about == JOB


async def test_a_job_without_a_receipt_has_no_exit_code_and_no_files(script: ScriptedBuyer) -> None:
    script.job(a_detail("Expired", ended_at=5, refunded="600"))
    result = await handle(script).result()
    assert (result.outcome, result.exit_code, result.outputs.files) == (Outcome.EXPIRED, None, ())
    with pytest.raises(JobFailed, match="Expired"):
        result.check()


async def test_a_receipt_that_the_store_lost_leaves_the_outcome(script: ScriptedBuyer) -> None:
    script.job(
        a_detail("Rejected", ended_at=5, receipt_hash=digest("gone").hex(), reject_reason="MissingBlob")
    )
    result = await handle(script).result()
    assert (result.outcome, result.reason, result.receipt) == (Outcome.REJECTED, "MissingBlob", None)


async def test_an_end_whose_event_was_lost_has_no_outcome(script: ScriptedBuyer) -> None:
    script.job(a_detail("Ended", ended_at=5))
    assert (await handle(script).result()).outcome is None


async def test_an_output_list_of_another_root_is_refused(script: ScriptedBuyer) -> None:
    await settle(script, a_receipt(a_manifest(), root=digest("another")))
    with pytest.raises(HashMismatch, match="output list"):
        await handle(script).result()


async def test_other_bytes_under_an_outputs_hash_are_refused(script: ScriptedBuyer) -> None:
    await settle(script, a_receipt(a_manifest()))
    outputs = (await handle(script).result()).outputs
    (cid,) = [cid for cid, data in script.blobs._blobs.items() if data == ANSWER]
    script.blobs.tamper(cid, b"43\n")
    with pytest.raises(HashMismatch):
        await outputs.read("text/answer.txt")


AWAY = httpx.ConnectError("refused")


def busy(seconds: int) -> httpx.Response:
    return httpx.Response(429, headers={"retry-after": str(seconds)}, content=b"{}")


async def test_a_job_is_followed_while_the_api_is_away(script: ScriptedBuyer) -> None:
    """The job goes on without the API: a restart of a replica ends no wait for it."""
    away = [AWAY] * 12
    script.job(a_detail("Posted"), *away, a_detail("Assigned"), *away, a_detail("Settled", ended_at=9))
    seen = [detail.status async for detail in handle(script).watch()]
    assert seen == ["Posted", "Assigned", "Settled"]


def unknown() -> httpx.Response:
    return httpx.Response(404, json={"error": "JobNotFound", "detail": "no job", "status": 404})


async def test_a_job_just_posted_is_waited_for_while_the_index_is_behind(script: ScriptedBuyer) -> None:
    """It may even have ended before the API knew it."""
    script.job(unknown(), unknown(), a_detail("Expired", ended_at=9))
    posted = PostedJob(job=JOB, nonce=1, cap=1, deposited=0, signature="s")
    job = Job(script.client, script.blobs, JOB, posted=posted)
    assert [detail.status async for detail in job.watch()] == ["Expired"]


async def test_a_job_that_nobody_posted_is_not_waited_for(script: ScriptedBuyer) -> None:
    script.job(unknown(), a_detail("Expired", ended_at=9))
    with pytest.raises(ApiError):
        assert [detail async for detail in handle(script).watch()] == []


async def test_logs_are_followed_while_the_api_is_away(script: ScriptedBuyer) -> None:
    script.job(a_detail("Assigned"), AWAY, AWAY, a_detail("Settled", ended_at=9))
    script.logs(a_log("one", final=False), AWAY, a_log("one two", final=True))
    assert [piece async for piece in handle(script).logs()] == ["one", " two"]


async def test_a_service_that_asks_for_time_gets_it(script: ScriptedBuyer) -> None:
    script.job(a_detail("Posted"), busy(7), a_detail("Settled", ended_at=9))
    assert [detail.status async for detail in handle(script).watch()] == ["Posted", "Settled"]
    assert max(script.pauses) == 7


async def test_a_single_read_gives_up_soon(script: ScriptedBuyer) -> None:
    script.job(AWAY)
    with pytest.raises(ApiUnavailable):
        await handle(script).show()
    assert all(seconds <= READ_PATIENCE for seconds in script.pauses)


@pytest.mark.parametrize("follow", ["watch", "logs"])
async def test_a_job_that_does_not_change_is_asked_for_less_and_less_often(
    script: ScriptedBuyer, follow: str
) -> None:
    script.job(*[a_detail("Assigned")] * 30, a_detail("Settled", ended_at=9))
    script.logs(a_log("same", final=False))
    async for _ in getattr(handle(script), follow)():
        pass
    early, late = script.pauses[:3], script.pauses[-3:]
    assert min(script.pauses) >= WATCH_SECONDS / 2
    assert max(early) < min(late)
    assert max(script.pauses) <= LONGEST_WAIT
    assert len(set(script.pauses)) == len(script.pauses)
