"""Reads of stored events: of one subject or of one kind, a page at a time."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from hypernode.chain.layout import Event
from hypernode.wire.events import EventEntry
from hypernode_marketplace_api.models import ChainEventRow
from hypernode_marketplace_api.models.events import event_of
from hypernode_marketplace_api.views import view


class EventHistory:
    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    async def about(
        self,
        subject: str,
        names: Sequence[str] = (),
        *,
        since: int = 0,
        before: int | None = None,
        limit: int | None = None,
    ) -> list[ChainEventRow]:
        """Return the events about one thing, newest first; `before` is the position that a page ended at."""
        wanted = [ChainEventRow.subject == subject, ChainEventRow.block_time >= since]
        if names:
            wanted.append(ChainEventRow.name.in_(names))
        return await self._page(wanted, before, limit)

    async def named(
        self, program: str, name: str, *, before: int | None = None, limit: int | None = None
    ) -> list[ChainEventRow]:
        """Return the events of one kind, newest first."""
        wanted = [ChainEventRow.program == program, ChainEventRow.name == name]
        return await self._page(wanted, before, limit)

    async def last_before(self, program: str, name: str, time: int) -> ChainEventRow | None:
        """Return the last event of one kind that is older than `time`."""
        query = (
            select(ChainEventRow)
            .where(ChainEventRow.program == program, ChainEventRow.name == name)
            .where(ChainEventRow.block_time < time)
            .order_by(ChainEventRow.block_time.desc(), ChainEventRow.position.desc())
            .limit(1)
        )
        return (await self._db.scalars(query)).one_or_none()

    async def _page(
        self, wanted: list[ColumnElement[bool]], before: int | None, limit: int | None
    ) -> list[ChainEventRow]:
        if before is not None:
            wanted = [*wanted, ChainEventRow.position < before]
        ordered = select(ChainEventRow).where(*wanted).order_by(ChainEventRow.position.desc()).limit(limit)
        return list((await self._db.scalars(ordered)).all())


def typed(row: ChainEventRow) -> Event:
    return event_of(row.program, row.name, row.data)


def entry(row: ChainEventRow) -> EventEntry:
    return view(EventEntry, row)
