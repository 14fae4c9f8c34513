"""Nodes: their greeting and heartbeats, the presence that replicas share, and their views."""

from typing import Protocol, Self

from hypernode.chain.keys import verify
from hypernode.chain.ports import ChainPort
from hypernode.domain.cid import digest_of_cid
from hypernode.domain.clock import Clock
from hypernode.domain.receipt import receipt_signing_bytes
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.wire.nodes import (
    Heartbeat,
    Hello,
    Log,
    NodePage,
    NodeView,
    ReceiptNotice,
    Stop,
    hello_signing_bytes,
)
from hypernode_marketplace_api.auth.signatures import VerifySignature, signature_bytes
from hypernode_marketplace_api.errors import (
    NodeNotFound,
    NodeRetired,
    NotYourJob,
    NotYourNode,
    SignatureInvalid,
)
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.models import ReceiptRow
from hypernode_marketplace_api.paging import cut, place_of
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.slices.nodes.live_logs import LiveLogs
from hypernode_marketplace_api.slices.nodes.repository import NodeRecord, NodeRepository
from hypernode_marketplace_api.slices.nodes.sessions import (
    Connection,
    Presence,
    WorkerSession,
    WorkerSessions,
)
from hypernode_marketplace_api.slices.nodes.views import node_view

__all__ = ["SWEEP_SECONDS", "NodeRecord", "NodeService", "OfferAnswers", "WorkerSession"]

# The jobs that a session remembers: more than a node runs at once, and cheap to read again.
MAX_OWN_JOBS = 1024
# Often enough that a node is called suspect within a second of becoming so.
SWEEP_SECONDS = 1.0
# A replica renews its leases this many times before one can end.
RENEWALS_A_LEASE = 4


class OfferAnswers(Protocol):
    """The matcher's side of a node's answers; `session` is the node's."""

    async def accept(self, session: WorkerSession, offer_id: str) -> None: ...

    async def decline(self, session: WorkerSession, offer_id: str, reason: str) -> None: ...

    async def assigned(self, session: WorkerSession, offer_id: str) -> None: ...

    def node_ready(self) -> None: ...


