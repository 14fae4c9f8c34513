"""Maker of job receipts: it puts together what the chain, the API and the blob store have of an ended job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import base58

from hypernode.blobs import BlobStore
from hypernode.chain.generated.markets import (
    JobAccepted,
    JobAssigned,
    JobCreated,
    JobRejected,
    JobSettled,
    JobUnverified,
    ReceiptSubmitted,
)
from hypernode.chain.ports import ChainEvent, History
from hypernode.client.api import Model
from hypernode.domain.attestation import Decision, Reason
from hypernode.domain.canonical import parse_canonical
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.cluster import ClusterDescription, OracleEpoch
from hypernode.domain.draw import Block, Geometry, draw
from hypernode.domain.job_receipt_document import (
    DrawRecord,
    JobFacts,
    JobReceiptDocument,
    MoneyRecord,
    SignedDecision,
    SignedFinding,
)
from hypernode.domain.pricing import FeeShares, PriceSplit
from hypernode.domain.result import Result
from hypernode.domain.status import Verdict
from hypernode.domain.types import Address
from hypernode.errors import BlobNotFound, DomainError, InvalidDocument
from hypernode.wire.attestations import AttestationIn, AttestationList
from hypernode.wire.findings import FindingIn, FindingList
from hypernode.wire.jobs import JobReceipt

_NO_SPLIT = PriceSplit(node=0, treasury=0, stakers=0, operations=0)
Judged = JobSettled | JobRejected
Ended = Judged | JobAccepted | JobUnverified


class NoJobReceipt(DomainError):
    """There is no job receipt: the job is live, no node submitted it, or a part is no longer known."""


class DrawReader(Protocol):
    """Reader of a draw's blocks (`hypernode.chain.blocks.DrawBlocks`)."""

    async def read(self, submitted_slot: int, geometry: Geometry) -> tuple[Block, ...] | None:
        """Return the blocks that decide a submission; None if they are not all finalized yet."""


class ApiReader(Protocol):
    """Reads of the API (`hypernode.client.api.ApiClient`)."""

    async def get(self, model: type[Model], path: str) -> Model:
        """Return one document."""


class JobReceipts:
    """Job receipts of one cluster, from its chain, its API and its blobs."""

    def __init__(
        self,
        cluster: ClusterDescription,
        *,
        history: History,
        api: ApiReader,
        blobs: BlobStore,
        draws: DrawReader,
    ) -> None:
        self._cluster, self._history, self._api = cluster, history, api
        self._blobs, self._draws = blobs, draws

    async def of(self, job: Address) -> JobReceiptDocument:
        """Return the receipt of the last job at an address; raise `NoJobReceipt` if there is none."""
        events = await self._history.events_of(job)
        kept = await self._api.get(JobReceipt, f"/v1/jobs/{job}/receipt")
        story = _Story(job, events, kept)
        facts = story.facts()
        epoch = self._cluster.epoch(facts.epoch)
        if epoch is None:
            raise NoJobReceipt(f"the cluster description has no epoch {facts.epoch}", fix="join it again")
        findings = await self._api.get(FindingList, f"/v1/jobs/{job}/findings")
        attestations = await self._api.get(AttestationList, f"/v1/jobs/{job}/attestations")
        spec = await self._document(facts.spec_hash)
        if spec is None:
            raise NoJobReceipt(f"the API no longer has the spec of job {job}", about=job)
        return JobReceiptDocument(
            genesis=self._cluster.genesis,
            spec=spec,
            receipt=await self._document(facts.receipt_hash),
            worker_signature=None if kept.signature is None else base58.b58decode(kept.signature),
            job=facts,
            draw=await self._draw(facts, epoch),
            findings=_findings(findings.findings, facts),
            attestations=story.signed(attestations.attestations),
            transaction=story.last.signature,
            outcome=story.ended.outcome,
            money=_money(story.ended),
        )

    async def _document(self, digest: bytes) -> dict[str, Any] | None:
        """Return the document with a hash; None if it is missing, or is not a canonical document."""
        try:
            return parse_canonical(await self._blobs.get(cid_of_digest(digest)))
        except (BlobNotFound, InvalidDocument):
            return None

    async def _draw(self, job: JobFacts, epoch: OracleEpoch) -> DrawRecord | None:
        blocks = await self._draws.read(job.submitted_slot, epoch.geometry)
        if blocks is None:
            return None
        made = draw(
            job.submission(self._cluster.genesis), blocks, epoch.geometry, job.audit_bps, len(epoch.oracles)
        )
        return DrawRecord(blocks, made.draw_id, made.drawn, tuple(epoch.keys[place] for place in made.panel))


