"""Benchmark of the RPC calls of a marketplace: one job from post to settle, and ten idle nodes."""

import asyncio
import json
import os
import socket
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.report import Column, publish
from hypernode import Hypernode
from hypernode.config import Cluster, Settings
from hypernode.domain.money import HYPER
from hypernode.domain.spec import JobSpec
from hypernode_cli.commands.node_setup import prepare_node, runtime_waiver
from hypernode_cli.commands.services import ORACLE_NAMES, Ports, Services, free_ports
from hypernode_cli.context import Context
from hypernode_cli.output import Output
from hypernode_localnet.genesis import ensure_key, fund
from tests.support.engine import runtime_image

CLIENTS = ("buyer", "api", "oracles", "workers")
ALL = "all"
NODES = 10
JOBS = 7
IDLE_SECONDS = 60.0
# Seconds after a start or the last job until every process has returned to its idle rhythm.
CALM_SECONDS = 10.0
JOB_SECONDS = 60.0
COLUMNS = (
    *(("in", "what"), ("client", "who"), ("method", "method")),
    *(("calls", "calls"), ("notices", "notices"), ("KiB", "kib")),
)

# One kind of traffic: who caused it, and the RPC method or the name of the notification.
Kind = tuple[str, str]


@dataclass
class Traffic:
    """Calls, notifications and body bytes in both directions, over some seconds."""

    seconds: float = 0.0
    calls: Counter[Kind] = field(default_factory=Counter)
    notices: Counter[Kind] = field(default_factory=Counter)
    size: Counter[Kind] = field(default_factory=Counter)

    @property
    def kinds(self) -> set[Kind]:
        return {*self.calls, *self.notices, *self.size}


class Tap:
    """Proxy in front of a chain's two ports. Each client has its own port, for HTTP and WebSocket alike."""

    def __init__(self, rpc_url: str, ws_url: str) -> None:
        self._rpc_url, self._ws_url = rpc_url, ws_url
        self._http = httpx.AsyncClient(timeout=60)
        self._sockets = {name: _listener() for name in CLIENTS}
        self._names = {_port(listener): name for name, listener in self._sockets.items()}
        self._total = Traffic()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Tap"]:
        routes = [Route("/", self._forward, methods=["POST"]), WebSocketRoute("/", self._relay)]
        config = uvicorn.Config(
            Starlette(routes=routes),
            log_level="error",
            lifespan="off",
            ws="websockets-sansio",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=list(self._sockets.values())))
        try:
            yield self
        finally:
            server.should_exit = True
            await task
            await self._http.aclose()

    def seen_by(self, client: str, cluster: Cluster) -> Cluster:
        """Return the cluster as this client is to reach it: through the tap."""
        where = f"127.0.0.1:{_port(self._sockets[client])}"
        return cluster.model_copy(update={"rpc_url": f"http://{where}", "ws_url": f"ws://{where}"})

    @asynccontextmanager
    async def counting(self) -> AsyncIterator[Traffic]:
        """Count what passes inside the block; the traffic is complete once the block has ended."""
        before, began, found = self._total, time.monotonic(), Traffic()
        self._total = found
        try:
            yield found
        finally:
            found.seconds = time.monotonic() - began
            self._total = before

    async def _forward(self, request: Request) -> Response:
        body = await request.body()
        headers = {"content-type": "application/json"}
        try:
            answer = await self._http.post(self._rpc_url, content=body, headers=headers)
        except httpx.HTTPError:
            return Response(status_code=502)
        asked = json.loads(body)
        for call in asked if isinstance(asked, list) else [asked]:
            self._total.calls[self._kind(request, call["method"])] += 1
        first = asked[0] if isinstance(asked, list) else asked
        self._total.size[self._kind(request, first["method"])] += len(body) + len(answer.content)
        return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))

    async def _relay(self, client: WebSocket) -> None:
        await client.accept()
        asked: dict[Any, str] = {}
        async with connect(self._ws_url, max_size=None) as chain:
            ways = {
                asyncio.create_task(self._upward(client, chain, asked)),
                asyncio.create_task(self._downward(client, chain, asked)),
            }
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _upward(self, client: WebSocket, chain: ClientConnection, asked: dict[Any, str]) -> None:
        async for text in client.iter_text():
            call = json.loads(text)
            asked[call.get("id")] = call["method"]
            kind = self._kind(client, call["method"])
            self._total.calls[kind] += 1
            self._total.size[kind] += len(text)
            await chain.send(text)

    async def _downward(self, client: WebSocket, chain: ClientConnection, asked: dict[Any, str]) -> None:
        async for message in chain:
            text = message if isinstance(message, str) else message.decode()
            notice = json.loads(text)
            kind = self._kind(client, notice.get("method") or asked.get(notice.get("id"), "answer"))
            self._total.notices[kind] += "method" in notice
            self._total.size[kind] += len(text)
            await client.send_text(text)

    def _kind(self, connection: Request | WebSocket, method: str) -> Kind:
        return self._names[connection.scope["server"][1]], method


