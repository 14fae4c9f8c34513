"""Reads of stakes: the list by weight, one wallet's stake with its history, and the totals."""

from typing import Self

from hypernode.wire.stakes import StakeDetail, StakePage, StakeView
from hypernode_marketplace_api.errors import StakeNotFound
from hypernode_marketplace_api.history import EventHistory, entry
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.paging import cut, place_of, position_of
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.slices.slashing.service import ReportService
from hypernode_marketplace_api.slices.staking.repository import StakerRepository
from hypernode_marketplace_api.slices.staking.views import stake_view


class StakeService:
    def __init__(self, database: Database, reports: ReportService) -> None:
        self._database = database
        self._reports = reports

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        return cls(kernel.outside.database, kernel.one(ReportService))

    async def page(self, owner: str | None, cursor: str | None, limit: int) -> StakePage:
        after = place_of(cursor, int, str)
        async with self._database.read() as db:
            rows = await StakerRepository(db).page(owner, after, limit + 1)
        page, following = cut(rows, limit, lambda row: (row.weight, row.owner))
        return StakePage(stakes=[stake_view(StakeView, row) for row in page], next_cursor=following)

    async def detail(self, owner: str, cursor: str | None, limit: int) -> StakeDetail:
        before = position_of(cursor)
        async with self._database.read() as db:
            row = await StakerRepository(db).one(owner)
            events = await EventHistory(db).about(owner, before=before, limit=limit + 1)
        if row is None:
            raise StakeNotFound(f"{owner} has never staked")
        page, following = cut(events, limit, lambda event: (event.position,))
        return stake_view(
            StakeDetail,
            row,
            reports=await self._reports.open_against(owner) if row.holds else [],
            events=[entry(event) for event in page],
            next_cursor=following,
        )

    async def totals(self) -> tuple[int, int]:
        """Return what is staked in all, and its weight."""
        async with self._database.read() as db:
            return await StakerRepository(db).totals()

    async def claimed(self, owner: str) -> int | None:
        """Return the rewards that a wallet has claimed; None if it has never staked."""
        async with self._database.read() as db:
            row = await StakerRepository(db).one(owner)
        return None if row is None else row.claimed
