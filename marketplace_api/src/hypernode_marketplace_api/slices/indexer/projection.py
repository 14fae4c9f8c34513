"""Columns of a job's row, made from its account and its events. Pure.

An open account has more fields than the events, so `job_of_account` overrules them.
"""

from hypernode.chain.generated.markets import (
    Job,
    JobAssigned,
    JobCancelled,
    JobCreated,
    JobExpired,
    JobRejected,
    JobReposted,
    JobSettled,
    JobTimedOut,
    JobUnverified,
    ReceiptSubmitted,
)
from hypernode.chain.layout import Event
from hypernode.domain.status import JobStatus, Outcome
from hypernode_marketplace_api.models.base import Columns, capped


def job_of_account(job: Job) -> Columns:
    """Return the columns of a live job as its account has them."""
    taken = job.status is not JobStatus.POSTED
    submitted = job.status is JobStatus.SUBMITTED
    return {
        "buyer": job.buyer,
        "market": job.market,
        "status": job.status.label,
        "spec_hash": job.spec_hash,
        "cap": capped(job.cap),
        "rate": capped(job.rate),
        "timeout_seconds": job.timeout_seconds,
        "gpu_vendor": int(job.gpu_vendor),
        "gpu_count": job.gpu_count,
        "min_vram_mib": job.min_vram_mib,
        "attempt": job.attempt,
        "created_at": job.created_at,
        "expires_at": job.expires_at,
        "node": job.node if taken else None,
        "assigned_at": job.assigned_at if taken else None,
        "deadline": job.deadline if taken else None,
        "submitted_at": job.submitted_at if submitted else None,
        "verdict_deadline": job.verdict_deadline if submitted else None,
        "exec_hash": job.exec_hash if submitted else None,
        "output_root": job.output_root if submitted else None,
        "receipt_hash": job.receipt_hash if submitted else None,
        "seconds_used": job.seconds_used if submitted else None,
    }


def job_of_event(event: Event, at: int) -> Columns:
    """Return the columns of its job that one event changes; `at` is when the chain took it."""
    match event:
        case JobCreated():
            return _created(event, at)
        case JobAssigned():
            return {
                "status": JobStatus.ASSIGNED.label,
                "attempt": event.attempt,
                "node": event.node,
                "assigned_at": event.assigned_at,
                "deadline": event.deadline,
            }
        case ReceiptSubmitted():
            return {
                "status": JobStatus.SUBMITTED.label,
                "exec_hash": event.exec_hash,
                "output_root": event.output_root,
                "receipt_hash": event.receipt_hash,
                "seconds_used": event.seconds_used,
                "submitted_at": event.submitted_at,
                "verdict_deadline": event.verdict_deadline,
            }
        case JobReposted():
            return {
                "status": JobStatus.POSTED.label,
                "node": None,
                "assigned_at": None,
                "deadline": None,
                "expires_at": event.expires_at,
            }
        case JobSettled():
            return _ended(Outcome.SETTLED, at, paid=event.price, refunded=event.unlocked)
        case JobRejected():
            ended = _ended(Outcome.REJECTED, at, refunded=event.refund)
            return {**ended, "reject_reason": event.reject_reason.label}
        case JobCancelled() | JobExpired() | JobTimedOut() | JobUnverified():
            return _ended(event.outcome, at, refunded=event.refund)
    return {}


def _created(event: JobCreated, at: int) -> Columns:
    return {
        "buyer": event.buyer,
        "market": event.market,
        "status": JobStatus.POSTED.label,
        "spec_hash": event.spec_hash,
        "cap": capped(event.cap),
        "rate": capped(event.rate),
        "timeout_seconds": event.timeout_seconds,
        "gpu_vendor": int(event.gpu_vendor),
        "gpu_count": event.gpu_count,
        "min_vram_mib": event.min_vram_mib,
        "attempt": 0,
        "created_at": at,
        "expires_at": event.expires_at,
    }


def _ended(reason: Outcome, at: int, *, paid: int = 0, refunded: int = 0) -> Columns:
    return {"status": reason.label, "ended_at": at, "paid": capped(paid), "refunded": capped(refunded)}
