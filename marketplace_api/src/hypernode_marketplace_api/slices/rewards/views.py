"""Owns how the accumulator's row and claims become what HTTP shows."""

from hypernode.chain.generated.rewards import RewardsClaimed
from hypernode.wire.stakes import ClaimView, FlowView
from hypernode_marketplace_api.history import typed
from hypernode_marketplace_api.models import ChainEventRow, RewardsRow


def fees_view(row: RewardsRow) -> FlowView:
    return FlowView(
        total=row.fees_total,
        flowed=row.fees_flowed,
        starts_at=row.fees_starts_at,
        ends_at=row.fees_ends_at,
        window=row.fee_window,
    )


def community_view(row: RewardsRow) -> FlowView:
    return FlowView(
        total=row.community_total,
        flowed=row.community_flowed,
        starts_at=row.community_starts_at,
        ends_at=row.community_ends_at,
        window=row.community_window,
    )


def claim_view(row: ChainEventRow) -> ClaimView:
    event = typed(row)
    assert isinstance(event, RewardsClaimed)
    return ClaimView(amount=event.amount, at=row.block_time, signature=row.signature)
