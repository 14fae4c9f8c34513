"""Query of the accumulator's row."""

from sqlalchemy.ext.asyncio import AsyncSession

from hypernode.chain.generated.rewards import PROGRAM_ID
from hypernode_marketplace_api.models import RewardsRow


class RewardsRepository:
    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    async def accumulator(self) -> RewardsRow | None:
        return await self._db.get(RewardsRow, PROGRAM_ID)
