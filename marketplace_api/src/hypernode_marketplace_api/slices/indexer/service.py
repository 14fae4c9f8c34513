"""Indexer: it loads what is new on chain, reads the accounts it touched, and writes both in one transaction.

The cursor moves in the same database transaction as the rows, so a kill at any point loses and doubles
nothing: the next look starts where the last commit ended. The economy's rows are counted from the stored
events, with a cursor of their own (`projector`). Every replica indexes; of two that read the same batch, one
writes it.
"""

import time
from collections.abc import Callable, Sequence
from typing import Self

import structlog

from hypernode.chain.events import UnknownEvent
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.notices import Notices, WakeKind
from hypernode.chain.ports import ChainPort
from hypernode.domain.backoff import sweep_seconds
from hypernode.domain.types import Address
from hypernode.errors import ConfigError
from hypernode_marketplace_api.kernel import Kernel, Projection
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.resources.metrics import Metrics
from hypernode_marketplace_api.slices.indexer.projector import ECONOMY, count
from hypernode_marketplace_api.slices.indexer.repository import MirrorRepository
from hypernode_marketplace_api.slices.indexer.snapshot import of_events, of_everything

# A job depends on its node's stake, so stakes come first.
PROGRAMS = (
    staking.PROGRAM_ID,
    markets.PROGRAM_ID,
    rewards.PROGRAM_ID,
    slashing.PROGRAM_ID,
    governance.PROGRAM_ID,
)

log = structlog.get_logger()


# A program whose notice came but whose transaction is not listed yet is read again after a slot, this often.
LATE_SECONDS = 0.4
LATE_READS = 10
# Anyone can have the runtime cut a transaction's log: at most this often everything live is read for it.
GAP_SECONDS = 15.0


class Indexer:
    def __init__(
        self,
        database: Database,
        chain: ChainPort,
        notices: Notices,
        batch: int,
        on_change: Callable[[], None],
        projections: Sequence[Projection],
        metrics: Metrics,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._chain = chain
        self._notices = notices
        self._batch = batch
        self._on_change = on_change
        self._projections = projections
        self._metrics = metrics
        self._monotonic = monotonic
        self._reconciled = False
        # Time of a transaction whose log was cut, until everything is read for it: at `_whole_at` or later.
        self._cut_at: int | None = None
        self._whole_at = 0.0
        # The programs to read next, and the newest slot that a notice of them came from.
        self._due: set[Address] = set(PROGRAMS)
        self._noticed: int | None = None
        self._late = 0
        # The slot of the last transaction read, by program.
        self._read: dict[Address, int] = {}
        # Everything before this slot has been read.
        self.seen_slot: int | None = None

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        outside = kernel.outside
        return cls(
            outside.database,
            outside.chain,
            outside.notices,
            kernel.settings.index_batch,
            kernel.nudge,
            kernel.projections,
            kernel.metrics,
        )

    async def wait(self) -> None:
        """Wait for a notice, or for the time of a full look."""
        longest = LATE_SECONDS if self._due else sweep_seconds()
        if self._cut_at is not None:
            longest = min(longest, max(0.0, self._whole_at - self._monotonic()))
        wake = await self._notices.wait(longest)
        if wake.kind is WakeKind.EVENTS:
            self._due |= wake.programs
            self._noticed, self._late = wake.slot, 0
        elif wake.kind is WakeKind.GAP or not self._due:
            self._due, self._noticed = set(PROGRAMS), None

    async def follow(self) -> None:
        """Catch up with the programs that are due."""
        await self.step([program for program in PROGRAMS if program in self._due], self._noticed)
        newest = max((self._read.get(program, 0) for program in self._due), default=0)
        if self._noticed is not None and newest < self._noticed and self._late < LATE_READS:
            self._late += 1  # the node sends a notice before it lists the transaction
        else:
            self._due, self._noticed, self._late = set(), None, 0

    async def step(self, programs: Sequence[Address] = PROGRAMS, slot: int | None = None) -> None:
        """Catch up with some programs and count their events; `slot` is the chain's, if known."""
        if slot is None:
            slot = (await self._chain.clock()).slot
        genesis = await self._chain.genesis_hash()
        for program in programs:
            while await self._follow(program, genesis):
                pass
        while await self._count():
            pass
        if not self._reconciled:
            await self._reconcile()
            self._reconciled = True
        if self._cut_at is not None and self._monotonic() >= self._whole_at:
            await self._repair(genesis, self._cut_at)
        self.seen_slot = max(slot, self.seen_slot or 0)

    async def _follow(self, program: Address, genesis: bytes) -> bool:
        """Take the next batch of one program; True if there may be more."""
        since = await self._since(program, genesis)
        batch = await self._chain.transactions_since(since, self._batch, program)
        if not batch:
            return False
        self._read[program] = batch[-1].slot
        told = [event for transaction in batch for event in transaction.events]
        events = [event for event in told if not isinstance(event.event, UnknownEvent)]
        skipped = [event for event in told if isinstance(event.event, UnknownEvent)]
        cut = [transaction for transaction in batch if not transaction.whole]
        snapshot = await of_events(self._chain, [event.event for event in events])
        async with self._database.begin() as db:
            mirror = MirrorRepository(db)
            cursor = await mirror.cursor(program, lock=True)
            if (cursor.signature if cursor else None) != since:
                self._on_change()
                return True  # another replica was faster; read on from where it got to
            fresh = await mirror.add_events(events)
            await mirror.add_skipped(skipped)
            for event in fresh:
                await mirror.apply_to_job(event)
            await mirror.put_snapshot(snapshot)
            await mirror.set_cursor(program, genesis, batch[-1].signature, batch[-1].slot)
        for event in fresh:
            self._metrics.events.labels(event.event.name).inc()
        if skipped:
            self._metrics.skipped.labels(program).inc(len(skipped))
            log.warning("events skipped", program=program, signatures=[event.signature for event in skipped])
        if cut:
            self._cut_at = cut[-1].block_time
            log.warning("transaction logs cut", signatures=[transaction.signature for transaction in cut])
        if fresh:
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
                await count(mirror, event, self._projections)
            if batch:
                await mirror.set_place(ECONOMY, batch[-1].position)
        return len(batch) == self._batch

    async def _repair(self, genesis: bytes, cut_at: int) -> None:
        """Read everything live, because a log was cut and events with it; end the jobs that are gone."""
        since = await self._since(markets.PROGRAM_ID, genesis)
        snapshot = await of_everything(self._chain)
        async with self._database.begin() as db:
            mirror = MirrorRepository(db)
            cursor = await mirror.cursor(markets.PROGRAM_ID, lock=True)
            if (cursor.signature if cursor else None) != since:
                return  # another replica read on meanwhile; the next step looks again
            await mirror.put_snapshot(snapshot)
            await mirror.end_missing(snapshot.jobs, cut_at)
        self._cut_at, self._whole_at = None, self._monotonic() + GAP_SECONDS
        self._on_change()

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
        """Take over what is live, at start: the RPC node may have forgotten old transactions."""
        snapshot = await of_everything(self._chain)
        async with self._database.begin() as db:
            await MirrorRepository(db).put_snapshot(snapshot)
        self._on_change()
