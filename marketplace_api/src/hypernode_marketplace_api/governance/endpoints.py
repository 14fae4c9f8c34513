"""Owns the HTTP routes of proposals and of the treasury."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from hypernode.wire.dao import (
    ProposalDetail,
    ProposalPage,
    ProposalStatusText,
    ReleasePage,
    TreasuryView,
    VotePage,
)
from hypernode.wire.fields import MAX_U64
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.governance.service import GovernanceService
from hypernode_marketplace_api.paging import MAX_CURSOR, MAX_PAGE

Number = Annotated[int, Path(ge=0, le=MAX_U64)]


def proposal_router(dao: GovernanceService) -> APIRouter:
    router = APIRouter(prefix="/v1/proposals", tags=["proposals"])

    @router.get("", responses=problems(422, 429))
    async def list_proposals(
        status: ProposalStatusText | None = None,
        cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
    ) -> ProposalPage:
        """List proposals from the newest on; `next_cursor` continues."""
        return await dao.page(status, cursor, limit)

    @router.get("/{number}", responses=problems(404, 422, 429))
    async def get_proposal(number: Number) -> ProposalDetail:
        """Show a proposal: what it holds, decoded; how it was voted on; who may do what next, and when."""
        return await dao.detail(number)

    @router.get("/{number}/votes", responses=problems(404, 422, 429))
    async def list_votes(
        number: Number,
        cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
    ) -> VotePage:
        """List the votes on a proposal, newest first; `next_cursor` continues."""
        return await dao.votes(number, cursor, limit)

    return router


def treasury_router(dao: GovernanceService) -> APIRouter:
    router = APIRouter(prefix="/v1/treasury", tags=["treasury"])

    @router.get("", responses=problems(404, 429))
    async def get_treasury() -> TreasuryView:
        """Show what was released and spent so far, and where it went."""
        return await dao.treasury()

    @router.get("/releases", responses=problems(422, 429))
    async def list_releases(
        cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
    ) -> ReleasePage:
        """List the releases, newest first; `next_cursor` continues."""
        return await dao.releases(cursor, limit)

    return router
