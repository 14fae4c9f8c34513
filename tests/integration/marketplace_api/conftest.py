"""Fixtures of the API's tests: a migrated database of each kind, a scripted chain, a running app."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from hypernode.blobs import BlobStore, MemoryBlobs
from hypernode.chain.notices import MemoryNotices
from hypernode.domain.clock import ManualClock
from hypernode_marketplace_api.app import create_app
from hypernode_marketplace_api.kernel import Collaborators
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.resources.leases import MemoryLeases
from hypernode_marketplace_api.resources.migrate import migrate
from hypernode_marketplace_api.settings import Settings
from tests.integration.marketplace_api.world import World
from tests.support.accounts import MARKET, MATCHER, START_TIME
from tests.support.postgres import binaries, running_cluster
from tests.support.scripted_chain import ScriptedChain

_names = count()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"

    async def prepare() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}")
        await migrate(database)
        await database.close()

    asyncio.run(prepare())
    return path


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with running_cluster(programs) as url:

        async def prepare() -> None:
            await _administer(url, "CREATE DATABASE migrated")
            database = Database(url.format(name="migrated"))
            await migrate(database)
            await database.close()

        asyncio.run(prepare())
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Every test runs on both kinds, on a copy of a database that the real migrations made."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "test.db")
        return f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"
    server: str = request.getfixturevalue("migrated_postgres")
    name = f"test_{next(_names)}"
    asyncio.run(_administer(server, f"CREATE DATABASE {name} TEMPLATE migrated"))
    return server.format(name=name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
def chain() -> ScriptedChain:
    return ScriptedChain()


@pytest.fixture
async def world(database: Database, chain: ScriptedChain) -> AsyncIterator[World]:
    """An app with every slice wired to fakes of the outside; its loops move when the test says so."""
    clock, monotonic = ManualClock(START_TIME), ManualClock(0)
    async with a_replica(database, chain, MemoryBlobs(), clock, monotonic) as world:
        yield world


@pytest.fixture
async def replicas(database_url: str, chain: ScriptedChain) -> AsyncIterator[tuple[World, World]]:
    """Two apps that share a database, a chain and blobs, and nothing in memory."""
    clock, monotonic, blobs = ManualClock(START_TIME), ManualClock(0), MemoryBlobs()
    first, second = Database(database_url), Database(database_url)
    async with (
        a_replica(first, chain, blobs, clock, monotonic) as one,
        a_replica(second, chain, blobs, clock, monotonic) as other,
    ):
        yield one, other
    await first.close()
    await second.close()


@asynccontextmanager
async def a_replica(
    database: Database, chain: ScriptedChain, blobs: BlobStore, clock: ManualClock, monotonic: ManualClock
) -> AsyncIterator[World]:
    collaborators = Collaborators(
        database=database,
        chain=chain,
        blobs=blobs,
        leases=MemoryLeases(monotonic.now),
        notices=MemoryNotices(),
        matcher=MATCHER,
        cluster_signer=MATCHER,
        clock=clock,
        monotonic=monotonic.now,
    )
    settings = Settings(default_market=MARKET, max_blob_bytes=64 * 1024)
    app = create_app(settings, collaborators, run_loops=False)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as client:
        yield World(app, app.state.kernel, collaborators, chain, clock, monotonic, client, settings)


async def _administer(server: str, statement: str) -> None:
    engine = create_async_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
