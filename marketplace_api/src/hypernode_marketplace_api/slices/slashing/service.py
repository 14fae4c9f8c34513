"""Reads of reports: lists, and one report with its votes and its history."""

from collections.abc import Sequence
from typing import Self

from hypernode.chain.generated import slashing
from hypernode.wire.reports import ReportDetail, ReportPage, ReportView, ReportVotePage
from hypernode_marketplace_api.errors import ReportNotFound
from hypernode_marketplace_api.history import EventHistory, entry
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.models import ChainEventRow, ReportRow
from hypernode_marketplace_api.paging import MAX_PAGE, cut, place_of, position_of
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.slices.slashing.repository import ReportRepository
from hypernode_marketplace_api.slices.slashing.views import report_view, vote_view

VOTES = (slashing.Voted.__name__,)
# Of these a report has a handful; of votes and what follows from each, as many as there are validators.
TIMELINE = tuple(
    kind.__name__
    for kind in (
        slashing.FaultReported,
        slashing.SentenceOpened,
        slashing.ReportResolved,
        slashing.ReportAppealed,
        slashing.ReportExecuted,
        slashing.DueClaimed,
        slashing.ReportClosed,
    )
)


class ReportService:
    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        return cls(kernel.outside.database)

    async def page(
        self, accused: str | None, status: str | None, cursor: str | None, limit: int
    ) -> ReportPage:
        after = place_of(cursor, int, str)
        async with self._database.read() as db:
            rows = await ReportRepository(db).page(accused, status, after, limit + 1)
        page, following = cut(rows, limit, lambda row: (row.opened_at, row.report))
        return ReportPage(reports=[report_view(ReportView, row) for row in page], next_cursor=following)

    async def detail(self, report: str) -> ReportDetail:
        """Return the newest opening of a report."""
        row = await self._newest(report)
        async with self._database.read() as db:
            history = EventHistory(db)
            votes = await history.about(report, VOTES, since=row.opened_at, limit=MAX_PAGE + 1)
            timeline = await history.about(report, TIMELINE, since=row.opened_at)
        shown = [entry(event) for event in reversed(timeline)]
        return report_view(ReportDetail, row, votes=_votes(votes, MAX_PAGE), timeline=shown)

    async def votes(self, report: str, cursor: str | None, limit: int) -> ReportVotePage:
        before = position_of(cursor)
        row = await self._newest(report)
        async with self._database.read() as db:
            votes = await EventHistory(db).about(
                report, VOTES, since=row.opened_at, before=before, limit=limit + 1
            )
        return _votes(votes, limit)

    async def open_against(self, accused: str) -> list[str]:
        """Return the newest reports that hold a wallet's stake."""
        async with self._database.read() as db:
            return await ReportRepository(db).open_against(accused, MAX_PAGE)

    async def _newest(self, report: str) -> ReportRow:
        async with self._database.read() as db:
            row = await ReportRepository(db).newest(report)
        if row is None:
            raise ReportNotFound(f"no report at {report}")
        return row


def _votes(rows: Sequence[ChainEventRow], limit: int) -> ReportVotePage:
    page, following = cut(rows, limit, lambda row: (row.position,))
    return ReportVotePage(votes=[vote_view(row) for row in page], next_cursor=following)
