"""Owns what an event says about its job: which columns it changes. Pure.

An account that is still open says more than its events, so `job_of_account` overrules where there is one.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import IntEnum
from typing import Any

from hypernode.chain.generated.markets import Job
from hypernode.chain.layout import Event
from hypernode.domain.status import EndReason, Gate, JobStatus
from marketplace_api.models.base import capped

# Larger integers lose digits in a JSON reader that knows only doubles, so they travel as decimal strings.
MAX_SAFE_INTEGER = 2**53 - 1
EMPTY_HASH = bytes(32)

Columns = dict[str, Any]


def event_data(event: Event) -> Columns:
    """Return an event as a JSON object: hashes in hex, closed lists by name."""
    return {field.name: _plain(getattr(event, field.name)) for field in fields(event)}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, IntEnum):
        return getattr(value, "label", value.name)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > MAX_SAFE_INTEGER:
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def job_of_account(job: Job) -> Columns:
    """Return the columns of a live job as its account has them."""
    taken = job.status is not JobStatus.POSTED
    submitted = job.status is JobStatus.SUBMITTED
    return {
        "buyer": job.buyer,
        "market": job.market,
        "status": job.status.label,
        "spec_hash": job.spec_hash,
        "price_cap": capped(job.price_cap),
        "rate": capped(job.rate),
        "timeout": job.timeout,
        "gpu_vendor": int(job.gpu_vendor),
        "gpu_count": job.gpu_count,
        "min_vram_mib": job.min_vram_mib,
        "max_attempts": job.max_attempts,
        "attempt": job.attempt,
        "created_at": job.created_at,
        "expires_at": job.expires_at,
        "node": job.node if taken else None,
        "assigned_at": job.assigned_at if taken else None,
        "deadline": job.deadline if taken else None,
        "submitted_at": job.submitted_at if submitted else None,
        "exec_hash": job.exec_hash if submitted else None,
        "output_root": job.output_root if submitted else None,
        "receipt_hash": job.receipt_hash if submitted else None,
        "seconds_used": job.seconds_used if submitted else None,
    }


def job_of_event(event: Event, at: int, row: Mapping[str, Any]) -> Columns:
    """Return the columns that one event changes; `row` is the job before it (empty before the first)."""
    change = _CHANGES.get(event.name)
    return change(event, at, row) if change else {}


def _created(event: Any, at: int, _row: Mapping[str, Any]) -> Columns:
    return {
        "buyer": event.buyer,
        "market": event.market,
        "status": JobStatus.POSTED.label,
        "spec_hash": getattr(event, "spec_hash", EMPTY_HASH),
        "price_cap": capped(event.price_cap),
        "rate": capped(getattr(event, "rate", 0)),
        "timeout": getattr(event, "timeout", 0),
        "gpu_vendor": int(getattr(event, "gpu_vendor", 0)),
        "gpu_count": getattr(event, "gpu_count", 0),
        "min_vram_mib": getattr(event, "min_vram_mib", 0),
        "max_attempts": getattr(event, "max_attempts", 1),
        "attempt": 0,
        "created_at": at,
        "expires_at": getattr(event, "expires_at", at),
        "paid": 0,
        "refunded": 0,
    }


def _assigned(event: Any, at: int, row: Mapping[str, Any]) -> Columns:
    return {
        "status": JobStatus.ASSIGNED.label,
        "attempt": event.attempt,
        "node": event.node,
        "assigned_at": at,
        "deadline": getattr(event, "deadline", at + row.get("timeout", 0)),
    }


def _submitted(event: Any, at: int, _row: Mapping[str, Any]) -> Columns:
    return {
        "status": JobStatus.SUBMITTED.label,
        "exec_hash": event.exec_hash,
        "output_root": event.output_root,
        "receipt_hash": event.receipt_hash,
        "seconds_used": event.seconds_used,
        "submitted_at": at,
    }


def _reposted(event: Any, at: int, _row: Mapping[str, Any]) -> Columns:
    return {
        "status": JobStatus.POSTED.label,
        "attempt": event.attempt,
        "node": None,
        "assigned_at": None,
        "deadline": None,
        "expires_at": getattr(event, "expires_at", at),
    }


def _settled(event: Any, at: int, row: Mapping[str, Any]) -> Columns:
    return {
        "status": EndReason.SETTLED.label,
        "ended_at": at,
        "paid": event.price,
        "refunded": max(0, row.get("price_cap", 0) - event.price),
    }


def _rejected(event: Any, at: int, row: Mapping[str, Any]) -> Columns:
    return {**_refund(EndReason.REJECTED)(event, at, row), "reject_gate": Gate(event.reason).label}


def _refund(reason: EndReason) -> Callable[[Any, int, Mapping[str, Any]], Columns]:
    def change(_event: Any, at: int, row: Mapping[str, Any]) -> Columns:
        return {"status": reason.label, "ended_at": at, "paid": 0, "refunded": row.get("price_cap", 0)}

    return change


_CHANGES: dict[str, Callable[[Any, int, Mapping[str, Any]], Columns]] = {
    "JobCreated": _created,
    "JobAssigned": _assigned,
    "ReceiptSubmitted": _submitted,
    "JobReposted": _reposted,
    "JobSettled": _settled,
    "JobRejected": _rejected,
    "JobCancelled": _refund(EndReason.CANCELLED),
    "JobExpired": _refund(EndReason.EXPIRED),
    "JobTimedOut": _refund(EndReason.TIMED_OUT),
    "JobUnverified": _refund(EndReason.UNVERIFIED),
}
