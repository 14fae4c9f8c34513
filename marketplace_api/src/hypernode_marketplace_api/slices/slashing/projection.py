"""Rows of reports, folded from events. Pure."""

from hypernode.chain.generated.slashing import (
    DueClaimed,
    FaultAttested,
    FaultReported,
    ReportAppealed,
    ReportClosed,
    ReportExecuted,
    ReportMooted,
    ReportResolved,
    VoteBountyClaimed,
    Voted,
)
from hypernode.chain.layout import Event
from hypernode_marketplace_api.models.base import Columns, capped
from hypernode_marketplace_api.models.events import address_or_none, subject_of

_NOTHING_DUE: Columns = {"reporter_due": 0, "buyer_due": 0, "accused_due": 0, "validators_due": 0}
_NO_VOTES: Columns = {"uphold_weight": 0, "overturn_weight": 0, "voters": 0}


def key_of(event: Event) -> Columns | None:
    report = subject_of(event) if event.PROGRAM == FaultReported.PROGRAM else None
    return None if report is None else {"report": report}


def fold(row: Columns | None, event: Event, at: int) -> Columns | None:
    """Return the row of the report's newest opening after an event; None if its opening was never seen."""
    if isinstance(event, FaultReported | FaultAttested):
        return _opened(event, at)
    return None if row is None else {**row, **_changes(row, event, at)}


def _opened(event: FaultReported | FaultAttested, at: int) -> Columns:
    return {
        "opened_at": at,
        "accused": event.accused,
        "reporter": event.reporter,
        "buyer": address_or_none(event.buyer),
        "job": address_or_none(event.job),
        "sequence": capped(event.sequence),
        "evidence": event.evidence,
        "reason": event.reason.label,
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


def _terms(event: FaultReported | FaultAttested) -> Columns:
    """Return what differs: a bond and a vote, or the oracles' word."""
    if isinstance(event, FaultReported):
        voting = {"voting_ends_at": event.voting_ends_at, "executable_at": None}
        return {**voting, "attested": False, "attempt": 0, "bond": capped(event.bond)}
    waiting = {"voting_ends_at": None, "executable_at": event.executable_at}
    return {**waiting, "attested": True, "attempt": event.attempt, "bond": 0}


def _changes(row: Columns, event: Event, at: int) -> Columns:
    match event:
        case Voted():
            return _votes(event)
        case ReportResolved():
            changed = {**_votes(event), "status": event.new_status.label}
            if event.new_status.is_end:
                return {**changed, "accused_due": capped(event.accused_due), "ended_at": at}
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
                "buyer_due": capped(event.buyer_due),
                "validators_due": capped(event.validators_due),
            }
        case ReportMooted():
            dues = {"reporter_due": capped(event.reporter_due), "accused_due": capped(event.accused_due)}
            return {**dues, "status": event.new_status.label, "ended_at": at}
        case DueClaimed():
            roles = [role for role in ("reporter", "buyer", "accused") if row[role] == event.wallet]
            return {f"{role}_due": 0 for role in roles}  # one claim pays a wallet in all its roles
        case VoteBountyClaimed():
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
