"""Rows of reports, folded from events. Pure."""

from hypernode.chain.generated.slashing import (
    DueClaimed,
    FaultReported,
    ReportAppealed,
    ReportClosed,
    ReportExecuted,
    ReportResolved,
    SentenceOpened,
    Voted,
    VoteFeeClaimed,
)
from hypernode.chain.layout import Event
from hypernode_marketplace_api.models.base import Columns, capped
from hypernode_marketplace_api.models.events import subject_of

_NOTHING_DUE: Columns = {"reporter_due": 0, "accused_due": 0, "validators_due": 0}
_NO_VOTES: Columns = {"uphold_weight": 0, "overturn_weight": 0, "voters": 0}


def key_of(event: Event) -> Columns | None:
    report = subject_of(event) if event.PROGRAM == FaultReported.PROGRAM else None
    return None if report is None else {"report": report}


def fold(row: Columns | None, event: Event, at: int) -> Columns | None:
    """Return the row of the report's newest opening after an event; None if its opening was never seen."""
    if isinstance(event, FaultReported | SentenceOpened):
        return _opened(event, at)
    return None if row is None else {**row, **_changes(row, event, at)}


def _opened(event: FaultReported | SentenceOpened, at: int) -> Columns:
    return {
        "opened_at": at,
        "accused": event.accused,
        "reason": event.reason.label,
        "amount": capped(event.amount),
        "status": event.new_status.label,
        "round": 1,
        "appeal_bond": 0,
        "total_weight": capped(event.total_weight),
        "first_uphold_weight": 0,
        "ended_at": None,
        "closed_at": None,
        "slashed": 0,
        "burned": 0,
        **_NO_VOTES,
        **_NOTHING_DUE,
        **_terms(event),
    }


def _terms(event: FaultReported | SentenceOpened) -> Columns:
    """Return what differs: a reporter's bond and a vote, or the verdict on a job."""
    if isinstance(event, FaultReported):
        return {
            "reporter": event.reporter,
            "job": None,
            "sequence": 0,
            "attempt": 0,
            "evidence": event.evidence,
            "bond": capped(event.bond),
            "voting_ends_at": event.voting_ends_at,
            "executable_at": None,
        }
    return {
        "reporter": None,
        "job": event.job,
        "sequence": capped(event.sequence),
        "attempt": event.attempt,
        "evidence": event.evidence if any(event.evidence) else None,
        "bond": 0,
        "voting_ends_at": None,
        "executable_at": event.executable_at,
    }


def _changes(row: Columns, event: Event, at: int) -> Columns:
    match event:
        case Voted():
            return _votes(event)
        case ReportResolved():
            changed = {**_votes(event), "status": event.new_status.label, "amount": capped(event.amount)}
            if event.new_status.is_end:
                dues = {
                    "accused_due": capped(event.accused_due),
                    "validators_due": capped(event.validators_due),
                }
                return {**changed, **dues, "ended_at": at}
            return {**changed, "executable_at": event.executable_at}
        case ReportAppealed():
            return {
                "status": event.new_status.label,
                "round": 2,
                "appeal_bond": capped(event.appeal_bond),
                "voting_ends_at": event.voting_ends_at,
                "first_uphold_weight": row["uphold_weight"],
                **_NO_VOTES,
            }
        case ReportExecuted():
            return {
                "status": event.new_status.label,
                "ended_at": at,
                "slashed": capped(event.slashed),
                "burned": capped(event.burned),
                "reporter_due": capped(event.reporter_due),
                "validators_due": capped(event.validators_due),
            }
        case DueClaimed():
            roles = [role for role in ("reporter", "accused") if row[role] == event.wallet]
            return {f"{role}_due": 0 for role in roles}  # one claim pays a wallet in all its roles
        case VoteFeeClaimed():
            return {"validators_due": max(0, row["validators_due"] - event.amount)}
        case ReportClosed():
            return {**_NOTHING_DUE, "burned": capped(row["burned"] + event.burned), "closed_at": at}
    return {}


def _votes(event: Voted | ReportResolved) -> Columns:
    return {
        "uphold_weight": capped(event.uphold_weight),
        "overturn_weight": capped(event.overturn_weight),
        "voters": event.voters,
    }
