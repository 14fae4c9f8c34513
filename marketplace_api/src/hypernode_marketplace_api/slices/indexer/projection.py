"""Columns of a job's row that its events change. Pure."""

from hypernode.chain.generated.markets import (
    JobAccepted,
    JobAssigned,
    JobCancelled,
    JobCreated,
    JobDeclined,
    JobExpired,
    JobGivenUp,
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
                "epoch": event.epoch,
            }
        case ReceiptSubmitted():
            return {
                "status": JobStatus.SUBMITTED.label,
                "submitted_slot": event.submitted_slot,
                "receipt_hash": event.receipt_hash,
                "seconds_used": event.seconds_used,
                "submitted_at": event.submitted_at,
                "verdict_deadline": event.verdict_deadline,
                "late_until": event.late_until,
            }
        case JobReposted() | JobDeclined():
            return {
                "status": JobStatus.POSTED.label,
                "node": None,
                "assigned_at": None,
                "deadline": None,
                "epoch": None,
            }
        case JobSettled():
            ended = _ended(event.outcome, at, paid=event.price, refunded=event.unlocked)
            return {**ended, **_attested(event)}
        case JobAccepted():
            return _ended(event.outcome, at, paid=event.price, refunded=event.unlocked)
        case JobRejected():
            ended = _ended(Outcome.REJECTED, at, refunded=event.refund)
            audit = {"audit": event.audit.label, "own_seconds": event.own_seconds}
            return {**ended, **audit, "reject_reason": event.reject_reason.label}
        case JobCancelled() | JobExpired() | JobGivenUp() | JobTimedOut() | JobUnverified():
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


def _attested(event: JobSettled) -> Columns:
    return {
        "ending": event.ending.label,
        "exit_code": event.exit_code,
        "output_root": event.output_root,
        "audit": event.audit.label,
        "own_seconds": event.own_seconds,
    }


def _ended(reason: Outcome, at: int, *, paid: int = 0, refunded: int = 0) -> Columns:
    return {"status": reason.label, "ended_at": at, "paid": capped(paid), "refunded": capped(refunded)}
