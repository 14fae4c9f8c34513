"""HTTP routes of reports."""

from typing import Annotated

from fastapi import APIRouter, Query

from hypernode.wire.fields import AddressText
from hypernode.wire.reports import ReportDetail, ReportPage, ReportStatusText, ReportVotePage
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.kernel import Projection, Slice, the
from hypernode_marketplace_api.models import ReportRow
from hypernode_marketplace_api.paging import MAX_CURSOR, MAX_PAGE
from hypernode_marketplace_api.slices.slashing.projection import fold, key_of
from hypernode_marketplace_api.slices.slashing.service import ReportService

Reports = Annotated[ReportService, the(ReportService)]


router = APIRouter(prefix="/v1/reports", tags=["reports"])


@router.get("", responses=problems(422, 429))
async def list_reports(
    reports: Reports,
    accused: AddressText | None = None,
    status: ReportStatusText | None = None,
    cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> ReportPage:
    """List reports from the newest on; `next_cursor` continues."""
    return await reports.page(accused, status, cursor, limit)


@router.get("/{report}", responses=problems(404, 422, 429))
async def get_report(reports: Reports, report: AddressText) -> ReportDetail:
    """Show the newest opening of a report, with its votes, deadlines, and what is due to whom."""
    return await reports.detail(report)


@router.get("/{report}/votes", responses=problems(404, 422, 429))
async def list_votes(
    reports: Reports,
    report: AddressText,
    cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> ReportVotePage:
    """List the votes of both rounds, newest first; `next_cursor` continues."""
    return await reports.votes(report, cursor, limit)


SLICE = Slice(routers=(router,), projections=(Projection(ReportRow, key_of, fold),))
