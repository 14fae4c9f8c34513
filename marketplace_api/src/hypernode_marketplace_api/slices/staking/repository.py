"""Queries of stakers."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hypernode_marketplace_api.models import StakerRow
from hypernode_marketplace_api.paging import Place


class StakerRepository:
    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    async def page(self, owner: str | None, after: Place | None, limit: int) -> list[StakerRow]:
        """Return open stakes from the heaviest on; `after` is where the page before ended."""
        query = select(StakerRow).where(StakerRow.open)
        if owner is not None:
            query = query.where(StakerRow.owner == owner)
        if after is not None:
            weight, last = after
            tied = and_(StakerRow.weight == weight, StakerRow.owner > last)
            query = query.where(or_(StakerRow.weight < weight, tied))
        query = query.order_by(StakerRow.weight.desc(), StakerRow.owner).limit(limit)
        return list((await self._db.scalars(query)).all())

    async def one(self, owner: str) -> StakerRow | None:
        return await self._db.get(StakerRow, owner)

    async def totals(self) -> tuple[int, int]:
        """Return what is staked in all, and its weight: the pool's totals are these sums."""
        query = select(func.sum(StakerRow.amount), func.sum(StakerRow.weight)).where(StakerRow.open)
        staked, weight = (await self._db.execute(query)).one()
        return int(staked or 0), int(weight or 0)
