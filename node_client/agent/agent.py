"""Owns the agent's loop: recover, connect, answer offers, work attempts, report; reconnect when it breaks."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import base58
import structlog

from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.domain.cid import cid_of_digest, digest_of_cid
from hypernode.domain.receipt import Receipt, receipt_hash, receipt_signing_bytes
from hypernode.domain.types import Address
from hypernode.errors import ChainError, HypernodeError
from hypernode.sandbox.ports import Sandbox
from hypernode.wire.nodes import (
    MAX_LOG_CHUNK,
    Accept,
    Assigned,
    Assignment,
    Decline,
    ErrorMessage,
    Heartbeat,
    Log,
    Offer,
    ReceiptNotice,
)
from node_client.agent.attempts import Attempts, cancelled
from node_client.agent.offers import AssignmentRefused, Policy, checked_assignment, image_objection
from node_client.artifacts import Artifacts
from node_client.journal import AttemptKey, Journal
from node_client.session import Session, SessionLost

log = structlog.get_logger()

# Seconds before connecting again, or before working an attempt again after a fault.
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 15.0

Connect = Callable[[], AbstractAsyncContextManager[Session]]


class Agent:
    """One node. Everything it touches comes in from outside."""

    def __init__(
        self,
        *,
        authority: Address,
        agent: Key,
        chain: ChainPort,
        artifacts: Artifacts,
        sandbox: Sandbox,
        journal: Journal,
        attempts: Attempts,
        policy: Policy,
        connect: Connect,
        slots: int,
    ) -> None:
        self._authority, self._agent = authority, agent
        self._chain, self._artifacts, self._sandbox = chain, artifacts, sandbox
        self._journal, self._attempts, self._policy = journal, attempts, policy
        self._connect, self._slots = connect, slots
        self._offers: dict[str, Offer] = {}
        self._active: dict[AttemptKey, asyncio.Task[None]] = {}
        self._telling: set[asyncio.Task[None]] = set()
        self._session: Session | None = None
        self._draining = False

    @property
    def active(self) -> list[AttemptKey]:
        return sorted(self._active)

    async def run(self) -> None:
        """Resume what is owed, then serve until cancelled."""
        await self.recover()
        failures = 0
        try:
            while True:
                try:
                    async with self._connect() as session:
                        failures = 0
                        await self._serve(session)
                except SessionLost as lost:
                    log.warning("no connection", error=str(lost))
                failures += 1
                await asyncio.sleep(_pause(failures))
        finally:
            await cancelled({*self._active.values(), *self._telling})

    async def recover(self) -> None:
        """Take up every attempt this node still owes, and remove what is left of the others."""
        owed = await self._attempts.unfinished()
        await self._attempts.sweep(owed)
        for key in owed:
            self._start(key)

    async def _resume(self) -> None:
        """Take up what the chain says is ours and nobody works: an assignment that landed after a fault."""
        with contextlib.suppress(ChainError):
            for key in await self._attempts.unfinished():
                self._start(key)

    async def drain(self) -> None:
        """Take no more offers and wait for what is running."""
        self._draining = True
        await asyncio.gather(*self._active.values(), return_exceptions=True)

    # --- one connection

    async def _serve(self, session: Session) -> None:
        self._session, self._offers = session, {}
        beating = asyncio.create_task(self._beat(session))
        try:
            while True:
                message = await session.receive()
                if isinstance(message, Offer):
                    await self._answer(session, message)
                elif isinstance(message, Assignment):
                    await self._take(session, message)
                elif isinstance(message, ErrorMessage):
                    self._offers.pop(message.offer_id or "", None)  # it holds no slot any more
                    log.warning("the API objects", error=message.error, detail=message.detail)
        finally:
            self._session = None
            beating.cancel()
            with contextlib.suppress(asyncio.CancelledError, SessionLost):
                await beating

    async def _beat(self, session: Session) -> None:
        while True:
            jobs: list[str] = [key.job for key in self._active]
            await session.send(Heartbeat(active_jobs=jobs, free_slots=self._free()))
            await self._resume()
            await asyncio.sleep(session.heartbeat_seconds)

    async def _answer(self, session: Session, offer: Offer) -> None:
        reason = await self._objection(offer)
        if reason is not None:
            log.info("offer declined", job=offer.job, reason=reason)
            await session.send(Decline(offer_id=offer.offer_id, reason=reason[:200]))
            return
        self._offers[offer.offer_id] = offer
        await session.send(Accept(offer_id=offer.offer_id))

    async def _objection(self, offer: Offer) -> str | None:
        if self._free() - len(self._offers) <= 0:
            return "no free slot"
        try:
            spec = await self._artifacts.spec(digest_of_cid(offer.spec_cid))
        except HypernodeError as fault:
            return f"{fault.code}: {fault}"
        return self._policy.objection(offer, spec) or await image_objection(self._sandbox, spec)

    async def _take(self, session: Session, assignment: Assignment) -> None:
        """Sign and send the assignment of an offer that was accepted, and start to work."""
        offer = self._offers.pop(assignment.offer_id, None)
        if offer is None:
            return
        try:
            draft, key = await checked_assignment(
                self._chain,
                assignment.transaction,
                offer,
                authority=self._authority,
                agent=self._agent.address,
            )
            # Before the chain knows: if the agent dies now, it looks the attempt up when it is back.
            self._journal.take(key)
            signature = await self._chain.submit(draft.sign(self._agent).encode())
        except (AssignmentRefused, HypernodeError) as fault:
            log.warning("assignment failed", job=offer.job, error=fault.code, detail=str(fault))
            return
        self._start(key)
        await session.send(Assigned(offer_id=assignment.offer_id, signature=signature))

    # --- work

    def _free(self) -> int:
        return 0 if self._draining else max(0, self._slots - len(self._active))

    def _start(self, key: AttemptKey) -> None:
        if key in self._active:
            return
        task = asyncio.create_task(self._work(key), name=key.run_name)
        self._active[key] = task
        task.add_done_callback(lambda done: self._active.pop(key, None))

    async def _work(self, key: AttemptKey) -> None:
        """Work one attempt until it is over; faults outside the job's control are tried again."""
        failures = 0
        while True:
            try:
                receipt = await self._attempts.work(key, lambda chunk: self._pass_on(key, chunk))
                break
            except HypernodeError as fault:
                failures += 1
                log.warning("attempt interrupted", job=key.job, error=fault.code, detail=str(fault))
                await asyncio.sleep(_pause(failures))
        if receipt is not None:
            await self._tell(key, receipt)

    def _pass_on(self, key: AttemptKey, chunk: bytes) -> None:
        """Send live output, best effort: the log blob is the record."""
        session = self._session
        if session is not None:
            text = chunk.decode(errors="replace")[:MAX_LOG_CHUNK]
            message = Log(job=key.job, attempt=key.attempt, chunk=text)
            task = asyncio.create_task(_quietly(session, message))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def _tell(self, key: AttemptKey, receipt: Receipt) -> None:
        digest = receipt_hash(receipt)
        signature = base58.b58encode(self._agent.sign(receipt_signing_bytes(digest))).decode()
        notice = ReceiptNotice(
            job=key.job, attempt=key.attempt, receipt_cid=cid_of_digest(digest), signature=signature
        )
        if self._session is not None:
            await _quietly(self._session, notice)


async def _quietly(session: Session, message: Log | ReceiptNotice) -> None:
    with contextlib.suppress(SessionLost):
        await session.send(message)


def _pause(failures: int) -> float:
    """Return how long to wait after so many failures in a row: doubling, capped, spread at random."""
    return random.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures, 16)))
