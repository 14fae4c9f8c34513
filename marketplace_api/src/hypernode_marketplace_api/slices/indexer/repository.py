"""Writes of the mirror: cursors, events, and the rows that they add up to."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hypernode.chain.events import UnknownEvent
from hypernode.chain.generated.markets import JobCreated
from hypernode.chain.ports import MARKETS, ChainEvent
from hypernode.domain.types import Address
from hypernode_marketplace_api.models import (
    Buyer,
    ChainCursor,
    ChainEventRow,
    JobRow,
    MarketRow,
    NodeRow,
    ProjectionPlace,
    SkippedEvent,
    StakeAccountRow,
)
from hypernode_marketplace_api.models.accounts import (
    buyer_columns,
    job_columns,
    market_columns,
    node_columns,
    stake_columns,
)
from hypernode_marketplace_api.models.base import Columns
from hypernode_marketplace_api.models.events import event_data, subject_of
from hypernode_marketplace_api.resources.database import insert_into
from hypernode_marketplace_api.slices.indexer.projection import job_of_event
from hypernode_marketplace_api.slices.indexer.snapshot import Snapshot


class MirrorRepository:
    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    async def cursor(self, program: str, *, lock: bool = False) -> ChainCursor | None:
        query = select(ChainCursor).where(ChainCursor.program == program)
        return (await self._db.scalars(query.with_for_update() if lock else query)).one_or_none()

    async def set_cursor(self, program: str, genesis: bytes, signature: str | None, slot: int) -> None:
        values = {"genesis": genesis, "signature": signature, "slot": slot}
        await self.upsert(ChainCursor, {"program": program}, values)

    async def place(self, name: str, *, lock: bool = False) -> int:
        """Return the position of the last event that a projection has counted."""
        query = select(ProjectionPlace.position).where(ProjectionPlace.name == name)
        return (await self._db.scalars(query.with_for_update() if lock else query)).one_or_none() or 0

    async def set_place(self, name: str, position: int) -> None:
        await self.upsert(ProjectionPlace, {"name": name}, {"position": position})

    async def events_after(self, position: int, limit: int) -> list[ChainEventRow]:
        query = select(ChainEventRow).where(ChainEventRow.position > position)
        return list(await self._db.scalars(query.order_by(ChainEventRow.position).limit(limit)))

    async def newest(self, model: type[Any], key: Columns) -> Columns | None:
        """Return the columns of a row; of the newest opening where an address had several."""
        table = model.__table__
        query = select(*table.columns).where(*(table.c[name] == value for name, value in key.items()))
        newest = query.order_by(*(column.desc() for column in table.primary_key)).limit(1)
        found = (await self._db.execute(newest)).mappings().one_or_none()
        return None if found is None else dict(found)

    async def add_events(self, events: Sequence[ChainEvent]) -> list[ChainEvent]:
        """Write events down in order and return those that were not there yet."""
        last = (await self._db.execute(select(func.max(ChainEventRow.position)))).scalar() or 0
        fresh = []
        for event in events:
            row = insert_into(self._db, ChainEventRow).values(_event_row(event, last + 1))
            added = row.on_conflict_do_nothing(index_elements=["signature", "index"])
            if (await self._db.execute(added.returning(ChainEventRow.position))).first() is not None:
                fresh.append(event)
                last += 1
        return fresh

    async def add_skipped(self, events: Sequence[ChainEvent]) -> None:
        """Keep the raw bytes of events that this release cannot decode."""
        for entry in events:
            assert isinstance(entry.event, UnknownEvent)
            row = insert_into(self._db, SkippedEvent).values(
                signature=entry.signature,
                index=entry.index,
                slot=entry.slot,
                block_time=entry.block_time,
                program=entry.program,
                fault=entry.event.fault[:200],
                data=entry.event.data,
            )
            await self._db.execute(row.on_conflict_do_nothing())

    async def apply_to_job(self, event: ChainEvent) -> None:
        """Let one event change the row of its job."""
        job, sequence = getattr(event.event, "job", None), getattr(event.event, "sequence", None)
        if event.program != MARKETS or job is None or sequence is None:
            return
        row = await self._db.get(JobRow, (job, sequence), populate_existing=True)
        columns = job_of_event(event.event, event.block_time)
        if row is not None:
            await self._update_job(job, sequence, columns)
        elif isinstance(event.event, JobCreated):
            await self.upsert(JobRow, {"job": job, "sequence": sequence}, columns)

    async def put_snapshot(self, snapshot: Snapshot) -> None:
        """Write accounts down as they are; jobs that ended keep what their events said."""
        for job, account in snapshot.jobs.items():
            if account is not None:
                key = {"job": job, "sequence": account.sequence}
                row = await self._db.get(JobRow, (job, account.sequence), populate_existing=True)
                if row is None or row.ended_at is None:
                    await self.upsert(JobRow, key, job_columns(account))
        for node, node_account in snapshot.nodes.items():
            await self._put_or_close(
                NodeRow, {"node": node}, node_columns(node_account) if node_account else None
            )
        for market, terms in snapshot.markets.items():
            if terms is None:
                closed = update(MarketRow).where(MarketRow.market == market).values(open=False)
                await self._db.execute(closed)
            else:
                await self.upsert(MarketRow, {"market": market}, market_columns(terms))
        for owner, buyer in snapshot.buyers.items():
            await self._put_or_close(Buyer, {"owner": owner}, buyer_columns(buyer) if buyer else None)
        for owner, stake in snapshot.stakes.items():
            await self.upsert(StakeAccountRow, {"owner": owner}, stake_columns(stake))

    async def end_missing(self, live: Mapping[Address, Any], now: int) -> None:
        """End jobs that are gone from the chain, when the event that ended them was cut."""
        query = select(JobRow).where(JobRow.ended_at.is_(None))
        for row in (await self._db.scalars(query)).all():
            account = live.get(Address(row.job))
            if account is None or account.sequence != row.sequence:
                await self._update_job(row.job, row.sequence, {"status": "Ended", "ended_at": now})

    async def _update_job(self, job: str, sequence: int, columns: Columns) -> None:
        if columns:
            changed = update(JobRow).where(JobRow.job == job, JobRow.sequence == sequence)
            await self._db.execute(changed.values(**columns))

    async def _put_or_close(self, model: type[Any], key: Columns, columns: Columns | None) -> None:
        if columns is not None:
            await self.upsert(model, key, {**columns, "closed": False})
        else:
            name, value = next(iter(key.items()))
            closed = update(model).where(getattr(model, name) == value).values(closed=True)
            await self._db.execute(closed)

    async def upsert(self, model: type[Any], key: Columns, columns: Columns) -> None:
        row = insert_into(self._db, model).values(**key, **columns)
        await self._db.execute(row.on_conflict_do_update(index_elements=list(key), set_=columns))


def _event_row(event: ChainEvent, position: int) -> Columns:
    # A report names a job and a sequence too, but as its reporter claims them: any u64, of any job.
    own = event.event if event.program == MARKETS else None
    return {
        "signature": event.signature,
        "index": event.index,
        "position": position,
        "slot": event.slot,
        "block_time": event.block_time,
        "program": event.program,
        "name": event.event.name,
        "job": getattr(own, "job", None),
        "sequence": getattr(own, "sequence", None),
        "attempt": getattr(own, "attempt", None),
        "subject": subject_of(event.event),
        "data": event_data(event.event),
    }
