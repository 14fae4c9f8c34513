"""Owns how a report's row and its votes become what HTTP shows."""

from typing import cast

from hypernode.chain.generated.slashing import Voted
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.staking import DAY
from hypernode.wire.reports import (
    DuesView,
    FaultReasonText,
    ReportStatusText,
    ReportView,
    ReportVoteView,
    TallyView,
)
from hypernode_marketplace_api.history import typed
from hypernode_marketplace_api.models import ChainEventRow, ReportRow

# As the program has it: after so long what nobody claimed is burned and the report may be closed.
CLAIM_PERIOD = 90 * DAY


def report_view(row: ReportRow) -> ReportView:
    return ReportView(
        report=row.report,
        opened_at=row.opened_at,
        status=cast("ReportStatusText", row.status),
        accused=row.accused,
        reporter=row.reporter,
        buyer=row.buyer,
        job=row.job,
        sequence=row.sequence,
        attempt=row.attempt,
        reason=cast("FaultReasonText", row.reason),
        attested=row.attested,
        evidence=row.evidence.hex(),
        evidence_cid=cid_of_digest(row.evidence),
        bond=row.bond,
        appeal_bond=row.appeal_bond,
        tally=TallyView(
            round=row.round,
            uphold=row.uphold_weight,
            overturn=row.overturn_weight,
            voters=row.voters,
            total_weight=row.total_weight,
            first_round_guilty=row.first_uphold_weight,
        ),
        voting_ends_at=row.voting_ends_at,
        executable_at=row.executable_at,
        ended_at=row.ended_at,
        claimable_until=None if row.ended_at is None else row.ended_at + CLAIM_PERIOD,
        closed_at=row.closed_at,
        slashed=row.slashed,
        burned=row.burned,
        dues=DuesView(
            reporter=row.reporter_due,
            buyer=row.buyer_due,
            accused=row.accused_due,
            validators=row.validators_due,
        ),
    )


def vote_view(row: ChainEventRow) -> ReportVoteView:
    event = typed(row)
    assert isinstance(event, Voted)
    return ReportVoteView(
        validator=event.validator,
        round=event.round,
        uphold=event.uphold,
        weight=event.weight,
        at=row.block_time,
        signature=row.signature,
    )
