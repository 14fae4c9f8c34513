"""Owns one look at the chain: load what is new, read what it touched, write all of it down at once.

The cursor moves in the same database transaction as the rows, so being killed anywhere loses and doubles
nothing: the next look starts where the last commit ended, whether that was a moment or a month ago. The
economy's rows are counted from the stored events, behind a cursor of their own (`projector`).
"""

from collections.abc import Callable, Sequence

import structlog
from prometheus_client import Counter

from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.ports import ChainEvent, ChainPort, ChainTransaction
from hypernode.domain.types import Address
from hypernode.errors import ConfigError
from hypernode_marketplace_api.indexer.projector import ECONOMY, count
from hypernode_marketplace_api.indexer.repository import MirrorRepository
from hypernode_marketplace_api.indexer.snapshot import Snapshot, of_events, of_everything
from hypernode_marketplace_api.resources.database import Database

# A job counts on its node's stake, so stakes come first; the others are read on their own.
PROGRAMS = (
    staking.PROGRAM_ID,
    markets.PROGRAM_ID,
    rewards.PROGRAM_ID,
    slashing.PROGRAM_ID,
    governance.PROGRAM_ID,
)

log = structlog.get_logger()


class Indexer:
    def __init__(
        self,
        database: Database,
        chain: ChainPort,
        batch: int,
        on_change: Callable[[], None],
        written: Counter,
    ) -> None:
        self._database = database
        self._chain = chain
        self._batch = batch
        self._on_change = on_change
        self._written = written
        self._reconciled = False
        # All that happened before this slot has been seen; what it still holds may come later.
        self.seen_slot: int | None = None

    async def step(self) -> None:
        """Catch up with every program, then count what it told."""
        head = await self._chain.clock()
        genesis = await self._chain.genesis_hash()
        for program in PROGRAMS:
            while await self._follow(program, genesis):
                pass
        while await self._count():
            pass
        if not self._reconciled:
            await self._reconcile()
            self._reconciled = True
        self.seen_slot = head.slot

    async def _follow(self, program: Address, genesis: bytes) -> bool:
        """Take the next batch of one program; True if there may be more."""
        since = await self._since(program, genesis)
        batch = await self._chain.transactions_since(since, self._batch, program)
        if not batch:
            return False
        events = tuple(event for transaction in batch for event in transaction.events)
        cut = [transaction for transaction in batch if not transaction.whole]
        snapshot = await self._snapshot(events, cut)
        async with self._database.begin() as db:
            mirror = MirrorRepository(db)
            cursor = await mirror.cursor(program, lock=True)
            if (cursor.signature if cursor else None) != since:
                return True  # another process was faster; look again from where it got to
            fresh = await mirror.add_events(events)
            for event in fresh:
                await mirror.apply_to_job(event)
            await mirror.put_snapshot(snapshot)
            if cut:
                await mirror.end_missing(snapshot.jobs, batch[-1].block_time)
            await mirror.set_cursor(program, genesis, batch[-1].signature, batch[-1].slot)
        for event in fresh:
            self._written.labels(event.event.name).inc()
        if fresh or cut:
            self._on_change()
        return len(batch) == self._batch

    async def _count(self) -> bool:
        """Count the next stored events into the economy's rows; True if there may be more."""
        async with self._database.read() as db:
            mirror = MirrorRepository(db)
            if not await mirror.events_after(await mirror.place(ECONOMY), 1):
                return False
        async with self._database.begin() as db:
            mirror = MirrorRepository(db)
            batch = await mirror.events_after(await mirror.place(ECONOMY, lock=True), self._batch)
            for event in batch:
                await count(mirror, event)
            if batch:
                await mirror.set_place(ECONOMY, batch[-1].position)
        return len(batch) == self._batch

    async def _snapshot(self, events: Sequence[ChainEvent], cut: Sequence[ChainTransaction]) -> Snapshot:
        """Read the touched accounts; all of them where the runtime cut the logs, and events with them."""
        if not cut:
            return await of_events(self._chain, [event.event for event in events])
        log.warning("transaction_logs_cut", signatures=[transaction.signature for transaction in cut])
        return await of_everything(self._chain)

    async def _since(self, program: Address, genesis: bytes) -> str | None:
        async with self._database.read() as db:
            cursor = await MirrorRepository(db).cursor(program)
        if cursor is not None and cursor.genesis != genesis:
            raise ConfigError(
                "the database mirrors another cluster than the one at the RPC URL",
                fix="point HYPERNODE_API_DATABASE_URL at a new database, or the RPC URL at the old cluster",
            )
        return cursor.signature if cursor else None

    async def _reconcile(self) -> None:
        """Take over what is live: at start, for whatever the node has forgotten the transactions of."""
        snapshot = await of_everything(self._chain)
        async with self._database.begin() as db:
            await MirrorRepository(db).put_snapshot(snapshot)
        self._on_change()
