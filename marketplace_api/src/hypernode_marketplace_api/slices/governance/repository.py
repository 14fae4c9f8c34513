"""Queries of proposals and of the DAO's row."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hypernode.chain.generated.governance import PROGRAM_ID
from hypernode_marketplace_api.models import DaoRow, ProposalRow


class ProposalRepository:
    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    async def page(self, status: str | None, before: int | None, limit: int) -> list[ProposalRow]:
        """Return proposals from the newest on; `before` is the number that the page before ended at."""
        query = select(ProposalRow).order_by(ProposalRow.number.desc()).limit(limit)
        if status is not None:
            query = query.where(ProposalRow.status == status)
        if before is not None:
            query = query.where(ProposalRow.number < before)
        return list((await self._db.scalars(query)).all())

    async def one(self, number: int) -> ProposalRow | None:
        return await self._db.get(ProposalRow, number)

    async def dao(self) -> DaoRow | None:
        return await self._db.get(DaoRow, PROGRAM_ID)
