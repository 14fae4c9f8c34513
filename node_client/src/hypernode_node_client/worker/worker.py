"""Loop of the worker: recover, connect, answer offers, work attempts, report, and connect again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager

import base58
import structlog
from pydantic import ValidationError
from structlog.contextvars import bind_contextvars

from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.backoff import Backoff, sweep_seconds
from hypernode.domain.cid import cid_of_digest, digest_of_cid
from hypernode.domain.clock import Clock, SystemClock
from hypernode.domain.receipt import Receipt, receipt_hash, receipt_signing_bytes
from hypernode.domain.status import DeclineReason
from hypernode.domain.types import Address
from hypernode.errors import HypernodeError
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
    ServerMessage,
    Stop,
)
from hypernode_node_client.artifacts import Artifacts
from hypernode_node_client.journal import Journal
from hypernode_node_client.session import ApiSession, SessionLost
from hypernode_node_client.worker.attempts import Attempts, cancelled
from hypernode_node_client.worker.declining import decline_reason
from hypernode_node_client.worker.offers import HeldOffers, Policy, checked_assignment, image_objection
from hypernode_sandbox.ports import Sandbox

log = structlog.get_logger()

MAX_REASON = 200  # what `Decline` carries
# Seconds before connecting again, or before working an attempt again after a fault.
PAUSES = Backoff(first=0.2, longest=15.0)
# After an assignment whose end is unclear the chain is asked after 1, 2, 4 … s, until its block hash is dead.
FIRST_LOOK, LAST_LOOK = 1, 64

Connect = Callable[[], AbstractAsyncContextManager[ApiSession]]
Sleep = Callable[[float], Awaitable[object]]


class Worker:
    """One node. Everything it touches comes in from outside."""

    def __init__(
        self,
        *,
        operator: Address,
        worker_key: Key,
        chain: ChainPort,
        artifacts: Artifacts,
        sandbox: Sandbox,
        journal: Journal,
        attempts: Attempts,
        policy: Policy,
        connect: Connect,
        slots: int,
        clock: Clock | None = None,
        sleep: Sleep = asyncio.sleep,
        pause: Callable[[int], float] = PAUSES,
    ) -> None:
        self._operator, self._worker_key = operator, worker_key
        self._chain, self._artifacts, self._sandbox = chain, artifacts, sandbox
        self._journal, self._attempts, self._policy = journal, attempts, policy
        self._connect, self._slots = connect, slots
        self._sleep, self._pause = sleep, pause
        # An offer is held from its acceptance, then being taken, then an active attempt: each holds a slot.
        self._clock = clock or SystemClock()
        self._held = HeldOffers(self._clock)
        self._taking: dict[str, Offer] = {}
        self._active: dict[AttemptKey, asyncio.Task[None]] = {}
        self._chores: set[asyncio.Task[None]] = set()
        self._session: ApiSession | None = None
        self._failures = 0
        # When the chain is asked again what this node owes; None: at once.
        self._look_at: float | None = None
        self._next_look = LAST_LOOK * 2

    @property
    def active(self) -> list[AttemptKey]:
        return sorted(self._active)

    async def run(self) -> None:
        """Resume what is owed, then serve until cancelled."""
        try:
            await self.recover()
            while True:
                try:
                    async with self._connect() as session:
                        await self._serve(session)
                except SessionLost as lost:
                    log.warning("no connection", error=str(lost))
                self._failures += 1
                await self._resume()  # an assignment may have landed although the connection broke
                await self._sleep(self._pause(self._failures))
        finally:
            await cancelled({*self._active.values(), *self._chores})

    async def recover(self) -> None:
        """Take up every attempt this node still owes, and remove what is left of the others.

        Nothing is taken before this is done: sweeping later could remove what was just started.
        """
        failures = 0
        while True:
            try:
                owed = await self._attempts.unfinished()
                await self._attempts.sweep(owed)
                break
            except HypernodeError as fault:
                failures += 1
                log.warning("not recovered yet", error=fault.code, detail=str(fault))
                await self._sleep(self._pause(failures))
        for key in owed:
            self._start(key)

    async def _resume(self) -> None:
        """Take up what is ours and nobody works: an assignment that landed after a fault.

        The chain is asked at a new connection, soon after a fault, and else about once a minute.
        """
        now = self._clock.now()
        if self._look_at is not None and now < self._look_at:
            return
        if self._next_look <= LAST_LOOK:
            self._look_at, self._next_look = now + self._next_look, self._next_look * 2
        else:
            self._look_at = now + sweep_seconds()
        try:
            owed = await self._attempts.unfinished()
        except HypernodeError as fault:
            log.info("the chain does not say what is owed", error=fault.code, detail=str(fault))
            return
        for key in owed:
            # An assignment that is on its way to the chain is not visible there yet, and is not lost.
            if all(offer.job != key.job for offer in self._taking.values()):
                self._start(key)

    def _look_soon(self) -> None:
        """Ask the chain again in a second, then less and less often."""
        self._next_look = FIRST_LOOK * 2
        self._look_at = self._clock.now() + FIRST_LOOK

    # --- one connection

    async def _serve(self, session: ApiSession) -> None:
        """Read and beat until either breaks: the API needs both from a node."""
        self._session = session
        self._look_at = None
        self._held.clear()
        both = {asyncio.create_task(self._read(session)), asyncio.create_task(self._beat(session))}
        try:
            done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            self._session = None
            await cancelled(both)

    async def _read(self, session: ApiSession) -> None:
        while True:
            message = await session.receive()
            self._failures = 0  # a connection that brings nothing is a failure as well
            await self._heed(session, message)

    async def _heed(self, session: ApiSession, message: ServerMessage) -> None:
        if isinstance(message, Offer):
            await self._answer(session, message)
        elif isinstance(message, Assignment):
            offer = self._held.pop(message.offer_id)
            if offer is not None:
                self._taking[message.offer_id] = offer
                self._do(self._take(session, message, offer))
        elif isinstance(message, Stop):
            self._do(self._stop(message))
        elif isinstance(message, ErrorMessage):
            self._held.pop(message.offer_id or "")  # it holds no slot any more
            log.warning("the API objects", error=message.error, detail=message.detail)

    async def _beat(self, session: ApiSession) -> None:
        while True:
            await session.send(self._heartbeat())
            await self._resume()
            await self._sleep(session.heartbeat_seconds)

    async def _answer(self, session: ApiSession, offer: Offer) -> None:
        if any(offer.offer_id == held.offer_id for held in self._promised):
            return  # it was accepted; the API voids an offer that is answered twice
        reason = await self._objection(offer)
        try:
            accept, decline = Accept(offer_id=offer.offer_id), Decline(offer_id=offer.offer_id)
        except ValidationError:
            log.warning("offer without a usable name ignored", job=offer.job)
            return
        if reason is None:
            self._held.add(offer)
            await session.send(accept)
            return
        log.info("offer declined", job=offer.job, reason=reason)
        await session.send(decline.model_copy(update={"reason": _one_line(reason)}))

    async def _objection(self, offer: Offer) -> str | None:
        if self._free() - len(self._held.offers) <= 0:
            return "no free slot"
        if offer.job in {*(held.job for held in self._promised), *(key.job for key in self._active)}:
            return "this job is in hand already"
        try:
            spec = await self._artifacts.spec(digest_of_cid(offer.spec_cid))
            return self._policy.objection(offer, spec) or await image_objection(self._sandbox, spec)
        except HypernodeError as fault:
            return f"{fault.code}: {fault}"

    async def _take(self, session: ApiSession, assignment: Assignment, offer: Offer) -> None:
        """Sign and send the assignment of an offer that was accepted, and start to work.

        The connection may end meanwhile: what is on its way to the chain is worked all the same.
        """
        # The API must know that the slot is taken before the chain shows it, or it offers it to the next job.
        await _quietly(session, self._heartbeat())
        try:
            draft, key = await checked_assignment(
                self._chain,
                assignment.transaction,
                offer,
                operator=self._operator,
                worker_key=self._worker_key.address,
            )
            # Before the chain knows: if the worker dies now, it looks the attempt up when it is back.
            self._journal.take(key)
            signature = await self._chain.submit(draft.sign(self._worker_key).encode())
            self._start(key)
        except HypernodeError as fault:
            log.warning("assignment failed", job=offer.job, error=fault.code, detail=str(fault))
            self._look_soon()  # it may have landed all the same
            self._do(_quietly(session, self._heartbeat()))  # after the slot is given back
            return
        finally:
            del self._taking[assignment.offer_id]
        await _quietly(session, Assigned(offer_id=assignment.offer_id, signature=signature))

    # --- work

    @property
    def _promised(self) -> list[Offer]:
        return [*self._held.offers, *self._taking.values()]

    def _free(self) -> int:
        return max(0, self._slots - len(self._active) - len(self._taking))

    def _start(self, key: AttemptKey) -> None:
        if key in self._active:
            return
        task = asyncio.create_task(self._work(key), name=key.run_name)
        self._active[key] = task
        task.add_done_callback(lambda done: self._ended(key, done))

    def _heartbeat(self) -> Heartbeat:
        jobs: list[str] = [key.job for key in self._active]
        return Heartbeat(active_jobs=jobs, free_slots=self._free())

    def _ended(self, key: AttemptKey, task: asyncio.Task[None]) -> None:
        del self._active[key]
        if self._session is not None:  # the API can offer the free slot at once
            self._do(_quietly(self._session, self._heartbeat()))
        if not task.cancelled() and (fault := task.exception()) is not None:
            # A defect of ours: the chain says that the attempt is still owed, and it is started again.
            log.error("attempt broke off", job=key.job, attempt=key.attempt, exc_info=fault)
            self._look_soon()

    async def _work(self, key: AttemptKey) -> None:
        """Work one attempt until it is over; faults outside the job's control are tried again."""
        bind_contextvars(job=key.job, attempt=key.attempt)  # of this task alone
        failures = 0
        while True:
            try:
                receipt = await self._attempts.work(key, lambda chunk: self._pass_on(key, chunk))
                break
            except HypernodeError as fault:
                failures += 1
                log.warning("attempt interrupted", job=key.job, error=fault.code, detail=str(fault))
                reason = decline_reason(fault, failures)
                if reason is not None and await self._declined(key, reason):
                    return
                await self._sleep(self._pause(failures))
        if receipt is not None:
            await self._tell(key, receipt)

    async def _declined(self, key: AttemptKey, reason: DeclineReason) -> bool:
        try:
            await self._attempts.decline(key, reason)
        except HypernodeError as fault:
            log.warning("not declined yet", job=key.job, error=fault.code, detail=str(fault))
            return False
        log.warning("attempt declined", job=key.job, attempt=key.attempt, reason=reason.label)
        return True

    async def _stop(self, message: Stop) -> None:
        """End a run for its buyer; try again while it goes on."""
        key = AttemptKey(Address(message.job), message.sequence, message.attempt)
        failures = 0
        while key in self._active:
            try:
                if await self._attempts.stop(key, base58.b58decode(message.signature)):
                    return
            except HypernodeError as fault:
                log.warning("not stopped yet", job=key.job, error=fault.code, detail=str(fault))
            failures += 1
            await self._sleep(self._pause(failures))

    def _pass_on(self, key: AttemptKey, chunk: bytes) -> None:
        """Send live output, best effort: the log blob is the record."""
        session = self._session
        if session is not None:
            text = chunk.decode(errors="replace")[:MAX_LOG_CHUNK]
            message = Log(job=key.job, attempt=key.attempt, chunk=text)
            self._do(_quietly(session, message))

    def _do(self, chore: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)

    async def _tell(self, key: AttemptKey, receipt: Receipt) -> None:
        digest = receipt_hash(receipt)
        signature = base58.b58encode(self._worker_key.sign(receipt_signing_bytes(digest))).decode()
        notice = ReceiptNotice(
            job=key.job, attempt=key.attempt, receipt_cid=cid_of_digest(digest), signature=signature
        )
        if self._session is not None:
            await _quietly(self._session, notice)


async def _quietly(session: ApiSession, message: Log | ReceiptNotice | Assigned | Heartbeat) -> None:
    with contextlib.suppress(SessionLost):
        await session.send(message)


def _one_line(text: str) -> str:
    """Return text as a decline can carry it: errors of libraries come with line breaks."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:MAX_REASON]
