"""Rows of proposals and the DAO, folded from events. Pure."""

from hypernode.chain.generated.governance import (
    GovernanceInitialized,
    GuardianSet,
    InstructionAdded,
    OperationsSet,
    ParamsSet,
    ProposalActivated,
    ProposalCancelled,
    ProposalClosed,
    ProposalCreated,
    ProposalExecuted,
    ProposalExpired,
    ProposalFinalized,
    ProposalQueued,
    ProposalVetoed,
    Released,
    TreasurySpent,
    Voted,
)
from hypernode.chain.layout import Event
from hypernode.domain.governance import ProposalStatus
from hypernode_marketplace_api.models.base import Columns, capped
from hypernode_marketplace_api.models.events import address_or_none, subject_of


def proposal_key_of(event: Event) -> Columns | None:
    proposal = subject_of(event) if event.PROGRAM == ProposalCreated.PROGRAM else None
    return None if proposal is None else {"proposal": proposal}


def fold_proposal(row: Columns | None, event: Event, at: int) -> Columns | None:
    """Return the row after an event; None if its creation was never seen."""
    if isinstance(event, ProposalCreated):
        return _created(event)
    return None if row is None else {**row, **_proposal_changes(row, event, at)}


def _created(event: ProposalCreated) -> Columns:
    return {
        "number": event.id,
        "proposer": event.proposer,
        "payer": event.payer,
        "description_hash": event.description_hash,
        "kind": event.kind.label,
        "status": event.new_status.label,
        "created_at": event.created_at,
        "total_weight": capped(event.total_weight),
        "quorum_weight": capped(event.quorum_weight),
        "threshold": capped(event.threshold),
        "voting_period": event.voting_period,
        "timelock": event.timelock,
        "execution_window": event.execution_window,
        **dict.fromkeys(("voting_starts_at", "voting_ends_at", "eta", "ended_at", "closed_at")),
        **dict.fromkeys(("for_weight", "against_weight", "abstain_weight", "count", "executed"), 0),
    }


def _proposal_changes(row: Columns, event: Event, at: int) -> Columns:
    match event:
        case InstructionAdded():
            return {"count": event.index + 1}
        case ProposalActivated():
            ends = {"voting_starts_at": event.voting_starts_at, "voting_ends_at": event.voting_ends_at}
            return {**ends, **_status(event.new_status, at)}
        case Voted() | ProposalFinalized():
            return {
                "for_weight": capped(event.for_weight),
                "against_weight": capped(event.against_weight),
                "abstain_weight": capped(event.abstain_weight),
                **_status(event.new_status, at),
            }
        case ProposalQueued():
            return {"eta": event.eta, **_status(event.new_status, at)}
        case ProposalExecuted():
            return {"executed": min(event.index + 1, row["count"]), **_status(event.new_status, at)}
        case ProposalExpired() | ProposalCancelled() | ProposalVetoed():
            return _status(event.new_status, at)
        case ProposalClosed():
            return {"closed_at": at}
    return {}


def _status(status: ProposalStatus, at: int) -> Columns:
    return {"status": status.label, "ended_at": at if status.is_end else None}


def dao_key_of(event: Event) -> Columns | None:
    return {"program": Released.PROGRAM} if event.PROGRAM == Released.PROGRAM else None


def fold_dao(row: Columns | None, event: Event, _at: int) -> Columns | None:
    if isinstance(event, GovernanceInitialized):
        return {
            "mint": event.mint,
            "operations": event.operations,
            **_guardian(event),
            **_params(event),
            **dict.fromkeys(("releases", "community_total", "burned_total", "operations_total"), 0),
            "spent_total": 0,
            "balance_after_spending": None,
        }
    return None if row is None else {**row, **_dao_changes(row, event)}


def _dao_changes(row: Columns, event: Event) -> Columns:
    match event:
        case ParamsSet():
            return _params(event)
        case GuardianSet():
            return _guardian(event)
        case OperationsSet():
            return {"operations": event.operations}
        case TreasurySpent():
            spent = capped(row["spent_total"] + event.amount)
            return {"spent_total": spent, "balance_after_spending": capped(event.balance)}
        case Released():
            return {
                "releases": event.number + 1,
                "community_total": capped(event.community_total),
                "burned_total": capped(event.burned_total),
                "operations_total": capped(event.operations_total),
            }
    return {}


def _guardian(event: GovernanceInitialized | GuardianSet) -> Columns:
    return {
        "guardian": address_or_none(event.guardian),
        "guardian_expires_at": event.guardian_expires_at,
        "version": capped(event.version),
    }


def _params(event: GovernanceInitialized | ParamsSet) -> Columns:
    return {
        "version": capped(event.version),
        "proposal_threshold": capped(event.proposal_threshold),
        "voting_period": event.voting_period,
        "timelock_parameters": event.timelock_parameters,
        "timelock_critical": event.timelock_critical,
        "execution_window": event.execution_window,
        "quorum_bps": event.quorum_bps,
    }
