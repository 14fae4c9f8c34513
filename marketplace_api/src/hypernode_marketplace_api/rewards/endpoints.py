"""Owns the HTTP routes of rewards."""

from typing import Annotated

from fastapi import APIRouter, Query

from hypernode.domain.rewards import YEAR
from hypernode.domain.staking import DAY
from hypernode.wire.fields import AddressText
from hypernode.wire.stakes import ClaimPage, RewardsView
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.paging import MAX_CURSOR, MAX_PAGE
from hypernode_marketplace_api.rewards.service import RewardsService

# The community pool flows over a month: a shorter look would mistake one unlock for the rule.
WINDOW = 30 * DAY


def rewards_router(rewards: RewardsService) -> APIRouter:
    router = APIRouter(prefix="/v1/rewards", tags=["rewards"])

    @router.get("", responses=problems(404, 422, 429))
    async def get_rewards(window: Annotated[int, Query(ge=60, le=YEAR)] = WINDOW) -> RewardsView:
        """Show what flows to stakers, and what the last `window` seconds yielded, by the year."""
        return await rewards.overview(window)

    @router.get("/{owner}", responses=problems(404, 422, 429))
    async def list_claims(
        owner: AddressText,
        cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
    ) -> ClaimPage:
        """List what a wallet has claimed, newest first; `next_cursor` continues."""
        return await rewards.claims(owner, cursor, limit)

    return router
