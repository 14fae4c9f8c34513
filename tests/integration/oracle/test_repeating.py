"""What an oracle makes of its own run: what it cannot repeat it does not; one that stopped blames nobody."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from hypernode.domain.attempt import AttemptKey
from hypernode.domain.spec import GpuRequest, JobSpec, Resources, spec_hash
from hypernode.domain.status import DeterminismClass, Verdict
from hypernode.domain.types import GpuVendor
from hypernode_node_client.journal import Journal
from hypernode_oracle.journal import Journal as OracleJournal
from hypernode_sandbox.fake import FakeSandbox
from hypernode_sandbox.ports import EXIT_TIMED_OUT, SandboxRun
from tests.support.shop import INPUT, SPEC, Shop

GPU = Resources(gpu=GpuRequest(GpuVendor.NVIDIA, 1, 8_000))


def gives_124(run: SandboxRun) -> tuple[int, Mapping[str, bytes], bytes]:
    """What a job does that runs out of a time limit of its own, and says so."""
    return EXIT_TIMED_OUT, {"partial.txt": b"half"}, b""


async def submitted(shop: Shop, spec: JobSpec) -> None:
    for data in (INPUT, spec.to_bytes()):
        await shop.blobs.put(data)
    shop.job.create(spec_hash=spec_hash(spec)).assign(shop.node)
    shop.world.advance(10)
    state = shop.job.state
    key = AttemptKey(shop.job.address, state.sequence, state.attempt)
    assert await shop.attempts(Journal(None)).work(key) is not None
    await shop.arrange()


@pytest.mark.parametrize(
    "spec",
    [replace(SPEC, resources=GPU), replace(SPEC, determinism=DeterminismClass.D2)],
    ids=["needs a GPU", "differs by machine"],
)
async def test_what_cannot_be_repeated_is_judged_by_its_evidence(tmp_path: Path, spec: JobSpec) -> None:
    """k members say that they cannot run it, and the job is paid, as its buyer chose by default."""
    shop = Shop(tmp_path)
    await submitted(shop, spec)
    sandbox = shop.a_sandbox()
    for number in (0, 1, 0, 1):
        await shop.oracle(number, sandbox=sandbox).step()
    left = await shop.board.attestations(shop.job.address)
    assert [verdict.verdict for verdict in left] == [int(Verdict.ACCEPT)] * 2
    assert (sandbox.runs, shop.job.exists) == ([], False)


async def test_what_can_be_repeated_is(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await submitted(shop, SPEC)
    sandbox = shop.a_sandbox()
    await shop.oracle(0, sandbox=sandbox).step()
    assert len(sandbox.runs) == len(await shop.board.attestations(shop.job.address)) == 1
    assert await sandbox.names() == []


async def test_an_own_run_that_was_stopped_is_never_held_against_the_node(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await shop.submitted(gives_124)
    slow = FakeSandbox(gives_124, seconds=10_000.0, runtime_image=SPEC.image_digest)
    await shop.oracle(0, sandbox=slow).step()
    assert await shop.board.attestations(shop.job.address) == []
    for number in (1, 2, 0, 1, 2, 0, 1):
        sandbox = slow if number == 0 else shop.a_sandbox(gives_124)
        await shop.oracle(number, sandbox=sandbox).step()
    left = await shop.board.attestations(shop.job.address)
    assert {verdict.verdict for verdict in left} == {int(Verdict.ACCEPT)}
    assert shop.node.earned > 0


async def test_both_stopped_alike_is_agreement(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    for data in (INPUT, SPEC.to_bytes()):
        await shop.blobs.put(data)

    def endless() -> FakeSandbox:
        return FakeSandbox(seconds=10_000.0, runtime_image=SPEC.image_digest)

    shop.sandbox = endless()
    await submitted(shop, SPEC)
    await shop.oracle(0, sandbox=endless()).step()
    (verdict,) = await shop.board.attestations(shop.job.address)
    assert verdict.verdict == int(Verdict.ACCEPT)


async def test_a_submission_that_a_lagging_node_did_not_show_is_judged_after_all(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    await submitted(shop, SPEC)
    state = shop.job.state
    submission = AttemptKey(shop.job.address, state.sequence, state.attempt)
    journal = OracleJournal(tmp_path / "oracle-0.sqlite")
    journal.see(submission)
    journal.close_submission(submission)
    journal.close()
    await shop.oracle(0).step()
    assert len(await shop.board.attestations(shop.job.address)) == 1
