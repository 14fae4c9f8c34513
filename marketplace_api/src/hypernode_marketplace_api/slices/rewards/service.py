"""Reads of rewards: the flows, their yield, and the claims of a wallet."""

from typing import Self

from hypernode.chain.generated.rewards import PROGRAM_ID, Distributed, RewardsClaimed
from hypernode.domain.clock import Clock
from hypernode.domain.rewards import yield_bps
from hypernode.wire.stakes import ClaimPage, RewardsView
from hypernode_marketplace_api.errors import RewardsNotFound, StakeNotFound
from hypernode_marketplace_api.history import EventHistory, typed
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.paging import cut, position_of
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.slices.rewards.repository import RewardsRepository
from hypernode_marketplace_api.slices.rewards.views import claim_view, community_view, fees_view
from hypernode_marketplace_api.slices.staking.service import StakeService
from hypernode_marketplace_api.views import view


class RewardsService:
    def __init__(self, database: Database, stakes: StakeService, clock: Clock) -> None:
        self._database = database
        self._stakes = stakes
        self._clock = clock

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        outside = kernel.outside
        return cls(outside.database, kernel.one(StakeService), outside.clock)

    async def overview(self, window: int) -> RewardsView:
        """Show the accumulator. Each `Distributed` carries the sum so far, so two of them give a window."""
        async with self._database.read() as db:
            row = await RewardsRepository(db).accumulator()
            since = self._clock.now() - window
            older = await EventHistory(db).last_before(PROGRAM_ID, Distributed.__name__, since)
        if row is None:
            raise RewardsNotFound("rewards have not begun on this cluster")
        earlier = typed(older) if older else None
        distributed = row.distributed - (earlier.distributed if isinstance(earlier, Distributed) else 0)
        staked, weight = await self._stakes.totals()
        return view(
            RewardsView,
            row,
            index=int(row.reward_index),
            fees=fees_view(row),
            community=community_view(row),
            total_staked=staked,
            total_weight=weight,
            window=window,
            distributed_in_window=distributed,
            yield_bps=yield_bps(distributed, window, staked),
        )

    async def claims(self, owner: str, cursor: str | None, limit: int) -> ClaimPage:
        before = position_of(cursor)
        claimed = await self._stakes.claimed(owner)
        if claimed is None:
            raise StakeNotFound(f"{owner} has never staked")
        async with self._database.read() as db:
            names = (RewardsClaimed.__name__,)
            events = await EventHistory(db).about(owner, names, before=before, limit=limit + 1)
        page, following = cut(events, limit, lambda event: (event.position,))
        return ClaimPage(
            owner=owner, claimed=claimed, claims=[claim_view(row) for row in page], next_cursor=following
        )
