"""Tests of a buyer's jobs: what `run` makes of its arguments, nonces, lists, and work without a wallet."""

from __future__ import annotations

from pathlib import Path

import pytest

from hypernode import InvalidJobSpec, Jobs, NoKey, NonceTaken, Resources
from hypernode.chain import addresses
from hypernode.client.jobs import describe
from hypernode.domain.spec import spec_hash
from tests.support.accounts import MATCHER
from tests.support.scripted_buyer import JOB, Answer, ScriptedBuyer, a_detail, a_view

IMAGE = "sha256:" + "ab" * 32
NONCE = 7
NAMED = addresses.job(MATCHER.address, NONCE)


@pytest.fixture
def script() -> ScriptedBuyer:
    return ScriptedBuyer()


async def test_inputs_are_bytes_or_files(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"from disk")
    path = tmp_path / "b.txt"
    spec, files = await describe(IMAGE, ["cat"], {"a.txt": b"here", "b.txt": path, "c.txt": str(path)})
    assert files == (b"here", b"from disk", b"from disk")
    assert [(file.path, file.size) for file in spec.inputs] == [("a.txt", 4), ("b.txt", 9), ("c.txt", 9)]


async def test_an_input_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidJobSpec, match=r"inputs\.a\.txt.*No such file"):
        await describe(IMAGE, ["cat"], {"a.txt": tmp_path / "absent"})


async def test_a_command_of_one_text_is_run_by_the_shell() -> None:
    spec, _ = await describe(IMAGE, "echo a | wc", timeout_seconds=5, resources=Resources(memory_mib=64))
    assert spec.command == ("sh", "-c", "echo a | wc")
    assert (spec.timeout_seconds, spec.resources.memory_mib) == (5, 64)


async def test_a_nonce_used_before_returns_the_job_of_then(script: ScriptedBuyer) -> None:
    spec, _ = await describe(IMAGE, ["true"])
    script.answers[f"/v1/jobs/{NAMED}"] = [a_detail("Settled", job=NAMED, spec_hash=spec_hash(spec).hex())]
    job = await Jobs(script.client, script.blobs).run(IMAGE, ["true"], nonce=NONCE)
    assert job.id == NAMED
    assert job.posted is not None
    assert (job.posted.nonce, job.posted.deposited) == (NONCE, 0)
    assert script.asked == [f"/v1/jobs/{NAMED}"]


async def test_a_nonce_of_a_job_with_another_spec_is_refused(script: ScriptedBuyer) -> None:
    script.answers[f"/v1/jobs/{NAMED}"] = [a_detail("Settled", job=NAMED)]
    with pytest.raises(NonceTaken, match=f"nonce {NONCE}"):
        await Jobs(script.client, script.blobs).run(IMAGE, ["true"], nonce=NONCE)


async def test_a_list_follows_its_pages(script: ScriptedBuyer) -> None:
    first: Answer = {"jobs": [a_view()], "next_cursor": "more"}
    script.answers["/v1/jobs"] = [first, {"jobs": [a_view("Settled")], "next_cursor": None}]
    listed = [view.status async for view in Jobs(script.client, script.blobs).list()]
    assert listed == ["Posted", "Settled"]
    assert "cursor=more" in script.asked[-1]


async def test_without_a_wallet_jobs_can_be_read_and_nothing_can_be_signed(script: ScriptedBuyer) -> None:
    script.job(a_detail())
    jobs = Jobs(script.client, script.blobs, can_sign=False)
    assert (await jobs.get(JOB)).id == JOB
    with pytest.raises(NoKey, match="wallet"):
        await jobs.run(IMAGE, ["true"])
    with pytest.raises(NoKey):
        await jobs.cancel(JOB)
    with pytest.raises(NoKey):
        await jobs.accept(JOB)
    with pytest.raises(NoKey):
        await anext(jobs.list())
