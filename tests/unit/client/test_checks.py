"""Tests of an API that lies about a job: the chain's events are compared with what it says."""

from __future__ import annotations

from typing import Any

import pytest

from hypernode import ApiMismatch, Job, NoSuchOutput, Outcome
from hypernode.domain.attestation import Audit
from hypernode.domain.result import Ending
from hypernode.domain.status import RejectReason
from tests.support.documents import an_address, digest
from tests.support.scripted_buyer import JOB, ScriptedBuyer, a_detail
from tests.support.scripted_chain import JobStory

ROOT, RECEIPT = digest("root"), digest("receipt")


def a_job(script: ScriptedBuyer, end: Outcome = Outcome.SETTLED) -> dict[str, Any]:
    """Bring a job to its end on chain, and return what an honest API says of it."""
    story = JobStory(script.chain, spec_hash=digest("spec"), cap=600, rate=1, timeout_seconds=600)
    honest: dict[str, Any] = {"sequence": str(story.account.sequence), "market": story.account.market}
    honest |= {"buyer": story.account.buyer, "ended_at": 5}
    submitted = {"receipt_hash": RECEIPT.hex()}
    if end is Outcome.EXPIRED:
        story.refund(end)
        return a_detail("Expired", **honest, refunded="600")
    story.assign(an_address("node"))
    story.submit(RECEIPT)
    honest |= submitted | {"seconds_used": 30}
    if end is Outcome.REJECTED:
        story.refund(end, reject_reason=RejectReason.OUTPUT_MISMATCH)
        return a_detail("Rejected", **honest, refunded="600", reject_reason="OutputMismatch")
    attested = {"ending": Ending.EXITED, "exit_code": 3, "output_root": ROOT, "audit": Audit.REPEATED}
    story.end("JobSettled", price=30, unlocked=570, outcome=Outcome.SETTLED, own_seconds=28, **attested)
    honest |= {"ending": "Exited", "exit_code": 3, "output_root": ROOT.hex()}
    honest |= {"audit": "Repeated", "own_seconds": 28}
    return a_detail("Settled", **honest, paid="30", refunded="570")


def handle(script: ScriptedBuyer) -> Job:
    return Job(script.client, script.blobs, JOB)


@pytest.mark.parametrize("end", [Outcome.SETTLED, Outcome.REJECTED, Outcome.EXPIRED])
async def test_a_result_that_the_chain_confirms_is_proven(end: Outcome) -> None:
    script = ScriptedBuyer()
    script.job(a_job(script, end))
    result = await handle(script).result()
    assert (result.outcome, result.proven) == (end, True)


@pytest.mark.parametrize(
    ("member", "lie"),
    [
        ("status", "Rejected"),
        ("paid", "29"),
        ("refunded", "0"),
        ("seconds_used", 31),
        ("receipt_hash", digest("forged").hex()),
        ("receipt_hash", None),
        ("output_root", digest("forged").hex()),
        ("exit_code", 0),
        ("ending", "Time"),
        ("audit", "None"),
        ("own_seconds", 1),
        ("spec_hash", digest("forged").hex()),
        ("cap", "601"),
        ("buyer", an_address("forged")),
    ],
)
async def test_one_altered_member_of_an_ended_job_is_refused(member: str, lie: Any) -> None:
    script = ScriptedBuyer()
    script.job({**a_job(script), member: lie})
    with pytest.raises(ApiMismatch, match=member):
        await handle(script).result()


async def test_another_reason_of_a_rejection_is_refused() -> None:
    script = ScriptedBuyer()
    script.job({**a_job(script, Outcome.REJECTED), "reject_reason": "Late"})
    with pytest.raises(ApiMismatch, match="reject_reason"):
        await handle(script).result()


async def test_another_job_is_refused() -> None:
    script = ScriptedBuyer()
    script.job(a_detail("Posted", job=an_address("another")))
    with pytest.raises(ApiMismatch, match="asked for"):
        await handle(script).show()


async def test_a_result_whose_events_the_chain_forgot_is_not_proven() -> None:
    script = ScriptedBuyer()
    script.job(a_job(script))
    script.chain.landed.clear()
    result = await handle(script).result()
    assert (result.outcome, result.proven) == (Outcome.SETTLED, False)


async def test_events_of_an_earlier_job_at_the_same_address_prove_nothing() -> None:
    script = ScriptedBuyer()
    script.job({**a_job(script), "sequence": "99", "paid": "1"})
    assert not (await handle(script).result()).proven


async def test_an_api_that_lost_the_last_event_is_no_liar() -> None:
    script = ScriptedBuyer()
    script.job({**a_job(script), "status": "Ended", "paid": "0", "refunded": "0"})
    assert (await handle(script).result()).outcome is None


async def test_outputs_are_those_of_the_receipt_on_chain() -> None:
    script = ScriptedBuyer()
    script.job({**a_job(script), "receipt_hash": digest("forged").hex()})
    with pytest.raises(ApiMismatch, match="receipt_hash"):
        await handle(script).outputs()
    script.job(a_detail("Assigned"))
    with pytest.raises(NoSuchOutput, match="no node"):
        await handle(script).outputs()
