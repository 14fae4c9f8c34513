"""WebSocket of a node: challenge, hello, then messages until one side leaves."""

import asyncio
import contextlib
import secrets
from typing import Self

from fastapi import WebSocket
from pydantic import ValidationError
from starlette.websockets import WebSocketDisconnect, WebSocketState

from hypernode.errors import HypernodeError, RpcUnavailable
from hypernode.wire.nodes import (
    NONCE_BYTES,
    Accept,
    Assigned,
    Challenge,
    Decline,
    ErrorMessage,
    Heartbeat,
    HeartbeatAck,
    Hello,
    Log,
    NodeMessage,
    ReceiptNotice,
    ServerMessage,
    Welcome,
    node_message,
)
from hypernode_marketplace_api.errors import Malformed
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.resources.rate_limiter import RateLimiter
from hypernode_marketplace_api.slices.nodes.service import NodeService, WorkerSession

# A greeting needs one signature, which takes milliseconds.
HELLO_SECONDS = 10.0
# A node that does not read for this long would hold up the sender.
SEND_SECONDS = 10.0
POLICY_VIOLATION = 1008


class SocketConnection:
    """The `Connection` of a session over a real WebSocket."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def send(self, message: ServerMessage) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # the reader notices and leaves
            async with asyncio.timeout(SEND_SECONDS):
                await self._socket.send_text(message.model_dump_json())

    async def close(self, reason: str) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await self._socket.close(POLICY_VIOLATION, reason)


class NodeSocket:
    def __init__(self, nodes: NodeService, limit: RateLimiter, welcome: Welcome) -> None:
        self._nodes = nodes
        self._limit = limit
        self._welcome = welcome

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        settings = kernel.settings
        welcome = Welcome(heartbeat_seconds=settings.heartbeat_seconds, lease_seconds=settings.lease_seconds)
        return cls(kernel.one(NodeService), kernel.limit_by_key, welcome)

    async def serve(self, socket: WebSocket) -> None:
        await socket.accept()
        connection = SocketConnection(socket)
        session = None
        try:
            session = await self._greet(socket, connection)
            await connection.send(self._welcome)
            while True:
                await self._handle(session, connection, await socket.receive_text())
        except RpcUnavailable as error:
            # The node did nothing wrong and should come back, so it gets no refusal.
            await connection.close(error.code)
        except HypernodeError as error:
            await connection.send(ErrorMessage(error=error.code, detail=str(error)))
            await connection.close(error.code)
        except (WebSocketDisconnect, TimeoutError, KeyError):  # KeyError: a binary frame has no text
            if socket.application_state is WebSocketState.CONNECTED:
                await connection.close("silent or not speaking the protocol")
        finally:
            if session is not None:
                self._nodes.leave(session)

    async def _greet(self, socket: WebSocket, connection: SocketConnection) -> WorkerSession:
        nonce = secrets.token_bytes(NONCE_BYTES)
        await connection.send(Challenge(nonce=nonce.hex()))
        async with asyncio.timeout(HELLO_SECONDS):
            message = _parse(await socket.receive_text())
        if not isinstance(message, Hello):
            raise Malformed("the first message must be a hello")
        return await self._nodes.greet(message, nonce, connection)

    async def _handle(self, session: WorkerSession, connection: SocketConnection, text: str) -> None:
        """Answer one message; an error is answered, and ends the connection only on a flood."""
        await self._limit.take(session.node)
        offer_id = None
        try:
            message = _parse(text)
            offer_id = getattr(message, "offer_id", None)
            await self._dispatch(session, connection, message)
        except HypernodeError as error:
            answer = ErrorMessage(error=error.code, detail=str(error), offer_id=offer_id)
            await connection.send(answer)

    async def _dispatch(
        self, session: WorkerSession, connection: SocketConnection, message: NodeMessage
    ) -> None:
        match message:
            case Heartbeat():
                self._nodes.hear(session, message)
                await connection.send(HeartbeatAck())
            case Accept():
                await self._nodes.answers.accept(session, message.offer_id)
            case Decline():
                await self._nodes.answers.decline(session, message.offer_id, message.reason)
            case Assigned():
                await self._nodes.answers.assigned(session, message.offer_id)
            case Log():
                await self._nodes.log(session, message)
            case ReceiptNotice():
                await self._nodes.receipt(session, message)
            case Hello():
                raise Malformed("this connection has greeted already")


def _parse(text: str) -> NodeMessage:
    try:
        return node_message.validate_json(text)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"]) or "message"
        raise Malformed(f"{place}: {fault['msg']}") from error
