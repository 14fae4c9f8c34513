"""Projector of the economy's events into rows: in order, once, with a cursor of its own.

The events of one program are stored in the chain's order, and no row is made from two programs' events, so
the order in which the programs were read does not matter. A row and the cursor change in one transaction; a
database that held events before it had these tables catches up from them, without reading the chain.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from hypernode.chain.ports import MARKETS
from hypernode_marketplace_api.kernel import Projection
from hypernode_marketplace_api.models import ChainEventRow
from hypernode_marketplace_api.models.base import Columns
from hypernode_marketplace_api.models.events import event_of

# Name of the cursor.
ECONOMY = "economy"


class Rows(Protocol):
    """The reads and writes that counting needs."""

    async def newest(self, model: type[Any], key: Columns) -> Columns | None: ...

    async def upsert(self, model: type[Any], key: Columns, columns: Columns) -> None: ...


async def count(rows: Rows, row: ChainEventRow, projections: Sequence[Projection]) -> None:
    """Let one event change the rows that it concerns."""
    if row.program == MARKETS:
        return  # jobs are written with their events, at once for matching
    event = event_of(row.program, row.name, row.data)
    for projection in projections:
        key = projection.key_of(event)
        if key is None:
            continue
        before = await rows.newest(projection.model, key)
        after = projection.fold(before, event, row.block_time)
        if after is not None and after != before:
            primary = [column.name for column in projection.model.__table__.primary_key]
            whole = {**after, **key}
            await rows.upsert(projection.model, {name: whole.pop(name) for name in primary}, whole)
