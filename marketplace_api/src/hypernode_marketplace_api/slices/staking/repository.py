"""Queries of stakes."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hypernode_marketplace_api.models import StakeRow
from hypernode_marketplace_api.paging import Place


class StakerRepository:
    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    async def page(self, owner: str | None, after: Place | None, limit: int) -> list[StakeRow]:
        """Return open stakes from the heaviest on; `after` is where the page before ended."""
        query = select(StakeRow).where(StakeRow.open)
        if owner is not None:
            query = query.where(StakeRow.owner == owner)
        if after is not None:
            weight, last = after
            tied = and_(StakeRow.weight == weight, StakeRow.owner > last)
            query = query.where(or_(StakeRow.weight < weight, tied))
        query = query.order_by(StakeRow.weight.desc(), StakeRow.owner).limit(limit)
        return list((await self._db.scalars(query)).all())

    async def one(self, owner: str) -> StakeRow | None:
        return await self._db.get(StakeRow, owner)

    async def totals(self) -> tuple[int, int]:
        """Return what is staked in all, and its weight: the pool's totals are these sums."""
        query = select(func.sum(StakeRow.amount), func.sum(StakeRow.weight)).where(StakeRow.open)
        staked, weight = (await self._db.execute(query)).one()
        return int(staked or 0), int(weight or 0)
