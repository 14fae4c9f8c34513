"""Checks of the API's answers: a quote against what was asked, and a job against the chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hypernode.chain.generated.markets import (
    JobAccepted,
    JobCancelled,
    JobCreated,
    JobExpired,
    JobGivenUp,
    JobRejected,
    JobSettled,
    JobTimedOut,
    JobUnverified,
    ReceiptSubmitted,
)
from hypernode.chain.layout import Event
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.pricing import full_cap
from hypernode.domain.spec import JobSpec, spec_hash
from hypernode.errors import DomainError
from hypernode.wire.jobs import JobDetail
from hypernode.wire.quotes import Quote

# Events that decide what a buyer is shown of an ended job.
JobEvent = (
    JobCreated
    | ReceiptSubmitted
    | JobSettled
    | JobAccepted
    | JobRejected
    | JobCancelled
    | JobExpired
    | JobGivenUp
    | JobTimedOut
    | JobUnverified
)
# Status of a job whose last event the API could not read.
ENDED = "Ended"
# What an API that is behind the chain, or lacks the last event, cannot know.
THE_END = ("status", "paid", "refunded", "reject_reason")


class ApiMismatch(DomainError):
    """The API's answer is not what was asked, or not what the chain has. Nothing was signed after it."""


def check_quote(quote: Quote, spec: JobSpec, *, market: str, rate: int) -> None:
    """Raise `ApiMismatch` unless the quote is for this spec, in this market, at this rate."""
    digest = spec_hash(spec)
    asked = {
        "spec_hash": digest.hex(),
        "spec_cid": cid_of_digest(digest),
        "market": market,
        "rate": rate,
        "timeout_seconds": spec.timeout_seconds,
        "cap": full_cap(rate, spec.timeout_seconds),
    }
    _compare("the quote", quote, asked, "asked for")
    for name, most in (("estimated_seconds", "timeout_seconds"), ("price_estimate", "cap")):
        if getattr(quote, name) > asked[most]:
            raise ApiMismatch(
                f"the API answers {name} {getattr(quote, name)} for the quote, above {most} {asked[most]}"
            )


def check_job(detail: JobDetail, events: Iterable[Event]) -> bool:
    """Return True if the chain's events confirm the end of a job, its amounts and its receipt.

    Return False if there is no event of the end: the job is live, the RPC endpoint has forgotten the
    transaction, or its logs were cut. Raise `ApiMismatch` if an event contradicts the API.
    """
    told: dict[str, Any] = {}
    for event in events:
        if isinstance(event, JobEvent) and event.sequence == detail.sequence:
            told |= _facts(event)
    if detail.status == ENDED or detail.ended_at is None:
        told = {name: value for name, value in told.items() if name not in THE_END}
    _compare(f"job {detail.job}", detail, told, "the chain has")
    return "status" in told


def _facts(event: JobEvent) -> dict[str, Any]:
    """Return the members of a `JobDetail` that one event decides."""
    match event:
        case JobCreated():
            terms = {"cap": event.cap, "rate": event.rate, "timeout_seconds": event.timeout_seconds}
            return {"spec_hash": event.spec_hash.hex(), "buyer": event.buyer, "market": event.market, **terms}
        case ReceiptSubmitted():
            return {"seconds_used": event.seconds_used, "receipt_hash": event.receipt_hash.hex()}
        case JobSettled():
            result = {
                "ending": event.ending.label,
                "exit_code": event.exit_code,
                "output_root": event.output_root.hex(),
                "audit": event.audit.label,
                "own_seconds": event.own_seconds,
            }
            ended = {"status": event.outcome.label, "paid": event.price, "refunded": event.unlocked}
            return {**ended, **result}
        case JobAccepted():
            return {"status": event.outcome.label, "paid": event.price, "refunded": event.unlocked}
        case JobRejected():
            ended = {"status": event.outcome.label, "paid": 0, "refunded": event.refund}
            return {**ended, "reject_reason": event.reject_reason.label}
    return {"status": event.outcome.label, "paid": 0, "refunded": event.refund}


def _compare(what: str, answer: object, expected: Mapping[str, Any], whose: str) -> None:
    for name, value in expected.items():
        found = getattr(answer, name)
        if found != value:
            raise ApiMismatch(f"the API answers {name} {found} for {what}; {whose} {value}")
