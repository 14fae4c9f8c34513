"""Tests of the maker of job receipts: from events, API and blobs it makes what the verifier takes."""

from dataclasses import dataclass, field
from typing import Any, cast

import base58
import pytest

from hypernode.blobs import MemoryBlobs
from hypernode.chain.generated.markets import (
    PROGRAM_ID,
    JobAccepted,
    JobAssigned,
    JobCreated,
    JobRejected,
    JobSettled,
    JobUnverified,
    ReceiptSubmitted,
)
from hypernode.chain.layout import Event
from hypernode.chain.ports import ChainEvent, History
from hypernode.client.receipts import JobReceipts, NoJobReceipt
from hypernode.domain.canonical import canonical_bytes
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.draw import Block, Geometry
from hypernode.domain.job_receipt_document import JobReceiptDocument, SignedDecision, SignedFinding
from hypernode.domain.status import JobStatus, Outcome
from hypernode.domain.types import Address, GpuVendor
from hypernode.wire.attestations import AttestationList, AttestationView
from hypernode.wire.findings import FindingIn, FindingList
from hypernode.wire.jobs import FrozenTerms, JobReceipt
from tests.support.documents import an_address
from tests.support.job_receipts import DOCUMENTS, a_cluster, settled_repeated


def text(signature: bytes) -> str:
    return base58.b58encode(signature).decode()


@dataclass
class Marketplace:
    """Chain, API and blobs that hold one job receipt in parts."""

    document: JobReceiptDocument
    answers: dict[str, Any] = field(default_factory=dict)
    events: list[ChainEvent] = field(default_factory=list)
    blobs: MemoryBlobs = field(default_factory=MemoryBlobs)

    async def get(self, model: Any, path: str) -> Any:
        return self.answers[path]

    async def events_of(self, account: Address, program: Address = PROGRAM_ID) -> list[ChainEvent]:
        return self.events

    async def read(self, submitted_slot: int, geometry: Geometry) -> tuple[Block, ...] | None:
        return None if self.document.draw is None else self.document.draw.blocks

    async def receipt(self) -> JobReceiptDocument:
        history = cast("History", self)
        made = JobReceipts(a_cluster(), history=history, api=self, blobs=self.blobs, draws=self)
        return await made.of(self.document.job.address)


async def a_marketplace(document: JobReceiptDocument) -> Marketplace:
    made = Marketplace(document)
    for part in (document.spec, document.receipt):
        if part is not None:
            await made.blobs.put(canonical_bytes(part))
    made.events = [
        ChainEvent(document.transaction, place, place, place, PROGRAM_ID, event)
        for place, event in enumerate(events_of(document))
    ]
    job, path = document.job, f"/v1/jobs/{document.job.address}"
    signature = document.worker_signature
    frozen = FrozenTerms(
        attempt=job.attempt,
        operator=job.operator,
        worker_key=job.worker_key,
        audit_bps=job.audit_bps,
        ratio_bps=job.ratio_bps,
        baseline_bps=job.baseline_bps,
        protocol_bps=job.shares.protocol_bps,
        stakers_bps=job.shares.stakers_bps,
        operations_bps=job.shares.operations_bps,
    )
    made.answers[f"{path}/receipt"] = JobReceipt(
        job=job.address,
        sequence=job.sequence,
        attempt=job.attempt,
        receipt_cid=cid_of_digest(job.receipt_hash),
        worker_key=None if signature is None else job.worker_key,
        signature=None if signature is None else text(signature),
        frozen=frozen,
    )
    findings = [a_finding(document, one) for one in document.findings]
    made.answers[f"{path}/findings"] = FindingList(findings=findings)
    attestations = [an_attestation(document, one) for one in document.attestations]
    made.answers[f"{path}/attestations"] = AttestationList(attestations=attestations)
    return made


def events_of(document: JobReceiptDocument) -> list[Event]:
    job, own = document.job, document.job
    named: dict[str, Any] = {"job": job.address, "buyer": job.buyer, "sequence": job.sequence}
    taken: dict[str, Any] = {**named, "attempt": job.attempt, "node": job.node}
    terms: dict[str, Any] = {"cap": job.cap, "rate": job.rate, "timeout_seconds": job.timeout_seconds}
    gpu: dict[str, Any] = {"gpu_vendor": GpuVendor.NONE, "gpu_count": 0, "min_vram_mib": 0}
    posted, assigned, submitted, *_ = JobStatus
    return [
        JobCreated(
            **named,
            **terms,
            **gpu,
            attempt=0,
            market=an_address("market"),
            nonce=1,
            spec_hash=job.spec_hash,
            expires_at=1,
            new_status=posted,
        ),
        JobAssigned(
            **taken,
            cap=job.cap,
            assigned_at=1,
            deadline=2,
            audit_bps=own.audit_bps,
            epoch=own.epoch,
            exposure=0,
            old_status=posted,
            new_status=assigned,
        ),
        ReceiptSubmitted(
            **taken,
            receipt_hash=job.receipt_hash,
            seconds_used=job.seconds,
            submitted_at=1,
            submitted_slot=job.submitted_slot,
            verdict_deadline=2,
            late_until=3,
            old_status=assigned,
            new_status=submitted,
        ),
        an_end(document, {**taken, "old_status": submitted, "outcome": document.outcome}),
    ]


