"""Service of evidence: from submission to verdict the worker keeps a connection to each oracle and answers.

The worker dials, so no node opens a port. The store of an API is a copy: an oracle needs it for nothing that
the node owes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import base58
import structlog
from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.backoff import Backoff, sweep_seconds
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.errors import HypernodeError
from hypernode.wire.evidence import (
    EVIDENCE_PATH,
    FRAME_BYTES,
    BlobHead,
    BlobRequest,
    EvidenceChallenge,
    EvidenceHello,
    EvidenceWelcome,
    FromOracle,
    evidence_signing_bytes,
    from_oracle,
)
from hypernode_node_client.shelf import Shelf

log = structlog.get_logger()

GREETING_SECONDS = 10.0
# Pauses after a connection that failed or ended.
PAUSES = Backoff(first=0.5, longest=15.0)
# An attempt that was just submitted may not stand on chain yet, as our RPC endpoint shows it.
FRESH_SECONDS = 120.0

Sleep = Callable[[float], Awaitable[object]]


class OracleLost(HypernodeError):
    """The connection to an oracle broke, or was refused; a new one may work."""


class EvidenceService:
    """Knows which attempts wait for a verdict, and serves what they need to every oracle."""

    def __init__(
        self,
        *,
        node: Address,
        worker_key: Key,
        chain: ChainPort,
        shelf: Shelf,
        oracles: Mapping[Address, str],
        sleep: Sleep = asyncio.sleep,
        pause: Callable[[int], float] = PAUSES,
    ) -> None:
        self._node, self._worker_key, self._chain, self._shelf = node, worker_key, chain, shelf
        self._oracles, self._sleep, self._pause = oracles, sleep, pause
        # Attempts without a verdict, and when each was put here. After a start the chain says which wait.
        self._waiting: dict[AttemptKey, float] = {}
        self._some, self._none = asyncio.Event(), asyncio.Event()
        self._signal()

    async def keep(self, key: AttemptKey, blobs: Sequence[bytes]) -> None:
        """Put the evidence of an attempt on the shelf, and serve it from now on."""
        await asyncio.to_thread(self._shelf.keep, key, blobs)
        self._waiting[key] = asyncio.get_running_loop().time()
        self._signal()

    async def run(self) -> None:
        """Serve until cancelled. A fault of an oracle ends one connection, never the service."""
        if not self._oracles:
            log.warning("no oracle addresses: oracles get evidence from the API's store alone")
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sweep())
            for oracle, url in self._oracles.items():
                group.create_task(self._serve(oracle, url))

    async def _sweep(self) -> None:
        """Ask the chain now and then which attempts still wait for a verdict, and tidy the shelf."""
        failures = 0
        while True:
            try:
                jobs = await self._chain.jobs(JobStatus.SUBMITTED, self._node)
            except HypernodeError as fault:
                failures += 1
                log.info("the chain does not say what waits", error=fault.code, detail=str(fault))
                await self._sleep(self._pause(failures))
                continue
            failures = 0
            self.compare({AttemptKey(at, job.sequence, job.attempt) for at, job in jobs.items()})
            await self._sleep(sweep_seconds())

    def compare(self, submitted: set[AttemptKey]) -> None:
        """Drop what has a verdict by the chain; what was just submitted may not stand there yet."""
        now = asyncio.get_running_loop().time()
        for key in self._shelf.attempts():
            if key in submitted:
                self._waiting.setdefault(key, now)
            elif now - self._waiting.get(key, now) > FRESH_SECONDS:
                del self._waiting[key]
        self._signal()
        self._shelf.tidy(self._waiting)

    def _signal(self) -> None:
        for event, is_set in ((self._some, bool(self._waiting)), (self._none, not self._waiting)):
            event.set() if is_set else event.clear()

    async def _serve(self, oracle: Address, url: str) -> None:
        failures = 0
        while True:
            await self._some.wait()
            try:
                socket = await connect(
                    url.rstrip("/").replace("http", "ws", 1) + EVIDENCE_PATH, open_timeout=GREETING_SECONDS
                )
                async with socket:
                    await self._greet(socket, oracle)
                    failures = 0
                    await self._answer_all(socket)
            except (OSError, TimeoutError, WebSocketException, ValidationError, OracleLost) as fault:
                failures += 1
                log.info("no connection to an oracle", oracle=oracle, detail=str(fault))
                await self._sleep(self._pause(failures))

    async def _greet(self, socket: ClientConnection, oracle: Address) -> None:
        async with asyncio.timeout(GREETING_SECONDS):
            challenge = await _receive(socket)
            if not isinstance(challenge, EvidenceChallenge) or challenge.oracle != oracle:
                raise OracleLost("another oracle answers at this address")
            if not self._waiting:
                raise OracleLost("the last verdict came meanwhile")
            signed = evidence_signing_bytes(oracle, bytes.fromhex(challenge.nonce))
            hello = EvidenceHello(
                job=max(self._waiting, key=lambda key: self._waiting[key]).job,
                worker_key=self._worker_key.address,
                signature=base58.b58encode(self._worker_key.sign(signed)).decode(),
            )
            await socket.send(hello.model_dump_json())
            answer = await _receive(socket)
            if not isinstance(answer, EvidenceWelcome):
                raise OracleLost(getattr(answer, "detail", "the oracle did not welcome this worker"))

    async def _answer_all(self, socket: ClientConnection) -> None:
        """Answer until the connection ends or nothing waits for a verdict."""
        over = asyncio.create_task(self._none.wait())
        try:
            while not over.done():
                asked = asyncio.create_task(_receive(socket))
                try:
                    await asyncio.wait({asked, over}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    if not asked.done():
                        asked.cancel()
                if over.done():
                    return
                message = asked.result()
                if isinstance(message, BlobRequest):
                    await self._answer(socket, message.cid)
        finally:
            over.cancel()

    async def _answer(self, socket: ClientConnection, cid: str) -> None:
        data = await asyncio.to_thread(self._shelf.find, cid)
        head = BlobHead(cid=cid, size=None if data is None else len(data))
        await socket.send(head.model_dump_json())
        for start in range(0, len(data or b""), FRAME_BYTES):
            await socket.send((data or b"")[start : start + FRAME_BYTES])


async def _receive(socket: ClientConnection) -> FromOracle:
    return from_oracle.validate_json(await socket.recv())
