"""The worker's connection to the API: greet with the worker key, then exchange messages until it breaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import base58
import structlog
from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from hypernode.chain.keys import Key
from hypernode.domain.types import Address
from hypernode.errors import HypernodeError
from hypernode.wire.nodes import (
    Challenge,
    ErrorMessage,
    Hardware,
    Hello,
    NodeMessage,
    ServerMessage,
    Welcome,
    hello_signing_bytes,
    server_message,
)

log = structlog.get_logger()

# A greeting is two messages each way.
GREETING_SECONDS = 10.0
# More often tells the API nothing new, whatever it asks for.
LEAST_HEARTBEAT_SECONDS = 1


class SessionLost(HypernodeError):
    """The API is away, or closed the connection; a new one may work."""


class SessionRefused(HypernodeError):
    """The API does not accept this node; trying again changes nothing until the cause is mended."""


class ApiSession(Protocol):
    """An open, greeted connection."""

    @property
    def heartbeat_seconds(self) -> int: ...

    async def receive(self) -> ServerMessage:
        """Return the next message; raises `SessionLost` when there will be none."""

    async def send(self, message: NodeMessage) -> None: ...


@dataclass(frozen=True)
class Identity:
    """Who a node says it is, and its machine."""

    node: Address
    worker_key: Key
    hardware: Hardware
    version: str
    ask: int


class WebSocketSession:
    def __init__(self, socket: ClientConnection, welcome: Welcome) -> None:
        self._socket = socket
        self.heartbeat_seconds = max(LEAST_HEARTBEAT_SECONDS, welcome.heartbeat_seconds)

    async def receive(self) -> ServerMessage:
        return await _receive(self._socket)

    async def send(self, message: NodeMessage) -> None:
        await _send(self._socket, message)


@asynccontextmanager
async def open_session(
    url: str, identity: Identity, greeting_seconds: float = GREETING_SECONDS
) -> AsyncIterator[ApiSession]:
    """Connect and greet; raises `SessionLost` or `SessionRefused`."""
    try:
        socket = await connect(url, open_timeout=greeting_seconds)
    except (OSError, TimeoutError, WebSocketException) as cause:
        raise SessionLost(f"{url} does not answer: {cause}") from cause
    try:
        try:
            async with asyncio.timeout(greeting_seconds):
                welcome = await _greet(socket, identity)
        except TimeoutError as cause:
            raise SessionLost(f"{url} did not greet within {greeting_seconds:g} s") from cause
        yield WebSocketSession(socket, welcome)
    finally:
        await socket.close()


async def _greet(socket: ClientConnection, identity: Identity) -> Welcome:
    challenge = await _receive(socket)
    if not isinstance(challenge, Challenge):
        raise SessionRefused("the API did not open with a challenge")
    signed = identity.worker_key.sign(hello_signing_bytes(bytes.fromhex(challenge.nonce)))
    hello = Hello(
        node=identity.node,
        worker_key=identity.worker_key.address,
        signature=base58.b58encode(signed).decode(),
        hardware=identity.hardware,
        worker_version=identity.version,
        ask=identity.ask,
    )
    await _send(socket, hello)
    answer = await _receive(socket)
    if isinstance(answer, ErrorMessage):
        raise SessionRefused(f"{answer.error}: {answer.detail}", fix="register the node: hyper node:init")
    if not isinstance(answer, Welcome):
        raise SessionRefused("the API did not welcome the node")
    return answer


async def _send(socket: ClientConnection, message: NodeMessage) -> None:
    try:
        await socket.send(message.model_dump_json())
    except WebSocketException as cause:
        raise SessionLost(f"the connection broke: {cause}") from cause


async def _receive(socket: ClientConnection) -> ServerMessage:
    """Return the next message of a kind we know: a newer API may say more, and is still understood."""
    while True:
        try:
            return server_message.validate_json(await socket.recv())
        except WebSocketException as cause:
            raise SessionLost(f"the connection ended: {cause}") from cause
        except ValidationError as cause:
            if cause.errors()[0]["type"] != "union_tag_invalid":
                raise SessionLost(f"the API sent something unreadable: {cause}") from cause
            log.info("message of an unknown kind ignored")