def an_end(document: JobReceiptDocument, told: dict[str, Any]) -> Event:
    money = document.money
    paid: dict[str, Any] = {
        "payout": an_address("payout"),
        "price": money.price,
        "node_share": money.split.node,
        "treasury": money.split.treasury,
        "stakers": money.split.stakers,
        "operations": money.split.operations,
        "unlocked": money.refund,
        "seconds_used": document.job.seconds,
    }
    if document.outcome is Outcome.UNVERIFIED:
        return JobUnverified(**told, refund=money.refund)
    if document.outcome is Outcome.ACCEPTED:
        return JobAccepted(**told, **paid)
    decision, drawn = document.attestations[0].decision, document.draw
    assert drawn is not None
    verdict: dict[str, Any] = {
        "ending": decision.result.ending,
        "exit_code": decision.result.exit_code,
        "output_root": decision.result.root,
        "audit": decision.audit,
        "draw_id": drawn.draw_id,
        "own_seconds": decision.own,
        "blame": decision.blame,
        "signers": len(document.attestations),
        "score": 500,
    }
    if document.outcome is Outcome.SETTLED:
        return JobSettled(**told, **paid, **verdict)
    return JobRejected(**told, **verdict, refund=money.refund, sentence=0, reject_reason=decision.reason)


def a_finding(document: JobReceiptDocument, found: SignedFinding) -> FindingIn:
    return FindingIn(
        oracle=found.oracle,
        sequence=document.job.sequence,
        attempt=document.job.attempt,
        stage=found.stage,
        commitment=found.commitment.hex(),
        signature=text(found.signature),
        content=None if found.content is None else found.content.hex(),
        salt=None if found.salt is None else found.salt.hex(),
    )


def an_attestation(document: JobReceiptDocument, signed: SignedDecision, **changes: Any) -> AttestationView:
    job, decision, drawn = document.job, signed.decision, document.draw
    assert drawn is not None
    members: dict[str, Any] = {
        "oracle": signed.oracle,
        "sequence": job.sequence,
        "attempt": job.attempt,
        "epoch": job.epoch,
        "verdict": int(decision.verdict),
        "reason": int(decision.reason),
        "ending": int(decision.result.ending),
        "exit_code": decision.result.exit_code,
        "root": decision.result.root.hex(),
        "audit": int(decision.audit),
        "draw_id": drawn.draw_id.hex(),
        "own": decision.own,
        "blame": int(decision.blame),
        "digest": "00" * 32,
        "signature": text(signed.signature),
        "job": job.address,
        "node": job.node,
        "receipt_hash": job.receipt_hash.hex(),
        "seconds_used": job.seconds,
        "received_at": 1,
    }
    return AttestationView(**{**members, **changes})


def sorted_document(document: JobReceiptDocument) -> dict[str, Any]:
    made = document.to_document()
    made["attestations"].sort(key=lambda one: one["oracle"])
    return made


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_the_parts_of_a_receipt_make_it_again(name: str):
    document = DOCUMENTS[name]()
    market = await a_marketplace(document)
    assert sorted_document(await market.receipt()) == sorted_document(document)


async def test_attestations_of_another_verdict_stay_out():
    document = settled_repeated()
    market = await a_marketplace(document)
    signed = document.attestations[0]
    other = [
        an_attestation(document, signed, oracle=an_address("other"), own=7),
        an_attestation(document, signed, oracle=an_address("earlier"), attempt=2),
        an_attestation(document, signed, oracle=an_address("junk"), verdict=9),
    ]
    kept = market.answers[f"/v1/jobs/{document.job.address}/attestations"]
    kept.attestations.extend(other)
    assert sorted_document(await market.receipt()) == sorted_document(document)


async def test_a_live_job_has_no_receipt():
    market = await a_marketplace(settled_repeated())
    market.events.pop()
    with pytest.raises(NoJobReceipt, match="no verdict"):
        await market.receipt()


async def test_an_account_that_the_api_did_not_see_is_said():
    document = settled_repeated()
    market = await a_marketplace(document)
    path = f"/v1/jobs/{document.job.address}/receipt"
    market.answers[path] = market.answers[path].model_copy(update={"frozen": None})
    with pytest.raises(NoJobReceipt, match="did not see the account"):
        await market.receipt()


async def test_forgotten_events_are_said():
    market = await a_marketplace(settled_repeated())
    del market.events[0]
    with pytest.raises(NoJobReceipt, match="forgotten"):
        await market.receipt()
