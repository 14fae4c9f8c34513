"""Views of reports and their votes."""

from typing import Any, TypeVar

from hypernode.domain.cid import cid_of_digest
from hypernode.domain.staking import DAY
from hypernode.wire.reports import DuesView, ReportView, ReportVoteView, TallyView
from hypernode_marketplace_api.history import typed
from hypernode_marketplace_api.models import ChainEventRow, ReportRow
from hypernode_marketplace_api.views import view

View = TypeVar("View", bound=ReportView)

# As in the program: after this many seconds unclaimed money is burned and the report may be closed.
CLAIM_PERIOD = 90 * DAY


def report_view(kind: type[View], row: ReportRow, **more: Any) -> View:
    return view(
        kind,
        row,
        evidence_cid=None if row.evidence is None else cid_of_digest(row.evidence),
        tally=TallyView(
            round=row.round,
            uphold=row.uphold_weight,
            overturn=row.overturn_weight,
            voters=row.voters,
            total_weight=row.total_weight,
            first_round_uphold=row.first_uphold_weight,
        ),
        claimable_until=None if row.ended_at is None else row.ended_at + CLAIM_PERIOD,
        dues=DuesView(
            reporter=row.reporter_due,
            accused=row.accused_due,
            validators=row.validators_due,
        ),
        **more,
    )


def vote_view(row: ChainEventRow) -> ReportVoteView:
    return view(ReportVoteView, typed(row), at=row.at, signature=row.signature)