class NodeService:
    """The nodes as one replica knows them. `answers` is set by the matcher of the same replica."""

    answers: OfferAnswers

    def __init__(
        self,
        database: Database,
        chain: ChainPort,
        clock: Clock,
        verifier: VerifySignature,
        sessions: WorkerSessions,
        logs: LiveLogs,
        replica: str,
        lease_seconds: int,
    ) -> None:
        self._database = database
        self._chain = chain
        self._clock = clock
        self._verify = verifier
        self._sessions = sessions
        self._logs = logs
        self._replica = replica
        self._lease_seconds = lease_seconds
        self._renew_at = 0
        # What the database says of each session, so that only changes are written.
        self._written: dict[Address, tuple[Presence, int]] = {}

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        outside, settings = kernel.outside, kernel.settings
        sessions = WorkerSessions(outside.monotonic, settings.suspect_seconds, settings.offline_seconds)
        kernel.metrics.sessions.set_function(lambda: len(sessions))
        return cls(
            outside.database,
            outside.chain,
            outside.clock,
            verify,
            sessions,
            LiveLogs(settings.max_log_buffer_bytes),
            kernel.replica,
            # The nodes of a dead replica count as offline when silent nodes do.
            settings.offline_seconds,
        )

    # --- the connection

    async def greet(self, hello: Hello, nonce: bytes, connection: Connection) -> WorkerSession:
        """Open a session for a worker that the node names on chain and that signed the challenge."""
        node, worker_key = Address(hello.node), Address(hello.worker_key)
        account = await self._chain.node(node)
        if account is None:
            raise NodeNotFound(f"no node is registered at {node}", fix="run `hyper node:init` first")
        if account.worker_key != worker_key:
            raise NotYourNode(f"{node} names another worker key", fix="use the key given to set_worker_key")
        if account.retired_at:
            raise NodeRetired(f"{node} has retired")
        if not self._verify(worker_key, hello_signing_bytes(nonce), signature_bytes(hello.signature)):
            raise SignatureInvalid("the signature is not of the worker over this challenge")
        session = WorkerSession(
            node=node,
            operator=account.operator,
            worker_key=worker_key,
            worker_version=hello.worker_version,
            hardware=hello.hardware,
            ask=hello.ask,
            connection=connection,
            heard_at=0.0,
        )
        await self._announce(session)  # before it opens: a session that is not announced looks lost
        replaced = self._sessions.open(session)
        if replaced is not None and replaced.connection is not None:
            await replaced.connection.close("replaced by a newer connection")
        return session

    def hear(self, session: WorkerSession, beat: Heartbeat) -> None:
        if self._sessions.hear(session, beat):
            self.answers.node_ready()

    def leave(self, session: WorkerSession) -> None:
        """Keep the session until the node counts as offline: it may come back any moment."""
        session.connection = None

    async def sweep(self) -> None:
        """Write changes of the nodes here, renew their leases, and call nodes offline whose lease is over."""
        now = self._clock.now()
        sessions = {session.node: session for session in self._sessions}
        seen = {node: (self._sessions.presence(each), each.free_slots) for node, each in sessions.items()}
        async with self._database.read() as transaction:
            overdue = await NodeRepository(transaction).any_overdue(now)
        if seen != self._written or overdue or now >= self._renew_at:
            await self._renew(sessions, seen)
        if overdue:  # in a transaction of its own, since these rows may be another replica's
            async with self._database.begin() as transaction:
                await NodeRepository(transaction).end_overdue(now)

    async def _renew(
        self, sessions: dict[Address, WorkerSession], seen: dict[Address, tuple[Presence, int]]
    ) -> None:
        now = self._clock.now()
        async with self._database.begin() as transaction:
            nodes = NodeRepository(transaction)
            held = await nodes.renew(self._replica, list(sessions), now + self._lease_seconds)
            for node, (state, slots) in seen.items():
                if node in held and (held[node].state, held[node].free_slots) != (state, slots):
                    since = held[node].state_since if held[node].state == state else now
                    columns = {"state": state, "state_since": since, "free_slots": slots}
                    await nodes.change(node, columns)
        self._renew_at = now + self._lease_seconds // RENEWALS_A_LEASE
        self._written = seen
        for node, session in sessions.items():
            if node not in held:
                await self._dismiss(session, "connected elsewhere")
            elif seen[node][0] is Presence.OFFLINE:
                await self._dismiss(session, "no heartbeat")

    async def relay_stops(self) -> None:
        """Tell the workers here which of their running attempts a buyer ends; each connection once."""
        running = {job: session for session in self._sessions for job in session.active_jobs}
        if not running:
            return
        async with self._database.read() as transaction:
            stops = await NodeRepository(transaction).open_stops()
        for stop in stops:
            session, key = running.get(stop.job), (stop.job, stop.sequence, stop.attempt)
            if session is None or session.connection is None or key in session.told_stops:
                continue
            session.told_stops.add(key)
            message = Stop(
                job=stop.job, sequence=stop.sequence, attempt=stop.attempt, signature=stop.signature
            )
            await session.connection.send(message)

    # --- messages of nodes

    async def log(self, session: WorkerSession, message: Log) -> None:
        sequence = await self._own_job(session, message.job, message.attempt)
        self._logs.append(message.job, sequence, message.attempt, message.chunk)

    async def receipt(self, session: WorkerSession, notice: ReceiptNotice) -> None:
        """Keep the worker's signature over a receipt of its own job."""
        digest = digest_of_cid(notice.receipt_cid)
        if not self._verify(
            session.worker_key, receipt_signing_bytes(digest), signature_bytes(notice.signature)
        ):
            raise SignatureInvalid("the signature is not of the worker over this receipt")
        sequence = await self._own_job(session, notice.job, notice.attempt)
        row = ReceiptRow(
            job=notice.job,
            sequence=sequence,
            attempt=notice.attempt,
            worker_key=session.worker_key,
            receipt_hash=digest,
            signature=notice.signature,
        )
        async with self._database.begin() as transaction:
            await NodeRepository(transaction).put_receipt(row)

    # --- reads

    async def page(self, cursor: str | None, limit: int, state: str | None, min_vram: int) -> NodePage:
        place = place_of(cursor, str)
        after = str(place[0]) if place else None
        async with self._database.read() as transaction:
            records = await NodeRepository(transaction).page(after, limit + 1, state, min_vram)
        page, following = cut(records, limit, lambda record: (record.row.node,))
        return NodePage(nodes=[self._view(record) for record in page], next_cursor=following)

    async def detail(self, node: str) -> NodeView:
        async with self._database.read() as transaction:
            record = await NodeRepository(transaction).find(node)
        if record is None:
            raise NodeNotFound(f"no node is registered at {node}")
        return self._view(record)

    async def online(self) -> list[tuple[NodeRecord, WorkerSession | None]]:
        """Return the nodes that are connected to some replica, with the session of those connected here."""
        async with self._database.read() as transaction:
            records = await NodeRepository(transaction).online(self._clock.now())
        return [(record, self._sessions.get(record.row.node)) for record in records]

    async def connected(self) -> list[tuple[NodeRecord, WorkerSession]]:
        """Return the nodes that this replica can ask now, with their rows."""
        online = {
            session.node: session
            for session in self._sessions
            if self._sessions.presence(session) is Presence.ONLINE
        }
        if not online:
            return []
        async with self._database.read() as transaction:
            records = await NodeRepository(transaction).among(list(online), self._replica)
        return [(record, online[Address(record.row.node)]) for record in records]

    def live_log(self, job: str, sequence: int, attempt: int) -> tuple[str, bool] | None:
        """Return what a running job has printed and whether the beginning is cut; None if nothing."""
        return self._logs.read(job, sequence, attempt)

    # --- steps

    async def _announce(self, session: WorkerSession) -> None:
        now = self._clock.now()
        columns = {
            "state": Presence.ONLINE,
            "state_since": now,
            "worker_version": session.worker_version,
            "hardware": session.hardware.model_dump(mode="json"),
            "ask": session.ask,
            "free_slots": session.free_slots,
            "replica": self._replica,
            "lease_until": now + self._lease_seconds,
        }
        async with self._database.begin() as transaction:
            await NodeRepository(transaction).set_presence(session.node, columns)
        self._written[session.node] = Presence.ONLINE, session.free_slots

    async def _dismiss(self, session: WorkerSession, reason: str) -> None:
        if self._sessions.is_current(session):
            self._written.pop(session.node, None)
        self._sessions.forget(session)
        if session.connection is not None:
            await session.connection.close(reason)

    async def _own_job(self, session: WorkerSession, job: str, attempt: int) -> int:
        """Return the sequence of a job that is this node's; the chain is asked if the mirror lags."""
        known = session.own_jobs.get((job, attempt))
        if known is not None:
            return known
        async with self._database.read() as transaction:
            sequence = await NodeRepository(transaction).sequence_of(job, attempt, session.node)
        if sequence is None:
            sequence = await self._own_job_on_chain(session, job, attempt)
        if len(session.own_jobs) >= MAX_OWN_JOBS:
            session.own_jobs.clear()
        session.own_jobs[job, attempt] = sequence
        return sequence

    async def _own_job_on_chain(self, session: WorkerSession, job: str, attempt: int) -> int:
        account = await self._chain.job(Address(job))
        held = account is not None and account.status in (JobStatus.ASSIGNED, JobStatus.SUBMITTED)
        if account is None or not held or account.node != session.node or account.attempt != attempt:
            raise NotYourJob(f"{job} at attempt {attempt} is not assigned to {session.node}")
        return account.sequence

    def _view(self, record: NodeRecord) -> NodeView:
        return node_view(record.row, record.presence, record.stake, self._sessions.get(record.row.node))
