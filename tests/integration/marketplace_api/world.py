"""World of the API's tests: the app, its fakes, and nodes that talk to it."""

import asyncio
import hashlib
import json
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

import base58
import httpx
from fastapi import FastAPI

from hypernode.chain import addresses
from hypernode.chain.keys import Key
from hypernode.domain.cid import cid_of_bytes
from hypernode.domain.clock import ManualClock
from hypernode.domain.http_signature import RequestSigner
from hypernode.domain.spec import JobSpec
from hypernode.domain.types import Address
from hypernode.wire.nodes import hello_signing_bytes
from hypernode_marketplace_api.auth.service import RequestAuthenticator
from hypernode_marketplace_api.kernel import Collaborators, Kernel
from hypernode_marketplace_api.settings import Settings
from hypernode_marketplace_api.slices.indexer.service import Indexer
from hypernode_marketplace_api.slices.matching.matcher import Matcher
from hypernode_marketplace_api.slices.nodes.service import NodeService
from tests.support.accounts import a_node, a_stake
from tests.support.scripted_chain import JobStory, ScriptedChain


def a_key(name: str) -> Key:
    return Key.from_seed(hashlib.sha256(name.encode()).digest())


def a_spec(**given: Any) -> JobSpec:
    values: dict[str, Any] = {"image": f"sha256:{'a' * 64}", "command": ("true",), "timeout_seconds": 600}
    return JobSpec(**{**values, **given})


@dataclass
class World:
    app: FastAPI
    kernel: Kernel
    collaborators: Collaborators
    chain: ScriptedChain
    clock: ManualClock
    monotonic: ManualClock
    client: httpx.AsyncClient
    settings: Settings
    nodes: dict[str, "NodeDouble"] = field(default_factory=dict)

    @property
    def indexer(self) -> Indexer:
        return self.kernel.one(Indexer)

    @property
    def matcher(self) -> Matcher:
        return self.kernel.one(Matcher)

    @property
    def node_service(self) -> NodeService:
        return self.kernel.one(NodeService)

    @property
    def authenticator(self) -> RequestAuthenticator:
        return self.kernel.one(RequestAuthenticator)

    async def sweep(self) -> None:
        await self.node_service.sweep()

    async def index(self) -> None:
        await self.indexer.step()

    async def match(self) -> None:
        await self.matcher.step()

    def pass_time(self, seconds: int) -> None:
        self.clock.advance(seconds)
        self.monotonic.advance(seconds)
        self.chain.time += seconds

    def register(self, name: str = "node", stake: int | None = None, **given: Any) -> "NodeDouble":
        """Put a node on the scripted chain, with its stake."""
        operator, worker_key = a_key(f"{name} wallet").address, a_key(f"{name} worker")
        node = addresses.node(operator)
        self.chain.live_nodes[node] = a_node(operator, worker_key.address, **given)
        self.chain.stakes[operator] = a_stake(operator) if stake is None else a_stake(operator, stake)
        double = NodeDouble(self, node, operator, worker_key)
        self.nodes[name] = double
        return double

    async def online(self, name: str = "node", slots: int = 1, **given: Any) -> "NodeDouble":
        """Register, index and connect a node that has free slots."""
        hello = given.pop("hello", {})
        node = self.register(name, **given)
        self.indexer._reconciled = False  # accounts were written without events
        await self.index()
        await node.connect(**hello)
        await node.say({"type": "heartbeat", "active_jobs": [], "free_slots": slots})
        assert (await node.hear())["type"] == "heartbeat_ack"
        return node

    async def post(self, name: str = "job", spec: JobSpec | None = None, **given: Any) -> JobStory:
        """Post a job whose spec is in the blob store, and index it."""
        spec = spec or a_spec()
        cid = await self.collaborators.blobs.put(spec.to_bytes())
        assert cid == cid_of_bytes(spec.to_bytes())
        digest = hashlib.sha256(spec.to_bytes()).digest()
        gpu = spec.resources.gpu
        story = JobStory(
            self.chain,
            name,
            spec_hash=digest,
            timeout_seconds=spec.timeout_seconds,
            gpu_vendor=gpu.vendor,
            gpu_count=gpu.count,
            min_vram_mib=gpu.min_vram_mib,
            **given,
        )
        await self.index()
        return story

    def signed(self, key: Key, method: str, target: str, body: bytes = b"") -> dict[str, str]:
        return RequestSigner(key, self.clock).headers(method, target, body)

    async def put_blob(self, data: bytes, key: Key | None = None) -> httpx.Response:
        target = f"/v1/blobs/{cid_of_bytes(data)}"
        headers = self.signed(key or a_key("uploader"), "PUT", target, data)
        return await self.client.put(target, content=data, headers=headers)

    async def post_signed(self, key: Key, target: str, document: object) -> httpx.Response:
        body = json.dumps(document).encode()
        headers = {**self.signed(key, "POST", target, body), "content-type": "application/json"}
        return await self.client.post(target, content=body, headers=headers)


class NodeDouble:
    """A node's side of the WebSocket, spoken straight to the app: no server, no socket."""

    def __init__(self, world: World, node: Address, operator: Address, worker_key: Key) -> None:
        self.world, self.node, self.operator, self.worker_key = world, node, operator, worker_key
        self._to_app: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
        self._from_app: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    async def connect(self, **given: Any) -> dict[str, Any]:
        """Greet and return what the server answers: a welcome, or an error."""
        challenge = await self.open()
        await self.say({**self.hello(challenge["nonce"]), **given})
        return await self.hear()

    async def open(self) -> dict[str, Any]:
        self._to_app, self._from_app = asyncio.Queue(), asyncio.Queue()
        scope: dict[str, Any] = {
            "type": "websocket",
            "path": "/v1/nodes/ws",
            "raw_path": b"/v1/nodes/ws",
            "query_string": b"",
            "headers": [],
            "client": ("127.0.0.1", 1),
            "server": ("api", 80),
            "scheme": "ws",
            "subprotocols": [],
        }
        self._task = asyncio.create_task(self.world.app(scope, self._to_app.get, self._from_app.put))
        await self._to_app.put({"type": "websocket.connect"})
        assert (await self._from_app.get())["type"] == "websocket.accept"
        return await self.hear()

    def hello(self, nonce: str, key: Key | None = None) -> dict[str, Any]:
        signature = (key or self.worker_key).sign(hello_signing_bytes(bytes.fromhex(nonce)))
        return {
            "type": "hello",
            "node": self.node,
            "worker_key": self.worker_key.address,
            "signature": base58.b58encode(signature).decode(),
            "hardware": {"cpu_millis": 8_000, "memory_mib": 16_384, "disk_mib": 100_000, "gpus": []},
            "worker_version": "test",
        }

    async def say(self, message: dict[str, Any]) -> None:
        await self._to_app.put({"type": "websocket.receive", "text": json.dumps(message)})

    async def hear(self) -> dict[str, Any]:
        """Return the next message; a closed connection is one of type "closed"."""
        async with asyncio.timeout(10):
            frame = await self._from_app.get()
        if frame["type"] == "websocket.close":
            return {"type": "closed", "reason": frame.get("reason")}
        heard: dict[str, Any] = json.loads(frame["text"])
        return heard

    def nothing_heard(self) -> bool:
        return self._from_app.empty()

    async def drop(self) -> None:
        """Break the connection, as a machine that loses power does."""
        await self._to_app.put({"type": "websocket.disconnect", "code": 1006})
        if self._task is not None:
            await self._task
