"""Owns the instructions of a market's creator."""

from dataclasses import dataclass

from hypernode.chain import addresses
from hypernode.chain.generated import markets
from hypernode.chain.instruction import Instruction
from hypernode.domain.types import Address


@dataclass(frozen=True)
class MarketTerms:
    """What a market asks of its jobs and nodes. Jobs that exist keep the terms they were created with."""

    matcher: Address
    price_per_second: int
    min_timeout_seconds: int
    max_timeout_seconds: int
    job_ttl: int
    grace: int
    verdict_window: int
    min_stake: int
    min_reputation: int
    audit_bps: int
    max_attempts: int


def create_market(
    *, creator: Address, market_id: bytes, terms: MarketTerms, payer: Address | None = None
) -> Instruction:
    return markets.create_market(
        creator=creator,
        payer=payer or creator,
        config=addresses.config(),
        market=addresses.market(creator, market_id),
        market_id=market_id,
        terms=_params(terms),
    )


def update_market(*, creator: Address, market: Address, terms: MarketTerms) -> Instruction:
    return markets.update_market(creator=creator, market=market, terms=_params(terms))


def close_market(*, creator: Address, market: Address, payer: Address | None = None) -> Instruction:
    return markets.close_market(creator=creator, market=market, payer=payer or creator)


def _params(terms: MarketTerms) -> markets.MarketTerms:
    return markets.MarketTerms(
        matcher=terms.matcher,
        price_per_second=terms.price_per_second,
        min_timeout_seconds=terms.min_timeout_seconds,
        max_timeout_seconds=terms.max_timeout_seconds,
        job_ttl=terms.job_ttl,
        grace=terms.grace,
        verdict_window=terms.verdict_window,
        min_stake=terms.min_stake,
        min_reputation=terms.min_reputation,
        audit_bps=terms.audit_bps,
        max_attempts=terms.max_attempts,
    )
