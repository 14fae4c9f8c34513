"""Queries of matching: markets, jobs that wait, and the offers made of them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from hypernode_marketplace_api.models import ChainEventRow, JobRow, MarketRow, OfferRow
from hypernode_marketplace_api.resources.database import insert_into
from hypernode_marketplace_api.slices.matching.rounds import PastOffer

LIVE = ("offered", "accepted")


class OfferRepository:
    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    async def posted(
        self, matcher: str, after: tuple[int, str] | None, limit: int
    ) -> list[tuple[JobRow, MarketRow]]:
        """Return jobs that wait in the markets of this matcher, oldest first."""
        query = (
            select(JobRow, MarketRow)
            .join(MarketRow, MarketRow.market == JobRow.market)
            .where(JobRow.status == "Posted", MarketRow.matcher == matcher)
            .order_by(JobRow.created_at, JobRow.job)
            .limit(limit)
        )
        if after is not None:
            query = query.where(tuple_(JobRow.created_at, JobRow.job) > after)
        return [(job, market) for job, market in (await self._db.execute(query)).all()]

    async def markets(self) -> list[MarketRow]:
        return list((await self._db.scalars(select(MarketRow).order_by(MarketRow.market))).all())

    async def market(self, market: str) -> MarketRow | None:
        return await self._db.get(MarketRow, market)

    async def offers_of(self, jobs: Sequence[tuple[str, int, int]]) -> list[OfferRow]:
        key = tuple_(OfferRow.job, OfferRow.sequence, OfferRow.attempt)
        return list((await self._db.scalars(select(OfferRow).where(key.in_(list(jobs))))).all())

    async def declines_of(self, jobs: Sequence[tuple[str, int]]) -> dict[tuple[str, int], list[PastOffer]]:
        """Return, by job and sequence, the nodes that gave it back on chain, and when."""
        key = tuple_(ChainEventRow.job, ChainEventRow.sequence)
        query = select(ChainEventRow).where(ChainEventRow.name == "JobDeclined", key.in_(list(jobs)))
        found = defaultdict(list)
        for event in await self._db.scalars(query):
            if event.job is not None and event.sequence is not None:
                given_back = PastOffer(event.data["node"], event.block_time)
                found[event.job, event.sequence].append(given_back)
        return found

    async def live_load(self) -> dict[str, list[tuple[int, int]]]:
        """Return, for each node with live offers, the cap and the audit rate of each."""
        query = (
            select(OfferRow.node, JobRow.cap, MarketRow.audit_bps)
            .join(JobRow, and_(JobRow.job == OfferRow.job, JobRow.sequence == OfferRow.sequence))
            .join(MarketRow, MarketRow.market == JobRow.market)
            .where(OfferRow.status.in_(LIVE))
        )
        load = defaultdict(list)
        for node, cap, audit_bps in (await self._db.execute(query)).all():
            load[node].append((cap, audit_bps))
        return load

    async def add(self, offer: dict[str, Any]) -> bool:
        """Write an offer down; False if the job has a live one already."""
        row = insert_into(self._db, OfferRow).values(**offer)
        inserted = await self._db.execute(row.on_conflict_do_nothing().returning(OfferRow.offer_id))
        return inserted.first() is not None

    async def find(self, offer_id: str) -> OfferRow | None:
        return await self._db.get(OfferRow, offer_id)

    async def accept(self, offer_id: str, node: str, now: int, expires_at: int) -> OfferRow | None:
        """Take an own, open, timely offer; of two answers one gets the row."""
        taken = (
            update(OfferRow)
            .where(OfferRow.offer_id == offer_id, OfferRow.node == node)
            .where(OfferRow.status == "offered", OfferRow.expires_at > now)
            .values(status="accepted", expires_at=expires_at)
            .returning(OfferRow)
        )
        return (await self._db.scalars(taken)).one_or_none()

    async def end(self, offer_id: str, status: str, now: int, reason: str) -> OfferRow | None:
        """Close a live offer; None if it was closed before."""
        ended = (
            update(OfferRow)
            .where(OfferRow.offer_id == offer_id, OfferRow.status.in_(LIVE))
            .values(status=status, ended_at=now, reason=reason[:200])
            .returning(OfferRow)
        )
        return (await self._db.scalars(ended)).one_or_none()

    async def over(self, now: int) -> list[tuple[OfferRow, JobRow]]:
        """Return live offers whose time is up or whose job has moved on."""
        query = (
            select(OfferRow, JobRow)
            .join(JobRow, and_(JobRow.job == OfferRow.job, JobRow.sequence == OfferRow.sequence))
            .where(OfferRow.status.in_(LIVE))
            .where(
                or_(
                    OfferRow.expires_at <= now,
                    JobRow.status != "Posted",
                    JobRow.attempt >= OfferRow.attempt,
                )
            )
        )
        return [(offer, job) for offer, job in (await self._db.execute(query)).all()]
