"""Views of markets, made from their rows."""

from hypernode.wire.quotes import MarketView
from hypernode_marketplace_api.models import MarketRow


def market_view(row: MarketRow, matcher: str | None) -> MarketView:
    return MarketView(
        market=row.market,
        creator=row.creator,
        market_id=row.market_id.hex(),
        matcher=row.matcher,
        price_per_second=row.price_per_second,
        min_timeout_seconds=row.min_timeout_seconds,
        max_timeout_seconds=row.max_timeout_seconds,
        job_ttl=row.job_ttl,
        grace=row.grace,
        verdict_window=row.verdict_window,
        min_stake=row.min_stake,
        min_reputation=row.min_reputation,
        audit_bps=row.audit_bps,
        max_attempts=row.max_attempts,
        open=row.open,
        matched_here=row.matcher == matcher,
    )
