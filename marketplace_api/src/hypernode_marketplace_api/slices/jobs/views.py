"""Views of jobs and attestations, made from their rows."""

from typing import cast

from hypernode.chain.generated.markets import Job
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.wire.attestations import AttestationView
from hypernode.wire.jobs import JobDetail, JobStatusText, JobView, TimelineEntry
from hypernode_marketplace_api.models import AttestationRow, ChainEventRow, JobRow


def job_view(row: JobRow) -> JobView:
    return JobView(
        job=row.job,
        sequence=row.sequence,
        buyer=row.buyer,
        market=row.market,
        status=cast("JobStatusText", row.status),
        spec_hash=row.spec_hash.hex(),
        spec_cid=cid_of_digest(row.spec_hash),
        cap=row.cap,
        rate=row.rate,
        timeout_seconds=row.timeout_seconds,
        attempt=row.attempt,
        node=row.node,
        created_at=row.created_at,
        assigned_at=row.assigned_at,
        deadline=row.deadline,
        submitted_at=row.submitted_at,
        ended_at=row.ended_at,
        seconds_used=row.seconds_used,
        exec_hash=_hex(row.exec_hash),
        output_root=_hex(row.output_root),
        receipt_hash=_hex(row.receipt_hash),
        paid=row.paid,
        refunded=row.refunded,
        reject_reason=row.reject_reason,
    )


def job_detail(row: JobRow, timeline: list[ChainEventRow]) -> JobDetail:
    entries = [timeline_entry(event) for event in timeline]
    return JobDetail(**job_view(row).model_dump(), timeline=entries)


def job_detail_from_chain(address: Address, job: Job) -> JobDetail:
    """Show a job that the indexer has not come to yet."""
    taken = job.status is not JobStatus.POSTED
    submitted = job.status is JobStatus.SUBMITTED
    return JobDetail(
        job=address,
        sequence=job.sequence,
        buyer=job.buyer,
        market=job.market,
        status=cast("JobStatusText", job.status.label),
        spec_hash=job.spec_hash.hex(),
        spec_cid=cid_of_digest(job.spec_hash),
        cap=job.cap,
        rate=job.rate,
        timeout_seconds=job.timeout_seconds,
        attempt=job.attempt,
        node=job.node if taken else None,
        created_at=job.created_at,
        assigned_at=job.assigned_at if taken else None,
        deadline=job.deadline if taken else None,
        submitted_at=job.submitted_at if submitted else None,
        ended_at=None,
        seconds_used=job.seconds_used if submitted else None,
        exec_hash=job.exec_hash.hex() if submitted else None,
        output_root=job.output_root.hex() if submitted else None,
        receipt_hash=job.receipt_hash.hex() if submitted else None,
        paid=0,
        refunded=0,
        reject_reason=None,
        timeline=[],
    )


def timeline_entry(event: ChainEventRow) -> TimelineEntry:
    return TimelineEntry(
        name=event.name,
        signature=event.signature,
        index=event.index,
        slot=event.slot,
        at=event.block_time,
        attempt=event.attempt,
        data=event.data,
    )


def attestation_view(row: AttestationRow) -> AttestationView:
    return AttestationView(
        job=row.job,
        oracle=row.oracle,
        sequence=row.sequence,
        attempt=row.attempt,
        verdict=row.verdict,
        reason=row.reason,
        epoch=row.epoch,
        digest=row.digest.hex(),
        signature=row.signature,
        node=row.node,
        exec_hash=row.exec_hash.hex(),
        output_root=row.output_root.hex(),
        receipt_hash=row.receipt_hash.hex(),
        seconds_used=row.seconds_used,
        expires_at=row.expires_at,
        received_at=row.received_at,
    )


def _hex(digest: bytes | None) -> str | None:
    return None if digest is None else digest.hex()
