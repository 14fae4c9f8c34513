"""Queries of nodes: the mirror joined with presence and stake."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hypernode.domain.status import JobStatus
from hypernode_marketplace_api.models import (
    JobRow,
    NodePresence,
    NodeRow,
    ReceiptRow,
    StakeAccountRow,
    StopRow,
)
from hypernode_marketplace_api.models.base import Columns
from hypernode_marketplace_api.resources.database import insert_into


@dataclass(frozen=True)
class NodeRecord:
    row: NodeRow
    presence: NodePresence | None
    stake: int
    # Seconds of the stake's cooldown.
    cooldown: int


class NodeRepository:
    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    async def page(self, after: str | None, limit: int, state: str | None, min_vram: int) -> list[NodeRecord]:
        query = _records().where(NodeRow.closed.is_(False), NodeRow.vram_mib >= min_vram)
        if state is not None:
            missing = NodePresence.state.is_(None) if state == "offline" else None
            matches = NodePresence.state == state
            query = query.where(matches if missing is None else or_(matches, missing))
        if after is not None:
            query = query.where(NodeRow.node > after)
        return await self._fetch(query.order_by(NodeRow.node).limit(limit))

    async def among(self, nodes: Sequence[str], replica: str) -> list[NodeRecord]:
        """Return those of some nodes that a replica holds the connection of."""
        query = _records().where(NodeRow.node.in_(nodes), NodeRow.closed.is_(False))
        return await self._fetch(query.where(NodePresence.replica == replica))

    async def open_stops(self) -> Sequence[StopRow]:
        """Return the stops of attempts that still run, as far as the mirror knows."""
        same = and_(
            JobRow.job == StopRow.job,
            JobRow.sequence == StopRow.sequence,
            JobRow.attempt == StopRow.attempt,
        )
        running = JobRow.status == JobStatus.ASSIGNED.label
        return (await self._db.scalars(select(StopRow).join(JobRow, same).where(running))).all()

    async def find(self, node: str) -> NodeRecord | None:
        found = await self._fetch(_records().where(NodeRow.node == node))
        return found[0] if found else None

    async def online(self, now: int) -> list[NodeRecord]:
        """Return the nodes that are connected to some replica."""
        query = _records().where(NodePresence.state == "online", NodePresence.lease_until > now)
        return await self._fetch(query.where(NodeRow.closed.is_(False)))

    async def set_presence(self, node: str, columns: Columns) -> None:
        row = insert_into(self._db, NodePresence).values(node=node, **columns)
        await self._db.execute(row.on_conflict_do_update(index_elements=["node"], set_=columns))

    async def renew(self, replica: str, nodes: Sequence[str], until: int) -> dict[str, NodePresence]:
        """Lengthen the leases of a replica and return its rows; one missing went to another replica."""
        if not nodes:
            return {}
        own = update(NodePresence).where(NodePresence.node.in_(nodes), NodePresence.replica == replica)
        renewed = await self._db.scalars(own.values(lease_until=until).returning(NodePresence))
        return {row.node: row for row in renewed}

    async def change(self, node: str, columns: Columns) -> None:
        await self._db.execute(update(NodePresence).where(NodePresence.node == node).values(**columns))

    async def any_overdue(self, now: int) -> bool:
        return (await self._db.execute(select(exists().where(*_overdue(now))))).scalar_one()

    async def end_overdue(self, now: int) -> None:
        """Call the nodes offline whose lease no replica renewed."""
        ended = update(NodePresence).where(*_overdue(now))
        await self._db.execute(ended.values(state="offline", state_since=now))

    async def sequence_of(self, job: str, attempt: int, node: str) -> int | None:
        """Return the sequence of the job that this node holds at this attempt."""
        held = select(JobRow.sequence).where(
            JobRow.job == job, JobRow.attempt == attempt, JobRow.node == node, JobRow.ended_at.is_(None)
        )
        return (await self._db.execute(held.order_by(JobRow.sequence.desc()).limit(1))).scalar()

    async def put_receipt(self, receipt: ReceiptRow) -> None:
        values = {
            "worker_key": receipt.worker_key,
            "receipt_hash": receipt.receipt_hash,
            "signature": receipt.signature,
        }
        key = {"job": receipt.job, "sequence": receipt.sequence, "attempt": receipt.attempt}
        row = insert_into(self._db, ReceiptRow).values(**key, **values)
        await self._db.execute(row.on_conflict_do_update(index_elements=list(key), set_=values))

    async def _fetch(self, query: "Select[NodeRow, NodePresence, StakeAccountRow]") -> list[NodeRecord]:
        rows = (await self._db.execute(query)).all()
        # A stake in cooldown backs nothing, nor does what is held: the program counts them as none.
        return [
            NodeRecord(node, presence, stake.amount - stake.held_amount, stake.duration)
            if stake and stake.unstake_at == 0
            else NodeRecord(node, presence, 0, 0)
            for node, presence, stake in rows
        ]


def _overdue(now: int) -> tuple[ColumnElement[bool], ...]:
    return NodePresence.state != "offline", NodePresence.lease_until <= now


def _records() -> "Select[NodeRow, NodePresence, StakeAccountRow]":
    return (
        select(NodeRow, NodePresence, StakeAccountRow)
        .outerjoin(NodePresence, NodePresence.node == NodeRow.node)
        .outerjoin(StakeAccountRow, StakeAccountRow.owner == NodeRow.operator)
    )
