"""HTTP routes for operators: health, and metrics for Prometheus."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Depends, Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from hypernode.blobs import BlobStore
from hypernode.chain.ports import ChainPort
from hypernode.domain.cid import cid_of_bytes
from hypernode.errors import HypernodeError
from hypernode.wire.health import Health, Part
from hypernode_marketplace_api.kernel import Kernel, Slice, kernel_of, the
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.resources.loops import Loop
from hypernode_marketplace_api.slices.indexer.service import Indexer

# A part that takes longer than this to answer counts as away.
PROBE_SECONDS = 3.0
# 90 s of slots: without notices the indexer looks at everything after at most 72 s.
MAX_LAG_SLOTS = 225
_NO_BLOB = cid_of_bytes(b"hypernode health probe")


class HealthProbe:
    def __init__(self, chain: ChainPort, database: Database, blobs: BlobStore, indexer: Indexer) -> None:
        self._chain = chain
        self._database = database
        self._blobs = blobs
        self._indexer = indexer

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        outside = kernel.outside
        return cls(outside.chain, outside.database, outside.blobs, kernel.one(Indexer))

    async def look(self) -> Health:
        parts = {
            "chain": await _probe(self._chain.clock),
            "database": await _probe(self._database.ping),
            "blobs": await _probe(lambda: self._blobs.has(_NO_BLOB)),
        }
        lag = await self.lag_slots() if parts["chain"].ok else None
        parts["indexer"] = Part(ok=lag is not None and lag <= MAX_LAG_SLOTS)
        down = not (parts["chain"].ok and parts["database"].ok)
        status: Literal["healthy", "degraded", "unhealthy"] = "unhealthy" if down else "degraded"
        if all(part.ok for part in parts.values()):
            status = "healthy"
        seen = self._indexer.seen_slot
        return Health(status=status, parts=parts, indexer_slot=seen, indexer_lag_slots=lag)

    async def lag_slots(self) -> int | None:
        """Return how many slots the mirror is behind; None before its first whole look."""
        if self._indexer.seen_slot is None:
            return None
        return max(0, (await self._chain.clock()).slot - self._indexer.seen_slot)


router = APIRouter(tags=["operators"])


@router.get("/health", responses={503: {"model": Health, "description": "A part this needs is away"}})
async def health(probe: Annotated[HealthProbe, the(HealthProbe)], response: Response) -> Health:
    """Say which part is away; 503 if nothing can work without it."""
    seen = await probe.look()
    response.status_code = 503 if seen.status == "unhealthy" else 200
    return seen


@router.get("/metrics", response_class=Response)
async def numbers(
    probe: Annotated[HealthProbe, the(HealthProbe)], kernel: Annotated[Kernel, Depends(kernel_of)]
) -> Response:
    """Serve the numbers in Prometheus' text format."""
    try:
        lag = await probe.lag_slots()
    except HypernodeError:
        lag = None
    kernel.metrics.indexer_lag.set(-1 if lag is None else lag)
    return Response(kernel.metrics.render(), media_type=CONTENT_TYPE_LATEST)


async def _probe(ask: Callable[[], Awaitable[object]]) -> Part:
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            await ask()
    except (HypernodeError, SQLAlchemyError, OSError, TimeoutError) as error:
        return Part(ok=False, error=type(error).__name__)
    return Part(ok=True)


def _loops(kernel: Kernel) -> tuple[Loop, ...]:
    indexer = kernel.one(Indexer)
    return (Loop("indexer", indexer.follow, indexer.wait, kernel.metrics.indexer_failures),)


SLICE = Slice(routers=(router,), loops=_loops)
