"""HTTP routes of rewards."""

from typing import Annotated

from fastapi import APIRouter, Query

from hypernode.domain.rewards import YEAR
from hypernode.domain.staking import DAY
from hypernode.wire.fields import AddressText
from hypernode.wire.stakes import ClaimPage, RewardsView
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.kernel import Projection, Slice, the
from hypernode_marketplace_api.models import RewardsRow
from hypernode_marketplace_api.paging import MAX_CURSOR, MAX_PAGE
from hypernode_marketplace_api.slices.rewards.projection import fold, key_of
from hypernode_marketplace_api.slices.rewards.service import RewardsService

Rewards = Annotated[RewardsService, the(RewardsService)]

# The community pool flows over a month: a shorter window would count one unlock as the normal rate.
WINDOW = 30 * DAY


router = APIRouter(prefix="/v1/rewards", tags=["rewards"])


@router.get("", responses=problems(404, 422, 429))
async def get_rewards(
    rewards: Rewards, window: Annotated[int, Query(ge=60, le=YEAR)] = WINDOW
) -> RewardsView:
    """Show what flows to stakers, and what the last `window` seconds yielded, by the year."""
    return await rewards.overview(window)


@router.get("/{owner}", responses=problems(404, 422, 429))
async def list_claims(
    rewards: Rewards,
    owner: AddressText,
    cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> ClaimPage:
    """List what a wallet has claimed, newest first; `next_cursor` continues."""
    return await rewards.claims(owner, cursor, limit)


SLICE = Slice(routers=(router,), projections=(Projection(RewardsRow, key_of, fold),))
