"""Rows of used nonces."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from hypernode_marketplace_api.models import HttpNonce
from hypernode_marketplace_api.resources.database import insert_into


class NonceRepository:
    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    async def use(self, key: str, nonce: str, expires_at: int) -> bool:
        """Write a nonce down; False if it was there. Of many at once, one gets True."""
        row = insert_into(self._db, HttpNonce).values(key=key, nonce=nonce, expires_at=expires_at)
        inserted = await self._db.execute(row.on_conflict_do_nothing().returning(HttpNonce.nonce))
        return inserted.first() is not None

    async def forget_before(self, now: int) -> None:
        await self._db.execute(delete(HttpNonce).where(HttpNonce.expires_at < now))
