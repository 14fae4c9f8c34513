"""Stage of the economy's tests: the API over real programs, and a reader of what it shows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from hypernode.blobs import MemoryBlobs
from hypernode.chain.keys import Key
from hypernode.chain.lite import LiteChain
from hypernode.client.api import ApiClient
from hypernode.client.economy import EconomyReader
from hypernode.domain.clock import ManualClock
from hypernode.domain.http_signature import RequestSigner
from hypernode_marketplace_api.app import create_app
from hypernode_marketplace_api.kernel import Collaborators
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.resources.leases import MemoryLeases
from hypernode_marketplace_api.settings import Settings
from hypernode_marketplace_api.slices.indexer.service import Indexer
from tests.programs.world import World


@dataclass
class Mirror:
    """The API's mirror of some programs, and the SDK's reader of it."""

    programs: World
    indexer: Indexer
    clock: ManualClock
    client: httpx.AsyncClient
    reader: EconomyReader

    async def look(self) -> None:
        """Index what has landed; the API's clock is the chain's."""
        self.clock.set(self.programs.now)
        await self.indexer.step()

    async def get(self, path: str) -> Any:
        answer = await self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()


@asynccontextmanager
async def mirrored(database: Database, programs: World) -> AsyncIterator[Mirror]:
    clock, monotonic = ManualClock(programs.now), ManualClock(0)
    collaborators = Collaborators(
        database=database,
        chain=LiteChain(programs.lite),
        blobs=MemoryBlobs(),
        leases=MemoryLeases(monotonic.now),
        clock=clock,
        monotonic=monotonic.now,
    )
    app = create_app(Settings(), collaborators, run_loops=False)
    transport = httpx.ASGITransport(app=app)
    signer = RequestSigner(Key.from_seed(bytes(32)), clock)
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://api") as client,
        ApiClient("http://api", signer, transport=transport) as api,
    ):
        yield Mirror(programs, app.state.kernel.one(Indexer), clock, client, EconomyReader(api))
