"""Owns putting the API together and running it: `python -m marketplace_api.main serve`."""

import argparse
import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from hypernode.blobs import BlobStore
from hypernode.chain.keys import Key, verify
from hypernode.chain.ports import ChainPort
from hypernode.chain.rpc_client import RpcClient
from hypernode.config import API_PORT
from hypernode.domain.clock import Clock, SystemClock
from hypernode_marketplace_api.auth.endpoints import blob_signed_by, signed_by
from hypernode_marketplace_api.auth.service import RequestAuthenticator
from hypernode_marketplace_api.errors import install_error_handlers
from hypernode_marketplace_api.governance.endpoints import proposal_router, treasury_router
from hypernode_marketplace_api.governance.service import GovernanceService
from hypernode_marketplace_api.indexer.endpoints import HealthProbe, operator_router
from hypernode_marketplace_api.indexer.service import Indexer
from hypernode_marketplace_api.jobs.attestations import AttestationDesk
from hypernode_marketplace_api.jobs.blobs import blob_router
from hypernode_marketplace_api.jobs.endpoints import job_router, quote_router
from hypernode_marketplace_api.jobs.evidence import EvidenceDesk
from hypernode_marketplace_api.jobs.quotes import QuoteDesk
from hypernode_marketplace_api.jobs.service import JobService
from hypernode_marketplace_api.matching.assignment import Assignments, ChainAssignments, NoAssignments
from hypernode_marketplace_api.matching.leases import LeaseStore, MemoryLeases
from hypernode_marketplace_api.matching.redis_leases import RedisLeases
from hypernode_marketplace_api.matching.service import MatchingService
from hypernode_marketplace_api.matching.specs import SpecReader
from hypernode_marketplace_api.matching.tasks import Matcher
from hypernode_marketplace_api.nodes.endpoints import node_router
from hypernode_marketplace_api.nodes.live_logs import LiveLogs
from hypernode_marketplace_api.nodes.service import NodeService
from hypernode_marketplace_api.nodes.sessions import WorkerSessions
from hypernode_marketplace_api.nodes.socket import NodeSocket, socket_router
from hypernode_marketplace_api.nodes.tasks import SWEEP_SECONDS, PresenceSweep
from hypernode_marketplace_api.resources.admission import Admission
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.resources.loops import Loop, Nudge
from hypernode_marketplace_api.resources.metrics import Metrics
from hypernode_marketplace_api.resources.migrate import migrate
from hypernode_marketplace_api.resources.object_store import ObstoreBlobs
from hypernode_marketplace_api.resources.rate_limiter import RateLimiter
from hypernode_marketplace_api.rewards.endpoints import rewards_router
from hypernode_marketplace_api.rewards.service import RewardsService
from hypernode_marketplace_api.settings import Settings
from hypernode_marketplace_api.slashing.endpoints import report_router
from hypernode_marketplace_api.slashing.service import ReportService
from hypernode_marketplace_api.staking.endpoints import stake_router
from hypernode_marketplace_api.staking.service import StakeService

# Nonces that can no longer be replayed are dropped this often.
FORGET_SECONDS = 60.0
# A step that takes longer than this is stuck, and may be cut short.
STOP_SECONDS = 5.0
# A log chunk in JSON escapes is the largest frame a node sends.
MAX_FRAME_BYTES = 256 * 1024


@dataclass
class Collaborators:
    """What an app talks to; tests put their own in, `serve` takes the real ones."""

    database: Database
    chain: ChainPort
    blobs: BlobStore
    leases: LeaseStore
    matcher: Key | None = None
    clock: Clock = field(default_factory=SystemClock)
    monotonic: Callable[[], float] = time.monotonic


@dataclass
class Parts:
    """The services of one app, wired; `loops` are what it does between requests."""

    authenticator: RequestAuthenticator
    nodes: NodeService
    matcher: Matcher
    indexer: Indexer
    sweep: PresenceSweep
    loops: list[Loop]


