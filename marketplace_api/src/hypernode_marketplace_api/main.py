"""Command line of the API: `python -m hypernode_marketplace_api.main serve`."""

import argparse
import asyncio
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import uvicorn

from hypernode.chain.keys import Key
from hypernode.chain.notices import Notices, WebSocketNotices
from hypernode.chain.ports import ChainPort
from hypernode.chain.rpc_client import RpcClient
from hypernode.config import API_PORT
from hypernode_marketplace_api.app import STOP_SECONDS, create_app
from hypernode_marketplace_api.kernel import Collaborators, Limits
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.resources.leases import LeaseStore, MemoryLeases
from hypernode_marketplace_api.resources.object_store import ObstoreBlobs
from hypernode_marketplace_api.settings import Settings
from hypernode_marketplace_api.slices.indexer.service import PROGRAMS
from hypernode_service.logs import configure

# A log chunk in JSON escapes is the largest frame a node sends.
MAX_FRAME_BYTES = 256 * 1024


async def serve(settings: Settings, host: str, port: int) -> None:
    chain = await RpcClient.connect(settings.rpc_url, settings.ws_url)
    try:
        app = create_app(
            settings, collaborators(settings, chain, WebSocketNotices(settings.ws_url, PROGRAMS))
        )
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            loop="uvloop",
            log_level="warning",
            log_config=None,
            ws_max_size=MAX_FRAME_BYTES,
            server_header=False,
            timeout_graceful_shutdown=int(STOP_SECONDS),
        )
        await uvicorn.Server(config).serve()
    finally:
        await chain.close()


def collaborators(settings: Settings, chain: ChainPort, notices: Notices) -> Collaborators:
    """Open what the settings name."""
    leases: LeaseStore = MemoryLeases(time.monotonic)
    limits: Limits | None = None
    if settings.redis_url:  # an API without Redis does not load its client
        from hypernode_marketplace_api.resources.redis_leases import RedisLeases
        from hypernode_marketplace_api.resources.redis_rate_limiter import RedisRateLimiter

        leases = RedisLeases(settings.redis_url)
        limits = partial(RedisRateLimiter, settings.redis_url)
    return Collaborators(
        database=Database(settings.database_url),
        chain=chain,
        blobs=ObstoreBlobs(settings.blobs_url, max_bytes=settings.max_blob_bytes),
        leases=leases,
        notices=notices,
        limits=limits,
        matcher=Key.load(settings.matcher_key) if settings.matcher_key else None,
        cluster_signer=Key.load(settings.cluster_key) if settings.cluster_key else None,
    )


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="marketplace_api", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command")
    command = commands.add_parser("serve", help="serve HTTP and WebSocket; settings are HYPERNODE_API_*")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=API_PORT)
    for name in ("database-url", "blobs-url", "rpc-url", "ws-url", "redis-url", "default-market"):
        command.add_argument(f"--{name}")
    command.add_argument("--matcher-key", type=Path)
    given = vars(parser.parse_args(argv))
    given.pop("command")
    host, port = given.pop("host"), given.pop("port")
    chosen = {name: value for name, value in given.items() if value is not None}
    configure("api")
    asyncio.run(serve(Settings(**chosen), host, port))


if __name__ == "__main__":
    main()
