"""Connections of workers: from submission to verdict a worker answers requests for its evidence.

The worker dials, so no node opens a port. Who holds a worker key that has a job in hand gets one connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections import Counter

import base58
import structlog
from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from hypernode.blobs import MAX_BLOB_BYTES
from hypernode.chain.generated.markets import Job
from hypernode.chain.keys import verify
from hypernode.chain.ports import Accounts
from hypernode.domain.cid import cid_of_bytes
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.errors import HypernodeError
from hypernode.wire.evidence import (
    FRAME_BYTES,
    BlobHead,
    BlobRequest,
    EvidenceChallenge,
    EvidenceHello,
    EvidenceRefused,
    EvidenceWelcome,
    evidence_signing_bytes,
    from_worker,
)

log = structlog.get_logger()

GREETING_SECONDS = 10.0
# Connections that have not said yet who they are: of all, and of one host, so that no host takes all places.
# More are turned away: they may come again.
MOST_GREETING, MOST_GREETING_OF_ONE = 1_024, 32
# A blob has this long, and a second more for each of these bytes.
FIRST_SECONDS, BYTES_A_SECOND = 20.0, 512 * 1024
# Frames that wait to be read; the worker sends no more until they are.
MOST_FRAMES = 4
NONCE_BYTES = 32
IN_HAND = (JobStatus.ASSIGNED, JobStatus.SUBMITTED)
TRY_AGAIN = 1013


class LinkLost(HypernodeError):
    """The worker's connection broke, was too slow or made no sense; it may come back."""


class WorkerLinks:
    """The open connections, by worker key."""

    def __init__(self, key: Address, chain: Accounts) -> None:
        self._key, self._chain = key, chain
        self._links: dict[Address, _Link] = {}
        self._greeting: Counter[str] = Counter()

    @property
    def connected(self) -> list[Address]:
        return sorted(self._links)

    @property
    def greeting(self) -> int:
        """Return how many connections have not said yet who they are."""
        return self._greeting.total()

    async def get(self, worker_key: Address, cid: str) -> bytes | None:
        """Return a blob that the worker has, its hash checked; None if it is not here or does not have it."""
        link = self._links.get(worker_key)
        if link is None:
            return None
        try:
            data = await link.get(cid)
        except LinkLost as lost:
            log.info("evidence not served", worker=worker_key, cid=cid, detail=str(lost))
            await link.close()
            return None
        return data if data is not None and cid_of_bytes(data) == cid else None

    async def serve(self, socket: WebSocket) -> None:
        """Greet a worker, and keep its connection until it ends."""
        await socket.accept()
        host = "" if socket.client is None else socket.client.host
        if self._greeting.total() >= MOST_GREETING or self._greeting[host] >= MOST_GREETING_OF_ONE:
            await socket.close(TRY_AGAIN)
            return
        self._greeting[host] += 1
        try:
            async with asyncio.timeout(GREETING_SECONDS):
                worker_key = await self._greet(socket)
        except (TimeoutError, WebSocketDisconnect, LinkLost, HypernodeError, ValidationError) as fault:
            log.info("worker not greeted", detail=str(fault))
            await _refuse(socket, str(fault))
            return
        finally:
            self._greeting[host] -= 1
            self._greeting += Counter()  # forget hosts that have none
        link = _Link(socket)
        former = self._links.get(worker_key)
        self._links[worker_key] = link
        if former is not None:
            await former.close()
        try:
            await link.read()
        finally:
            if self._links.get(worker_key) is link:
                del self._links[worker_key]

    async def _greet(self, socket: WebSocket) -> Address:
        nonce = secrets.token_bytes(NONCE_BYTES)
        await _send(socket, EvidenceChallenge(oracle=self._key, nonce=nonce.hex()))
        hello = from_worker.validate_json(await socket.receive_text())
        if not isinstance(hello, EvidenceHello):
            raise LinkLost("a worker begins with hello")
        worker_key = Address(hello.worker_key)
        signed = evidence_signing_bytes(self._key, nonce)
        if not verify(worker_key, signed, base58.b58decode(hello.signature)):
            raise LinkLost("the signature is not of this worker key over the challenge")
        job = await self._chain.read(Job, Address(hello.job))
        if job is None or job.worker_key != worker_key or job.status not in IN_HAND:
            raise LinkLost("this worker does not have that job in hand")
        await _send(socket, EvidenceWelcome())
        return worker_key


class _Link:
    """One greeted connection. Requests take turns: an answer has no number."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._turn = asyncio.Lock()
        self._frames: asyncio.Queue[str | bytes | None] = asyncio.Queue(MOST_FRAMES)

    async def read(self) -> None:
        """Pass on what arrives, until the connection ends."""
        try:
            while True:
                message = await self._socket.receive()
                if message["type"] == "websocket.disconnect":
                    break
                frame = message.get("bytes")
                await self._frames.put(message.get("text") if frame is None else frame)
        except RuntimeError:  # closed by us meanwhile
            pass
        finally:
            while self._frames.full():
                self._frames.get_nowait()
            self._frames.put_nowait(None)

    async def get(self, cid: str) -> bytes | None:
        async with self._turn:
            try:
                await _send(self._socket, BlobRequest(cid=cid))
                async with asyncio.timeout(FIRST_SECONDS):
                    size = await self._head(cid)
                if size is None:
                    return None
                async with asyncio.timeout(FIRST_SECONDS + size / BYTES_A_SECOND):
                    return await self._body(size)
            except TimeoutError:
                raise LinkLost("the worker is too slow") from None
            except (WebSocketDisconnect, RuntimeError) as cause:
                raise LinkLost(f"the connection broke: {cause}") from cause

    async def _head(self, cid: str) -> int | None:
        frame = await self._next()
        try:
            head = from_worker.validate_json(frame)
        except ValidationError as cause:
            raise LinkLost("the worker sent something unreadable") from cause
        if not isinstance(head, BlobHead) or head.cid != cid or (head.size or 0) > MAX_BLOB_BYTES:
            raise LinkLost("the worker answered something else")
        return head.size

    async def _body(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            frame = await self._next()
            if not isinstance(frame, bytes) or len(frame) != min(FRAME_BYTES, size - len(data)):
                raise LinkLost("a frame has another size than announced")
            data += frame
        return bytes(data)

    async def _next(self) -> str | bytes:
        frame = await self._frames.get()
        if frame is None:
            self._frames.put_nowait(None)
            raise LinkLost("the connection ended")
        return frame

    async def close(self) -> None:
        if self._socket.application_state is WebSocketState.CONNECTED:
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await self._socket.close()


async def _send(
    socket: WebSocket, message: EvidenceChallenge | EvidenceWelcome | EvidenceRefused | BlobRequest
) -> None:
    await socket.send_text(message.model_dump_json())


async def _refuse(socket: WebSocket, detail: str) -> None:
    if socket.application_state is WebSocketState.CONNECTED:
        line = " ".join(detail.split())[:200]
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await _send(socket, EvidenceRefused(detail=line))
            await socket.close()
