"""Owns counting the economy's events into rows: in order, once, behind a cursor of its own.

The events of one program are stored in the chain's order, and no row is made of two programs' events, so the
order in which the programs were read does not matter. A row and the cursor change in one transaction; a
database that held events before it had these tables catches up from them, without asking the chain.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from hypernode.chain.layout import Event
from hypernode.chain.ports import MARKETS
from hypernode_marketplace_api.governance import projection as governance
from hypernode_marketplace_api.models import (
    ChainEventRow,
    DaoRow,
    ProposalRow,
    ReportRow,
    RewardsRow,
    StakerRow,
)
from hypernode_marketplace_api.models.base import Columns
from hypernode_marketplace_api.models.events import event_of
from hypernode_marketplace_api.rewards import projection as rewards
from hypernode_marketplace_api.slashing import projection as slashing
from hypernode_marketplace_api.staking import projection as staking

# What their place is kept under.
ECONOMY = "economy"


@dataclass(frozen=True)
class Projection:
    """One table: which row an event concerns, and what the row is after it."""

    model: type[Any]
    key_of: Callable[[Event], Columns | None]
    fold: Callable[[Columns | None, Event, int], Columns | None]


PROJECTIONS = (
    Projection(StakerRow, staking.key_of, staking.fold),
    Projection(RewardsRow, rewards.key_of, rewards.fold),
    Projection(ReportRow, slashing.key_of, slashing.fold),
    Projection(ProposalRow, governance.proposal_key_of, governance.fold_proposal),
    Projection(DaoRow, governance.dao_key_of, governance.fold_dao),
)


class Rows(Protocol):
    """What counting needs of the mirror."""

    async def newest(self, model: type[Any], key: Columns) -> Columns | None: ...

    async def upsert(self, model: type[Any], key: Columns, columns: Columns) -> None: ...


async def count(rows: Rows, row: ChainEventRow) -> None:
    """Let one event change the rows that it concerns."""
    if row.program == MARKETS:
        return  # jobs are written with their events, since matching cannot wait
    event = event_of(row.program, row.name, row.data)
    for projection in PROJECTIONS:
        key = projection.key_of(event)
        if key is None:
            continue
        before = await rows.newest(projection.model, key)
        after = projection.fold(before, event, row.block_time)
        if after is not None and after != before:
            primary = [column.name for column in projection.model.__table__.primary_key]
            whole = {**after, **key}
            await rows.upsert(projection.model, {name: whole.pop(name) for name in primary}, whole)
