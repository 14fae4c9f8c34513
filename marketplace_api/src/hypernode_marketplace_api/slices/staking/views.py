"""Views of stakes, made from their rows."""

from typing import Any, TypeVar

from hypernode.domain.staking import UNLIMITED_JOBS, capacity, stake_tier
from hypernode.wire.stakes import StakeStatusText, StakeView
from hypernode_marketplace_api.models import StakeRow
from hypernode_marketplace_api.views import view

View = TypeVar("View", bound=StakeView)


def stake_view(kind: type[View], row: StakeRow, **more: Any) -> View:
    status = _status(row)
    # A stake that cools down backs no new job.
    jobs = capacity(row.amount - row.held_amount) if status == "Active" else 0
    return view(
        kind,
        row,
        status=status,
        stake_tier=stake_tier(row.weight),
        capacity=None if jobs == UNLIMITED_JOBS else jobs,
        open_reports=row.holds,
        held=row.held_amount,
        **more,
    )


def _status(row: StakeRow) -> StakeStatusText:
    if not row.open:
        return "Withdrawn"
    return "Active" if row.withdrawable_at is None else "CoolingDown"
