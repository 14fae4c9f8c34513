"""Columns of the mirror's rows, made from accounts. Pure."""

from hypernode.chain.generated.markets import BuyerAccount, Job, Market, Node
from hypernode.chain.generated.staking import Stake
from hypernode.domain.status import JobStatus
from hypernode_marketplace_api.models.base import Columns, capped


def job_columns(job: Job) -> Columns:
    """Return the columns of a job as its account has them."""
    taken = job.status is not JobStatus.POSTED
    submitted = job.status is JobStatus.SUBMITTED or job.status is JobStatus.REJECTED
    ended = job.status.is_end
    return {
        "buyer": job.buyer,
        "market": job.market,
        "status": job.status.label,
        "spec_hash": job.spec_hash,
        "cap": capped(job.cap),
        "rate": capped(job.rate),
        "timeout_seconds": job.timeout_seconds,
        "gpu_vendor": int(job.gpu_vendor),
        "gpu_count": job.gpu_count,
        "min_vram_mib": job.min_vram_mib,
        "attempt": job.attempt,
        "created_at": job.created_at,
        "expires_at": job.expires_at,
        "node": job.node if taken else None,
        "assigned_at": job.assigned_at if taken else None,
        "deadline": job.deadline if taken else None,
        "epoch": job.epoch if taken else None,
        "frozen": _frozen(job) if taken else None,
        "submitted_at": job.submitted_at if submitted else None,
        "verdict_deadline": job.verdict_deadline if submitted else None,
        "late_until": job.late_until if submitted else None,
        "submitted_slot": job.submitted_slot if submitted else None,
        "receipt_hash": job.receipt_hash if submitted else None,
        "seconds_used": job.seconds_used if submitted else None,
        "ended_at": job.ended_at if ended else None,
        "refunded": capped(job.cap) if ended else 0,
        "reject_reason": job.reject_reason.label if job.status is JobStatus.REJECTED else None,
    }


def _frozen(job: Job) -> Columns:
    return {
        "attempt": job.attempt,
        "operator": job.operator,
        "worker_key": job.worker_key,
        "audit_bps": job.audit_bps,
        "ratio_bps": job.ratio_bps,
        "baseline_bps": job.baseline_bps,
        "protocol_bps": job.protocol_bps,
        "stakers_bps": job.stakers_bps,
        "operations_bps": job.operations_bps,
    }


def node_columns(node: Node) -> Columns:
    return {
        "operator": node.operator,
        "worker_key": node.worker_key,
        "gpu_vendor": int(node.gpu_vendor),
        "gpu_count": node.gpu_count,
        "vram_mib": node.vram_mib,
        "active_jobs": node.active_jobs,
        "exposure": capped(node.exposure),
        "probation": node.probation,
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
        "start_allowance": market.start_allowance,
        "grace": market.grace,
        "verdict_floor": market.verdict_floor,
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
        return {"amount": 0, "held_amount": 0, "weight": 0, "duration": 0, "unstake_at": 0}
    return {
        "amount": capped(stake.amount),
        "held_amount": capped(stake.held_amount),
        "weight": capped(stake.weight),
        "duration": stake.duration,
        "unstake_at": stake.unstake_at,
    }
