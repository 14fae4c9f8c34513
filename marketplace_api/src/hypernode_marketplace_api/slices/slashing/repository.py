"""Queries of reports."""

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hypernode_marketplace_api.models import ReportRow
from hypernode_marketplace_api.paging import Place


class ReportRepository:
    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    async def page(
        self, accused: str | None, status: str | None, after: Place | None, limit: int
    ) -> list[ReportRow]:
        """Return reports from the newest on; `after` is where the page before ended."""
        query = select(ReportRow).order_by(ReportRow.opened_at.desc(), ReportRow.report).limit(limit)
        if accused is not None:
            query = query.where(ReportRow.accused == accused)
        if status is not None:
            query = query.where(ReportRow.status == status)
        if after is not None:
            opened_at, report = after
            tied = and_(ReportRow.opened_at == opened_at, ReportRow.report > report)
            query = query.where(or_(ReportRow.opened_at < opened_at, tied))
        return list((await self._db.scalars(query)).all())

    async def newest(self, report: str) -> ReportRow | None:
        query = select(ReportRow).where(ReportRow.report == report).order_by(ReportRow.opened_at.desc())
        return (await self._db.scalars(query.limit(1))).one_or_none()

    async def open_against(self, accused: str, limit: int) -> list[str]:
        query = select(ReportRow.report).where(ReportRow.accused == accused, ReportRow.ended_at.is_(None))
        ordered = query.order_by(ReportRow.opened_at.desc(), ReportRow.report).limit(limit)
        return list((await self._db.scalars(ordered)).all())
