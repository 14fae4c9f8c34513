"""Views of rewards, made from the accumulator's row and from events."""

from hypernode.wire.stakes import ClaimView, FlowView
from hypernode_marketplace_api.history import typed
from hypernode_marketplace_api.models import ChainEventRow, RewardsRow
from hypernode_marketplace_api.views import view


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
    return view(ClaimView, typed(row), at=row.at, signature=row.signature)
