"""Running local chain: the bank, the timer of its slots, and the two servers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from solders.pubkey import Pubkey
from starlette.applications import Starlette

from hypernode.chain.programs import NAMES, binary, program_id
from hypernode.config import RPC_PORT, WS_PORT
from hypernode.domain.clock import Clock, SystemClock
from hypernode.domain.types import Address
from hypernode.errors import ConfigError
from hypernode_localnet.bank import Bank
from hypernode_localnet.clock import ChainTime
from hypernode_localnet.journal import Journal
from hypernode_localnet.pubsub import Hub
from hypernode_localnet.server import http_app, ws_app

SLOT_SECONDS = 0.4
HOST = "127.0.0.1"
STATE_FILE = "chain.sqlite"


@dataclass(frozen=True)
class Options:
    """Options of a chain; port 0 means a free port, no state folder means a chain in memory."""

    rpc_port: int = 0
    ws_port: int = 0
    state: Path | None = None
    slot_seconds: float = SLOT_SECONDS


DEFAULT_OPTIONS = Options(rpc_port=RPC_PORT, ws_port=WS_PORT)


class Localnet:
    """Local chain with `rpc_url` and `ws_url`, as a context: `async with Localnet(Options()) as net`."""

    def __init__(self, options: Options | None = None, clock: Clock | None = None) -> None:
        self._options = options or Options()
        path = None if self._options.state is None else self._options.state / STATE_FILE
        self._journal = Journal(path)
        offset, last = self._journal.clock()
        self.bank = Bank(ChainTime(clock or SystemClock(), offset, last), self._journal)
        self._hub = Hub(self.bank)
        self._tasks: list[asyncio.Task[None]] = []
        self._servers: list[uvicorn.Server] = []
        self.rpc_url = self.ws_url = ""

    async def __aenter__(self) -> Self:
        rpc = await self._serve(http_app(self.bank), self._options.rpc_port)
        ws = await self._serve(ws_app(self._hub), self._options.ws_port)
        self.rpc_url, self.ws_url = f"http://{HOST}:{rpc}", f"ws://{HOST}:{ws}"
        self._tasks.append(asyncio.create_task(self._make_slots()))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.should_exit = True
        slots = self._tasks.pop()
        slots.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await slots
        await asyncio.gather(*self._tasks)
        self._journal.close()

    def deploy(self, authority: Address) -> None:
        """Deploy our programs that are missing, with `authority` as their upgrade authority."""
        for name in NAMES:
            program = Pubkey.from_string(program_id(name))
            if self.bank.account(program) is None:
                self.bank.add_program(program, Pubkey.from_string(authority), binary(name))

    async def run(self) -> None:
        """Serve until a signal stops one of the servers."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def _make_slots(self) -> None:
        while True:
            await asyncio.sleep(self._options.slot_seconds)
            self.bank.next_slot()

    async def _serve(self, app: Starlette, port: int) -> int:
        """Start one server and return its port once it accepts connections."""
        listener = _listen(port)
        config = uvicorn.Config(
            app, log_level="warning", lifespan="off", ws="websockets-sansio", access_log=False
        )
        server = uvicorn.Server(config)
        started = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:
            if started.done():
                started.result()
            await asyncio.sleep(0)
        self._servers.append(server)
        self._tasks.append(started)
        return int(listener.getsockname()[1])


def _listen(port: int) -> socket.socket:
    # asyncio sets TCP_NODELAY only with IPPROTO_TCP; otherwise each answer waits 40 ms for an ACK.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as cause:
        listener.close()
        raise ConfigError(
            f"port {port} is taken: {cause.strerror}",
            fix="stop the process that listens there, or choose another port",
        ) from cause
    return listener
