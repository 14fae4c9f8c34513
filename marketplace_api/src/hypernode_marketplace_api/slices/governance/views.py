"""Views of the DAO, made from its rows and events."""

from collections.abc import Mapping
from typing import Any, TypeVar

from hypernode.chain import addresses
from hypernode.chain.decoding import decode_call
from hypernode.chain.generated.governance import InstructionAdded, Voted
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.domain.governance import (
    GovernedInstruction,
    MetaFlags,
    ProposalKind,
    ProposalStatus,
    passes,
)
from hypernode.domain.proposals import Standing, actions
from hypernode.domain.types import Address
from hypernode.wire.dao import (
    ActionView,
    InstructionAccount,
    InstructionView,
    ProposalTally,
    ProposalView,
    ReleaseView,
    TreasuryView,
    VoteView,
)
from hypernode_marketplace_api.history import typed
from hypernode_marketplace_api.models import ChainEventRow, DaoRow, ProposalRow
from hypernode_marketplace_api.views import view

View = TypeVar("View", bound=ProposalView)


def proposal_view(kind: type[View], row: ProposalRow, **more: Any) -> View:
    weights = (row.for_weight, row.against_weight, row.abstain_weight)
    return view(
        kind,
        row,
        executable_until=None if row.eta is None else row.eta + row.execution_window,
        tally=ProposalTally(
            in_favour=row.for_weight,
            against=row.against_weight,
            abstain=row.abstain_weight,
            quorum=row.quorum_weight,
            total_weight=row.total_weight,
            passes=passes(weights, row.quorum_weight),
        ),
        instructions=row.count,
        **more,
    )


def action_views(row: ProposalRow, dao: DaoRow | None, now: int) -> list[ActionView]:
    """Show who may do what next, the soonest first."""
    found = sorted(actions(_standing(row, dao), now), key=lambda action: action.opens_at)
    return [view(ActionView, action, open=now >= action.opens_at) for action in found]


def _standing(row: ProposalRow, dao: DaoRow | None) -> Standing:
    return Standing(
        status=ProposalStatus.labelled(row.status),
        kind=ProposalKind.labelled(row.kind),
        proposer=Address(row.proposer),
        count=row.count,
        created_at=row.created_at,
        execution_window=row.execution_window,
        voting_ends_at=row.voting_ends_at or 0,
        eta=row.eta or 0,
        ended_at=row.ended_at or 0,
        closed=row.closed_at is not None,
        guardian=Address(dao.guardian) if dao and dao.guardian else None,
        guardian_until=dao.guardian_expires_at if dao else 0,
    )


def instruction_view(row: ChainEventRow, executed: int) -> InstructionView:
    """Rebuild an instruction from the event that announced it."""
    event = typed(row)
    assert isinstance(event, InstructionAdded)
    voted = GovernedInstruction.decode(event.content)
    metas = tuple(AccountMeta(address) for address, _ in voted.accounts)
    call = decode_call(Instruction(voted.program, metas, voted.data))
    known = call.values is not None
    return InstructionView(
        index=event.index,
        program=voted.program,
        program_name=call.program if known else None,
        name=call.name if known else None,
        arguments=_plain(call.values),
        accounts=[
            InstructionAccount(
                address=address,
                name=name if known else None,
                signer=bool(flags & MetaFlags.SIGNER),
                writable=bool(flags & MetaFlags.WRITABLE),
            )
            for (address, flags), (name, _) in zip(voted.accounts, call.accounts, strict=True)
        ],
        data=voted.data.hex(),
        hash=voted.digest().hex(),
        executed=event.index < executed,
    )


def _plain(value: Any) -> Any:
    """Turn integers into decimal strings: JSON numbers lose digits beyond 2^53."""
    match value:
        case bool():
            return value
        case int():
            return str(value)
        case list() | tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return {name: _plain(item) for name, item in value.items()}
    return value


def vote_view(row: ChainEventRow) -> VoteView:
    event = typed(row)
    assert isinstance(event, Voted)
    return view(VoteView, event, choice=event.choice.label, at=row.at, signature=row.signature)


def treasury_view(row: DaoRow) -> TreasuryView:
    return view(
        TreasuryView,
        row,
        treasury=addresses.dao_treasury(),
        unlocks=addresses.unlocks(),
        released=row.community_total + row.burned_total + row.operations_total,
        to_community=row.community_total,
        burned=row.burned_total,
        to_operations=row.operations_total,
        spent=row.spent_total,
    )


def release_view(row: ChainEventRow) -> ReleaseView:
    return view(ReleaseView, typed(row), at=row.at, signature=row.signature)
