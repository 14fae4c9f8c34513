"""HTTP routes of quotes and markets, and the loop of the matcher."""

from typing import Annotated

from fastapi import APIRouter

from hypernode.wire.quotes import MarketList, Quote, QuoteRequest
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.kernel import Kernel, Slice, the
from hypernode_marketplace_api.resources.loops import Loop
from hypernode_marketplace_api.slices.matching.matcher import Matcher
from hypernode_marketplace_api.slices.matching.quotes import QuoteDesk

Desk = Annotated[QuoteDesk, the(QuoteDesk)]

router = APIRouter(prefix="/v1", tags=["quotes"])


@router.post("/quotes", responses=problems(404, 409, 422, 429))
async def quote(desk: Desk, request: QuoteRequest) -> Quote:
    """Price a spec and say how many nodes could run it now. Promises nothing."""
    return await desk.quote(request.spec, request.market, request.rate)


@router.get("/markets", responses=problems(429))
async def list_markets(desk: Desk) -> MarketList:
    return await desk.markets()


def _loops(kernel: Kernel) -> tuple[Loop, ...]:
    wait = kernel.nudge.within(kernel.settings.match_interval)
    return (Loop("matcher", kernel.one(Matcher).step, wait, kernel.metrics.matcher_failures),)


SLICE = Slice(routers=(router,), loops=_loops)