class _Story:
    """The events of the last job at an address, and what the API kept of its account."""

    def __init__(self, job: Address, events: Sequence[ChainEvent], kept: JobReceipt) -> None:
        self._job = job
        own = [entry for entry in events if getattr(entry.event, "job", None) == job]
        last = max((getattr(entry.event, "sequence", -1) for entry in own), default=-1)
        self._events = [entry for entry in own if getattr(entry.event, "sequence", -1) == last]
        self._frozen = kept.frozen if kept.sequence == last else None
        if not self._events or not isinstance(self._events[-1].event, Ended):
            raise NoJobReceipt(
                f"the chain shows no verdict and no later end of a submitted job at {job}", about=job
            )
        self.last = self._events[-1]
        self.ended: Ended = self._events[-1].event

    def facts(self) -> JobFacts:
        """Return what the job's account held, from its events and from what the API kept."""
        frozen = self._frozen
        created, assigned, submitted = (
            self._one(JobCreated),
            self._one(JobAssigned),
            self._one(ReceiptSubmitted),
        )
        if created is None or assigned is None or submitted is None:
            raise NoJobReceipt(
                f"the RPC endpoint has forgotten events of job {self._job}",
                fix="ask another RPC endpoint",
                about=self._job,
            )
        if frozen is None or frozen.attempt != assigned.attempt:
            raise NoJobReceipt(
                f"the API did not see the account of job {self._job} while it was live", about=self._job
            )
        return JobFacts(
            address=self._job,
            buyer=created.buyer,
            sequence=created.sequence,
            attempt=assigned.attempt,
            node=assigned.node,
            operator=Address(frozen.operator),
            worker_key=Address(frozen.worker_key),
            spec_hash=created.spec_hash,
            rate=created.rate,
            cap=created.cap,
            timeout_seconds=created.timeout_seconds,
            audit_bps=assigned.audit_bps,
            ratio_bps=frozen.ratio_bps,
            baseline_bps=frozen.baseline_bps,
            shares=FeeShares(frozen.protocol_bps, frozen.stakers_bps, frozen.operations_bps),
            epoch=assigned.epoch,
            receipt_hash=submitted.receipt_hash,
            seconds=submitted.seconds_used,
            submitted_slot=submitted.submitted_slot,
        )

    def signed(self, given: Sequence[AttestationIn]) -> tuple[SignedDecision, ...]:
        """Return the attestations of the verdict that ended the job, each oracle once."""
        if not isinstance(self.ended, Judged):
            return ()
        decision, found = _decision(self.ended), dict[str, SignedDecision]()
        wanted = (self.ended.sequence, self.ended.attempt, self.ended.draw_id.hex())
        for one in given:
            if (one.sequence, one.attempt, one.draw_id) == wanted and _decides(one, decision):
                signature = base58.b58decode(one.signature)
                found[one.oracle] = SignedDecision(Address(one.oracle), decision, signature)
        return tuple(found[oracle] for oracle in sorted(found))

    def _one(self, kind: type[Any]) -> Any:
        return next((entry.event for entry in reversed(self._events) if isinstance(entry.event, kind)), None)


def _decision(ended: Judged) -> Decision:
    verdict, reason = Verdict.ACCEPT, Reason.NONE
    if isinstance(ended, JobRejected):
        verdict, reason = Verdict.REJECT, ended.reject_reason
    return Decision(
        verdict=verdict,
        reason=reason,
        result=Result(ended.ending, ended.exit_code, ended.output_root),
        audit=ended.audit,
        own=ended.own_seconds,
        blame=ended.blame,
    )


def _decides(given: AttestationIn, decision: Decision) -> bool:
    try:
        return given.decision() == decision
    except DomainError:
        return False


def _money(ended: Ended) -> MoneyRecord:
    if isinstance(ended, JobRejected | JobUnverified):
        return MoneyRecord(0, _NO_SPLIT, ended.refund)
    split = PriceSplit(
        node=ended.node_share,
        treasury=ended.treasury,
        stakers=ended.stakers,
        operations=ended.operations,
    )
    return MoneyRecord(ended.price, split, ended.unlocked)


def _findings(given: Sequence[FindingIn], job: JobFacts) -> tuple[SignedFinding, ...]:
    """Return the findings of an attempt, each once: opened, if it was opened."""
    found = dict[tuple[str, int, str], FindingIn]()
    for one in given:
        key = one.oracle, one.stage, one.commitment
        if (one.sequence, one.attempt) == (job.sequence, job.attempt) and (
            key not in found or one.content is not None
        ):
            found[key] = one
    return tuple(map(_finding, found.values()))


def _finding(given: FindingIn) -> SignedFinding:
    return SignedFinding(
        oracle=Address(given.oracle),
        stage=given.stage,
        commitment=bytes.fromhex(given.commitment),
        signature=base58.b58decode(given.signature),
        content=None if given.content is None else bytes.fromhex(given.content),
        salt=None if given.salt is None else bytes.fromhex(given.salt),
    )
