"""HTTP routes of proposals and of the treasury."""

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
from hypernode_marketplace_api.kernel import Projection, Slice, the
from hypernode_marketplace_api.models import DaoRow, ProposalRow
from hypernode_marketplace_api.paging import MAX_CURSOR, MAX_PAGE
from hypernode_marketplace_api.slices.governance.projection import (
    dao_key_of,
    fold_dao,
    fold_proposal,
    proposal_key_of,
)
from hypernode_marketplace_api.slices.governance.service import GovernanceService

Dao = Annotated[GovernanceService, the(GovernanceService)]
Number = Annotated[int, Path(ge=0, le=MAX_U64)]


proposals = APIRouter(prefix="/v1/proposals", tags=["proposals"])


@proposals.get("", responses=problems(422, 429))
async def list_proposals(
    dao: Dao,
    status: ProposalStatusText | None = None,
    cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> ProposalPage:
    """List proposals from the newest on; `next_cursor` continues."""
    return await dao.page(status, cursor, limit)


@proposals.get("/{number}", responses=problems(404, 422, 429))
async def get_proposal(dao: Dao, number: Number) -> ProposalDetail:
    """Show a proposal: what it holds, decoded; how it was voted on; who may do what next, and when."""
    return await dao.detail(number)


@proposals.get("/{number}/votes", responses=problems(404, 422, 429))
async def list_votes(
    dao: Dao,
    number: Number,
    cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> VotePage:
    """List the votes on a proposal, newest first; `next_cursor` continues."""
    return await dao.votes(number, cursor, limit)


treasury = APIRouter(prefix="/v1/treasury", tags=["treasury"])


@treasury.get("", responses=problems(404, 429))
async def get_treasury(dao: Dao) -> TreasuryView:
    """Show what was released and spent so far, and where it went."""
    return await dao.treasury()


@treasury.get("/releases", responses=problems(422, 429))
async def list_releases(
    dao: Dao,
    cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> ReleasePage:
    """List the releases, newest first; `next_cursor` continues."""
    return await dao.releases(cursor, limit)


SLICE = Slice(
    routers=(proposals, treasury),
    projections=(
        Projection(ProposalRow, proposal_key_of, fold_proposal),
        Projection(DaoRow, dao_key_of, fold_dao),
    ),
)