def create_app(settings: Settings, with_: Collaborators, *, run_loops: bool = True) -> FastAPI:
    """Wire every slice by constructor. Without loops, a test drives `app.state.parts` step by step."""
    metrics, nudge = Metrics(), Nudge()
    limit = RateLimiter(settings.rate_per_key, settings.rate_burst, with_.monotonic)
    authenticator = RequestAuthenticator(
        with_.database, with_.clock, verify, limit, settings.signature_skew_seconds
    )
    sessions = WorkerSessions(with_.monotonic, settings.suspect_seconds, settings.offline_seconds)
    live_logs = LiveLogs(settings.max_log_buffer_bytes)
    nodes = NodeService(with_.database, with_.chain, with_.clock, verify, sessions, live_logs)
    key = with_.matcher
    matching = MatchingService(with_.database, with_.chain, with_.clock, nodes, key.address if key else None)
    assignments: Assignments = ChainAssignments(with_.chain, key) if key else NoAssignments()
    matcher = Matcher(
        matching,
        SpecReader(with_.blobs),
        assignments,
        with_.leases,
        with_.clock,
        settings,
        nudge,
        metrics.offers,
    )
    jobs = JobService(with_.database, with_.chain)
    indexer = Indexer(with_.database, with_.chain, settings.index_batch, nudge, metrics.events)
    sweep = PresenceSweep(nodes)
    loops = [
        Loop("indexer", indexer.step, settings.index_interval, failures=metrics.indexer_failures),
        Loop("matcher", matcher.step, settings.match_interval, nudge, metrics.matcher_failures),
        Loop("presence", sweep.step, SWEEP_SECONDS),
        Loop("nonces", authenticator.forget_old_nonces, FORGET_SECONDS),
    ]
    app = FastAPI(title="Hypernode marketplace", version="1", lifespan=_lifespan, redirect_slashes=False)
    app.state.parts = Parts(authenticator, nodes, matcher, indexer, sweep, loops if run_loops else [])
    app.state.collaborators = with_
    by_address = RateLimiter(settings.rate_per_address, settings.rate_burst, with_.monotonic)
    app.add_middleware(Admission, limit=by_address, metrics=metrics, max_blob_bytes=settings.max_blob_bytes)
    install_error_handlers(app)
    socket = NodeSocket(
        nodes,
        matcher,
        limit,
        heartbeat_seconds=settings.heartbeat_seconds,
        lease_seconds=settings.lease_seconds,
    )
    probe = HealthProbe(with_.chain, with_.database, with_.blobs, indexer)
    attestations = AttestationDesk(jobs, with_.chain, with_.clock, verify)
    evidence = EvidenceDesk(jobs, with_.blobs, live_logs)
    reports = ReportService(with_.database)
    stakes = StakeService(with_.database, reports)
    dao = GovernanceService(with_.database, with_.clock)
    for router in (
        quote_router(QuoteDesk(jobs, matching, settings.default_market)),
        job_router(jobs, evidence, attestations, signed_by(authenticator)),
        blob_router(with_.blobs, blob_signed_by(authenticator), settings.max_blob_bytes),
        socket_router(socket),
        node_router(nodes),
        stake_router(stakes),
        rewards_router(RewardsService(with_.database, stakes, with_.clock)),
        report_router(reports),
        proposal_router(dao),
        treasury_router(dao),
        operator_router(probe, metrics, sessions),
    ):
        app.include_router(router)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Migrate, run the loops while the app serves, and stop them before it closes what they use."""
    with_: Collaborators = app.state.collaborators
    await migrate(with_.database)
    tasks = [asyncio.create_task(loop.run()) for loop in app.state.parts.loops]
    try:
        yield
    finally:
        for loop in app.state.parts.loops:
            loop.stop()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
        await with_.leases.close()
        await with_.database.close()


async def serve(settings: Settings, host: str, port: int) -> None:
    chain = await RpcClient.connect(settings.rpc_url, settings.ws_url)
    try:
        app = create_app(settings, collaborators(settings, chain))
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            loop="uvloop",
            log_level="warning",
            ws_max_size=MAX_FRAME_BYTES,
            server_header=False,
            timeout_graceful_shutdown=int(STOP_SECONDS),
        )
        await uvicorn.Server(config).serve()
    finally:
        await chain.close()


def collaborators(settings: Settings, chain: ChainPort) -> Collaborators:
    """Open what the settings name."""
    leases: LeaseStore = MemoryLeases(time.monotonic)
    if settings.redis_url:
        leases = RedisLeases(settings.redis_url)
    return Collaborators(
        database=Database(settings.database_url),
        chain=chain,
        blobs=ObstoreBlobs(settings.blobs_url, max_bytes=settings.max_blob_bytes),
        leases=leases,
        matcher=Key.load(settings.matcher_key) if settings.matcher_key else None,
    )


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="marketplace_api", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command")
    command = commands.add_parser("serve", help="serve HTTP and WebSocket; settings are HYPERNODE_API_*")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=API_PORT)
    for name in ("database-url", "blobs-url", "rpc-url", "redis-url", "default-market"):
        command.add_argument(f"--{name}")
    command.add_argument("--matcher-key", type=Path)
    given = vars(parser.parse_args(argv))
    given.pop("command")
    host, port = given.pop("host"), given.pop("port")
    chosen = {name: value for name, value in given.items() if value is not None}
    asyncio.run(serve(Settings(**chosen), host, port))


if __name__ == "__main__":
    main()
