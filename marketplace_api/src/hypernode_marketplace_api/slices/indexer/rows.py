"""Columns of the mirror's rows, made from accounts. Pure."""

from hypernode.chain.generated.markets import BuyerAccount, Market, Node
from hypernode.chain.generated.staking import Stake
from hypernode_marketplace_api.models.base import Columns, capped


def node_columns(node: Node) -> Columns:
    return {
        "operator": node.operator,
        "worker_key": node.worker_key,
        "gpu_vendor": int(node.gpu_vendor),
        "gpu_count": node.gpu_count,
        "vram_mib": node.vram_mib,
        "active_jobs": node.active_jobs,
        "unsettled": capped(node.unsettled),
        "retired_at": node.retired_at,
        "score": node.reputation.score,
        "ok": node.reputation.ok,
        "rejected": node.reputation.rejected,
        "timed_out": node.reputation.timed_out,
        "latency_bps": node.reputation.latency_bps,
    }


def market_columns(market: Market) -> Columns:
    return {
        "creator": market.creator,
        "market_id": market.market_id,
        "matcher": market.matcher,
        "price_per_second": capped(market.price_per_second),
        "min_timeout_seconds": market.min_timeout_seconds,
        "max_timeout_seconds": market.max_timeout_seconds,
        "job_ttl": market.job_ttl,
        "grace": market.grace,
        "verdict_window": market.verdict_window,
        "min_stake": capped(market.min_stake),
        "min_reputation": market.min_reputation,
        "audit_bps": market.audit_bps,
        "max_attempts": market.max_attempts,
        "open": True,  # a closed market has no account
    }


def buyer_columns(buyer: BuyerAccount) -> Columns:
    return {"available": capped(buyer.available), "locked": capped(buyer.locked)}


def stake_columns(stake: Stake | None) -> Columns:
    """A withdrawn stake is a row of zeros: it had one, it backs nothing now."""
    if stake is None:
        return {"amount": 0, "weight": 0, "duration": 0, "unstake_at": 0}
    return {
        "amount": capped(stake.amount),
        "weight": capped(stake.weight),
        "duration": stake.duration,
        "unstake_at": stake.unstake_at,
    }
