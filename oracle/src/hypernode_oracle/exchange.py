"""HTTP server of an oracle: what was said of a job for other oracles, and the connections of workers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute

from hypernode.domain.types import parse_address
from hypernode.errors import ConfigError, InvalidAddress
from hypernode.wire.evidence import EVIDENCE_PATH
from hypernode_oracle.links import WorkerLinks
from hypernode_oracle.peers import PeerBoard

# A worker sends frames of a mebibyte, and their heads.
LARGEST_FRAME = 1024 * 1024 + 1024


def exchange_app(board: PeerBoard, links: WorkerLinks) -> Starlette:
    async def said(request: Request) -> Response:
        try:
            job = parse_address(request.path_params["job"])
        except InvalidAddress:
            return Response(status_code=404)
        return Response(board.said(job).model_dump_json(), media_type="application/json")

    async def health(_: Request) -> Response:
        return Response("{}", media_type="application/json")

    return Starlette(
        routes=[
            Route("/health", health),
            Route("/v1/jobs/{job}/said", said),
            WebSocketRoute(EVIDENCE_PATH, links.serve),
        ]
    )


@contextlib.asynccontextmanager
async def serving(app: Starlette, host: str, port: int) -> AsyncIterator[int]:
    """Serve in the background, and return the port; raise `ConfigError` if it is taken."""
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        log_level="warning",
        lifespan="off",
        ws="websockets-sansio",
        ws_max_size=LARGEST_FRAME,
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            if task.done():
                task.result()
            await asyncio.sleep(0)
        yield int(listener.getsockname()[1])
    finally:
        server.should_exit = True
        await task
        listener.close()


class _Server(uvicorn.Server):
    """A server that leaves signals to the process it runs in."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listen(host: str, port: int) -> socket.socket:
    # With IPPROTO_TCP asyncio sets TCP_NODELAY; otherwise each answer waits for an acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as cause:
        listener.close()
        raise ConfigError(
            f"{host}:{port} cannot be listened on: {cause.strerror}",
            fix="stop the process that listens there, or set HYPERNODE_ORACLE_PORT",
        ) from cause
    return listener
