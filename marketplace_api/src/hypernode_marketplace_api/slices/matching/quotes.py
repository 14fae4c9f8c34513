"""Quotes: the price of a spec in a market, its usual cost, and the nodes that could run it now."""

from typing import Any, Self

from hypernode.domain.cid import cid_of_digest
from hypernode.domain.pricing import full_cap, job_price
from hypernode.domain.spec import JobSpec, spec_hash
from hypernode.domain.verification import verification
from hypernode.domain.windows import longest_lock
from hypernode.wire.quotes import MarketList, Quote, VerificationView
from hypernode_marketplace_api.errors import MarketClosed, MarketNotFound, RateTooLow, TimeoutOutOfBounds
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.models import MarketRow
from hypernode_marketplace_api.slices.jobs.service import JobService
from hypernode_marketplace_api.slices.matching.eligibility import Needs
from hypernode_marketplace_api.slices.matching.service import MatchingService
from hypernode_marketplace_api.slices.matching.views import market_view
from hypernode_marketplace_api.views import view


class QuoteDesk:
    def __init__(self, jobs: JobService, matching: MatchingService, default_market: str | None) -> None:
        self._jobs = jobs
        self._matching = matching
        self._default = default_market

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        jobs, matching = kernel.one(JobService), kernel.one(MatchingService)
        return cls(jobs, matching, kernel.settings.default_market)

    async def quote(self, document: dict[str, Any], market_address: str | None, rate: int | None) -> Quote:
        spec = JobSpec.from_document(document)
        market = await self._market(market_address)
        floor = max(market.price_per_second, await self._matching.min_rate())
        rate = floor if rate is None else rate
        _check(market, spec, rate, floor)
        digest, timeout = spec_hash(spec), spec.timeout_seconds
        cap = full_cap(rate, timeout)
        seconds = min(timeout, await self._jobs.typical_seconds(digest) or timeout)
        never = await self._jobs.never_repeated(digest)
        fit = await self._matching.fit(Needs(spec, market, rate, cap, await self._matching.quorum()))
        return Quote(
            spec_hash=digest.hex(),
            spec_cid=cid_of_digest(digest),
            market=market.market,
            rate=rate,
            timeout_seconds=timeout,
            cap=cap,
            price_estimate=job_price(rate, seconds, cap),
            estimated_seconds=seconds,
            longest_lock_seconds=longest_lock(
                timeout,
                ttl=market.job_ttl,
                attempts=market.max_attempts,
                start_allowance=market.start_allowance,
                grace=market.grace,
                verdict_floor=market.verdict_floor,
            ),
            verification=view(VerificationView, verification(spec, market.audit_bps, never_repeated=never)),
            fitting_nodes=fit.fitting,
            online_nodes=fit.online,
            unfit=fit.unfit,
        )

    async def markets(self) -> MarketList:
        rows = await self._matching.markets()
        views = [market_view(row, self._matching.matcher) for row in rows]
        default = self._default or (views[0].market if len(views) == 1 else None)
        return MarketList(markets=views, default=default)

    async def _market(self, address: str | None) -> MarketRow:
        wanted = address or self._default or (await self.markets()).default
        if wanted is None:
            raise MarketNotFound("no market was named and there is no default", fix="see GET /v1/markets")
        return await self._matching.market(wanted)


def _check(market: MarketRow, spec: JobSpec, rate: int, floor: int) -> None:
    if not market.open:
        raise MarketClosed(f"{market.market} takes no new jobs")
    if rate < floor:
        raise RateTooLow(
            f"{rate} base units a second are below the {floor} that market and network ask",
            fix=f"offer at least {floor}",
        )
    if not market.min_timeout_seconds <= spec.timeout_seconds <= market.max_timeout_seconds:
        raise TimeoutOutOfBounds(
            f"timeout_seconds must be {market.min_timeout_seconds} to {market.max_timeout_seconds} here"
        )
