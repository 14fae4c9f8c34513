"""Owns how a staker's row becomes what HTTP shows."""

from hypernode.domain.staking import UNLIMITED_JOBS, capacity, stake_tier
from hypernode.wire.stakes import StakeStatusText, StakeView
from hypernode_marketplace_api.models import StakerRow


def stake_view(row: StakerRow) -> StakeView:
    status = _status(row)
    # A stake that cools down backs no new job.
    jobs = capacity(row.amount) if status == "Active" else 0
    return StakeView(
        owner=row.owner,
        status=status,
        amount=row.amount,
        weight=row.weight,
        stake_tier=stake_tier(row.weight),
        capacity=None if jobs == UNLIMITED_JOBS else jobs,
        duration=row.duration,
        staked_at=row.staked_at,
        withdrawable_at=row.withdrawable_at,
        open_reports=row.holds,
        slashed=row.slashed,
    )


def _status(row: StakerRow) -> StakeStatusText:
    if not row.open:
        return "Withdrawn"
    return "Active" if row.withdrawable_at is None else "CoolingDown"
