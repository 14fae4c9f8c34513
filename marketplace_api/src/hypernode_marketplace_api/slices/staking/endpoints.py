"""HTTP routes of stakes."""

from typing import Annotated

from fastapi import APIRouter, Query

from hypernode.wire.fields import AddressText
from hypernode.wire.stakes import StakeDetail, StakePage
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.kernel import Projection, Slice, the
from hypernode_marketplace_api.models import StakeRow
from hypernode_marketplace_api.paging import MAX_CURSOR, MAX_PAGE
from hypernode_marketplace_api.slices.staking.projection import fold, key_of
from hypernode_marketplace_api.slices.staking.service import StakeService

Stakes = Annotated[StakeService, the(StakeService)]


router = APIRouter(prefix="/v1/stakes", tags=["stakes"])


@router.get("", responses=problems(422, 429))
async def list_stakes(
    stakes: Stakes,
    owner: AddressText | None = None,
    cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> StakePage:
    """List stakes from the heaviest on; `next_cursor` continues."""
    return await stakes.page(owner, cursor, limit)


@router.get("/{owner}", responses=problems(404, 422, 429))
async def get_stake(
    stakes: Stakes,
    owner: AddressText,
    cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> StakeDetail:
    """Show a wallet's stake; its history is newest first, and `next_cursor` continues it."""
    return await stakes.detail(owner, cursor, limit)


SLICE = Slice(routers=(router,), projections=(Projection(StakeRow, key_of, fold),))
