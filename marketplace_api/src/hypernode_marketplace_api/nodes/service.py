"""Owns what happens with a node: greeting it, hearing it, noticing its silence, and showing it."""

from hypernode.chain.ports import ChainPort
from hypernode.domain.cid import digest_of_cid
from hypernode.domain.clock import Clock
from hypernode.domain.receipt import receipt_signing_bytes
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.wire.nodes import Heartbeat, Hello, Log, NodePage, NodeView, ReceiptNotice, hello_signing_bytes
from hypernode_marketplace_api.auth.signatures import VerifySignature, signature_bytes
from hypernode_marketplace_api.errors import (
    NodeNotFound,
    NodeRetired,
    NotYourJob,
    NotYourNode,
    SignatureInvalid,
)
from hypernode_marketplace_api.models import NodePresence, ReceiptRow
from hypernode_marketplace_api.nodes.live_logs import LiveLogs
from hypernode_marketplace_api.nodes.repository import NodeRecord, NodeRepository
from hypernode_marketplace_api.nodes.sessions import Connection, Presence, WorkerSession, WorkerSessions
from hypernode_marketplace_api.nodes.views import node_view
from hypernode_marketplace_api.resources.database import Database

MAX_PAGE = 100
# What a session remembers of its jobs; more than any node runs at once, and cheap to learn again.
MAX_OWN_JOBS = 1024


class NodeService:
    def __init__(
        self,
        database: Database,
        chain: ChainPort,
        clock: Clock,
        verify: VerifySignature,
        sessions: WorkerSessions,
        logs: LiveLogs,
    ) -> None:
        self._database = database
        self._chain = chain
        self._clock = clock
        self._verify = verify
        self._sessions = sessions
        self._logs = logs
        # What the database says of each session, so that only changes are written.
        self._written: dict[Address, Presence] = {}

    # --- the connection

    async def greet(self, hello: Hello, nonce: bytes, connection: Connection) -> WorkerSession:
        """Open a session for an worker that the node names on chain and that signed the challenge."""
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
        replaced = self._sessions.open(session)
        if replaced is not None and replaced.connection is not None:
            await replaced.connection.close("replaced by a newer connection")
        await self._announce(session)
        return session

    def hear(self, session: WorkerSession, beat: Heartbeat) -> None:
        self._sessions.hear(session, beat)

    def leave(self, session: WorkerSession) -> None:
        """Keep the session until the node counts as offline: it may come back any moment."""
        session.connection = None

    async def sweep(self) -> None:
        """Write down which nodes fell silent or came back since the last look."""
        changes = [
            (session, presence)
            for session in self._sessions
            if (presence := self._sessions.presence(session)) is not self._written.get(session.node)
        ]
        if changes:
            async with self._database.begin() as transaction:
                for session, presence in changes:
                    await NodeRepository(transaction).set_state(session.node, presence, self._clock.now())
        for session, presence in changes:
            self._written[session.node] = presence
            if presence is Presence.OFFLINE:
                await self._dismiss(session)

    async def forget_earlier_life(self) -> None:
        """Call every node offline that has no session here: at start, that is all of them."""
        async with self._database.begin() as transaction:
            here = [session.node for session in self._sessions]
            await NodeRepository(transaction).all_offline_but(here, self._clock.now())

    # --- what nodes tell

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

    # --- what others see

    async def page(self, after: str | None, limit: int, state: str | None, min_vram: int) -> NodePage:
        async with self._database.read() as transaction:
            records = await NodeRepository(transaction).page(after, limit + 1, state, min_vram)
        shown = records[:limit]
        cursor = shown[-1].row.node if len(records) > limit else None
        return NodePage(nodes=[self._view(record) for record in shown], next_cursor=cursor)

    async def detail(self, node: str) -> NodeView:
        async with self._database.read() as transaction:
            record = await NodeRepository(transaction).find(node)
        if record is None:
            raise NodeNotFound(f"no node is registered at {node}")
        return self._view(record)

    async def connected(self) -> list[tuple[NodeRecord, WorkerSession]]:
        """Return the nodes that can be asked right now, with what the chain says of each."""
        online = {
            session.node: session
            for session in self._sessions
            if self._sessions.presence(session) is Presence.ONLINE
        }
        if not online:
            return []
        async with self._database.read() as transaction:
            records = await NodeRepository(transaction).among(list(online))
        return [(record, online[Address(record.row.node)]) for record in records]

    # --- steps

    async def _announce(self, session: WorkerSession) -> None:
        presence = NodePresence(
            node=session.node,
            state=Presence.ONLINE,
            state_since=self._clock.now(),
            worker_version=session.worker_version,
            hardware=session.hardware.model_dump(mode="json"),
        )
        async with self._database.begin() as transaction:
            await NodeRepository(transaction).set_presence(presence)
        self._written[session.node] = Presence.ONLINE

    async def _dismiss(self, session: WorkerSession) -> None:
        self._sessions.forget(session)
        self._written.pop(session.node, None)
        if session.connection is not None:
            await session.connection.close("no heartbeat")

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
        held = account is not None and account.status is not JobStatus.POSTED
        if account is None or not held or account.node != session.node or account.attempt != attempt:
            raise NotYourJob(f"{job} at attempt {attempt} is not assigned to {session.node}")
        return account.sequence

    def _view(self, record: NodeRecord) -> NodeView:
        return node_view(record.row, record.presence, record.stake, self._sessions.get(record.row.node))
