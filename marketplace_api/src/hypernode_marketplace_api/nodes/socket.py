"""Owns the WebSocket of a node: challenge, hello, then messages until one side leaves."""

import asyncio
import contextlib
import secrets
from typing import Protocol

from fastapi import APIRouter, WebSocket
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
from hypernode_marketplace_api.nodes.service import NodeService
from hypernode_marketplace_api.nodes.sessions import WorkerSession
from hypernode_marketplace_api.resources.rate_limiter import RateLimiter

# A greeting needs one signature; whoever takes longer is not a node.
HELLO_SECONDS = 10.0
# A node that does not take what it is sent for so long would hold up whoever sends to it.
SEND_SECONDS = 10.0
POLICY_VIOLATION = 1008


class OfferAnswers(Protocol):
    """What the matcher does with a node's answers; `session` is whose they are."""

    async def accept(self, session: WorkerSession, offer_id: str) -> None: ...

    async def decline(self, session: WorkerSession, offer_id: str, reason: str) -> None: ...

    async def assigned(self, session: WorkerSession, offer_id: str) -> None: ...

    def node_ready(self) -> None: ...


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
    def __init__(
        self,
        nodes: NodeService,
        answers: OfferAnswers,
        limit: RateLimiter,
        *,
        heartbeat_seconds: int,
        lease_seconds: int,
    ) -> None:
        self._nodes = nodes
        self._answers = answers
        self._limit = limit
        self._welcome = Welcome(heartbeat_seconds=heartbeat_seconds, lease_seconds=lease_seconds)

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
            # No verdict on the node: it should come back, so it is not told that it was refused.
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
        """Answer one message; what it gets wrong is told, and ends the connection only if it floods."""
        self._limit.take(session.node)
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
                if message.free_slots:
                    self._answers.node_ready()
            case Accept():
                await self._answers.accept(session, message.offer_id)
            case Decline():
                await self._answers.decline(session, message.offer_id, message.reason)
            case Assigned():
                await self._answers.assigned(session, message.offer_id)
            case Log():
                await self._nodes.log(session, message)
            case ReceiptNotice():
                await self._nodes.receipt(session, message)
            case Hello():
                raise Malformed("this connection has greeted already")


def socket_router(node_socket: NodeSocket) -> APIRouter:
    router = APIRouter()

    @router.websocket("/v1/nodes/ws")
    async def connect(socket: WebSocket) -> None:
        await node_socket.serve(socket)

    return router


def _parse(text: str) -> NodeMessage:
    try:
        return node_message.validate_json(text)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"]) or "message"
        raise Malformed(f"{place}: {fault['msg']}") from error