@dataclass(frozen=True)
class Stack:
    """A marketplace whose services reach the chain through the tap."""

    tap: Tap
    services: Services
    cluster: Cluster
    context: Context
    hn: Hypernode

    async def node(self, name: str) -> None:
        prepared = await prepare_node(self.context, self.cluster, name)
        self.services.start_node(self.tap.seen_by("workers", self.cluster), name, prepared.operator)
        await self.services.online(self.cluster, prepared.node, name)

    async def job(self, image: str, number: int) -> None:
        """Post one job that does nothing and follow it at the API until it has ended."""
        spec = JobSpec(image=image, command=("true", str(number)), timeout_seconds=60)
        job = await self.hn.jobs.post(spec)
        async with asyncio.timeout(JOB_SECONDS):
            (await job.result()).check()


@asynccontextmanager
async def raised(home: Path) -> AsyncIterator[Stack]:
    """Start a chain, the API and three oracles; stop everything at the end."""
    output = Output(as_json=True)
    services = Services(home, Ports(*free_ports(3)), waived_runc=await runtime_waiver(output, home / "probe"))
    async with AsyncExitStack() as stack:
        settings = services.settings
        tap = await stack.enter_async_context(Tap(settings.rpc_url, settings.ws_url).serving())
        stack.push_async_callback(services.sweep)
        stack.callback(services.stop)
        cluster = await services.start_chain()
        for name in ORACLE_NAMES:
            services.start_oracle(tap.seen_by("oracles", cluster), name)
        await services.start_api(tap.seen_by("api", cluster))
        for name in ORACLE_NAMES:
            await services.watching(name)
        wallet = ensure_key(services.settings.keys / "wallet.json")
        await fund(cluster, wallet.address, 100 * HYPER)
        buyer = Hypernode.connect(cluster=tap.seen_by("buyer", cluster), wallet=wallet)
        hn = await stack.enter_async_context(buyer)
        yield Stack(tap, services, cluster, Context(Settings(home=home), output), hn)


async def idle(stack: Stack) -> Traffic:
    await asyncio.sleep(CALM_SECONDS)
    async with stack.tap.counting() as traffic:
        await asyncio.sleep(IDLE_SECONDS)
    return traffic


async def measure() -> None:
    image = runtime_image()
    with tempfile.TemporaryDirectory(prefix="hypernode-rpc-calls-") as home:
        async with raised(Path(home)) as stack:
            await stack.node("n1")
            await stack.job(image, 0)
            one = await idle(stack)
            async with stack.tap.counting() as jobs:
                for number in range(1, JOBS + 1):
                    await stack.job(image, number)
            for number in range(2, NODES + 1):
                await stack.node(f"n{number}")
            ten = await idle(stack)
            load = os.getloadavg()[0]
    rows = [
        *_rows("a job, net of idle", net(jobs, one), JOBS),
        *_rows("a job, gross", jobs, JOBS),
        *_rows("a minute idle, 1 node", one, one.seconds / 60),
        *_rows(f"a minute idle, {NODES} nodes", ten, ten.seconds / 60),
    ]
    publish(
        "rpc_calls",
        tuple(Column(title, key) for title, key in COLUMNS),
        rows,
        (
            f"One chain, one API, {len(ORACLE_NAMES)} oracles; load {load:.1f} at the end.",
            f"{JOBS} jobs of `true` in a row, {jobs.seconds / JOBS:.2f} s each, after one to warm up.",
            "Calls are HTTP requests (each of a batch) and WebSocket requests; notices are notifications.",
            "KiB are bodies in both directions without HTTP headers.",
            "Net is gross less what the stack with one node does idle in the same time; it can be below 0.",
        ),
    )


def net(busy: Traffic, calm: Traffic) -> Traffic:
    """Return the busy traffic less the calm one of as many seconds."""
    share = busy.seconds / calm.seconds
    pairs = ((busy.calls, calm.calls), (busy.notices, calm.notices), (busy.size, calm.size))
    less = (Counter({kind: round(one[kind] - two[kind] * share) for kind in one | two}) for one, two in pairs)
    return Traffic(busy.seconds, *less)


def _rows(what: str, traffic: Traffic, times: float) -> list[dict[str, Any]]:
    """Return the total, then each client's, then its methods by the number of calls."""
    rows = [_row(what, ALL, ALL, traffic, traffic.kinds, times)]
    for client in CLIENTS:
        mine = {kind for kind in traffic.kinds if kind[0] == client}
        rows.append(_row(what, client, ALL, traffic, mine, times))
        most_first = sorted(mine, key=lambda kind: (-traffic.calls[kind], kind))
        rows += [_row(what, client, kind[1], traffic, {kind}, times) for kind in most_first]
    return rows


def _row(
    what: str, who: str, method: str, traffic: Traffic, kinds: set[Kind], times: float
) -> dict[str, Any]:
    def share(counter: Counter[Kind], unit: int = 1) -> float:
        return round(sum(counter[kind] for kind in kinds) / unit / times, 1)

    return {
        "what": what,
        "who": who,
        "method": method,
        "calls": share(traffic.calls),
        "notices": share(traffic.notices),
        "kib": share(traffic.size, 1024),
    }


def _listener() -> socket.socket:
    # Named as TCP, or asyncio would not set TCP_NODELAY and each answer would wait 40 ms for an ACK.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


def _port(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


if __name__ == "__main__":
    asyncio.run(measure())
