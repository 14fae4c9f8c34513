"""Views of markets, made from their rows."""

from hypernode.wire.quotes import MarketView
from hypernode_marketplace_api.models import MarketRow
from hypernode_marketplace_api.views import view


def market_view(row: MarketRow, matcher: str | None) -> MarketView:
    return view(MarketView, row, matched_here=row.matcher == matcher)
