"""Reads of the DAO: proposals with their content and next actions, votes, and the treasury."""

from collections.abc import Sequence
from typing import Self

from hypernode.chain.generated import governance
from hypernode.domain.clock import Clock
from hypernode.wire.dao import ProposalDetail, ProposalPage, ProposalView, ReleasePage, TreasuryView, VotePage
from hypernode_marketplace_api.errors import ProposalNotFound, TreasuryNotFound
from hypernode_marketplace_api.history import EventHistory, entry
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.models import ChainEventRow
from hypernode_marketplace_api.models.base import MAX_BIGINT
from hypernode_marketplace_api.paging import MAX_PAGE, cut, position_of
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.slices.governance.repository import ProposalRepository
from hypernode_marketplace_api.slices.governance.views import (
    action_views,
    instruction_view,
    proposal_view,
    release_view,
    treasury_view,
    vote_view,
)

VOTES = (governance.Voted.__name__,)
INSTRUCTIONS = (governance.InstructionAdded.__name__,)
# Of these a proposal has a couple of dozen at most; of votes, as many as there are stakers.
TIMELINE = tuple(
    kind.__name__
    for kind in (
        governance.ProposalCreated,
        governance.InstructionAdded,
        governance.ProposalActivated,
        governance.ProposalFinalized,
        governance.ProposalQueued,
        governance.ProposalExecuted,
        governance.ProposalExpired,
        governance.ProposalCancelled,
        governance.ProposalVetoed,
        governance.ProposalClosed,
    )
)


class GovernanceService:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        return cls(kernel.outside.database, kernel.outside.clock)

    async def page(self, status: str | None, cursor: str | None, limit: int) -> ProposalPage:
        before = position_of(cursor)
        async with self._database.read() as db:
            rows = await ProposalRepository(db).page(status, before, limit + 1)
        page, following = cut(rows, limit, lambda row: (row.number,))
        return ProposalPage(
            proposals=[proposal_view(ProposalView, row) for row in page], next_cursor=following
        )

    async def detail(self, number: int) -> ProposalDetail:
        async with self._database.read() as db:
            repository = ProposalRepository(db)
            row = await repository.one(number) if number <= MAX_BIGINT else None
            if row is None:
                raise ProposalNotFound(f"no proposal has the number {number}")
            dao, history = await repository.dao(), EventHistory(db)
            content = await history.about(row.proposal, INSTRUCTIONS)
            votes = await history.about(row.proposal, VOTES, limit=MAX_PAGE + 1)
            timeline = await history.about(row.proposal, TIMELINE)
        return proposal_view(
            ProposalDetail,
            row,
            content=[instruction_view(event, row.executed) for event in reversed(content)],
            votes=_votes(votes, MAX_PAGE),
            next=action_views(row, dao, self._clock.now()),
            timeline=[entry(event) for event in reversed(timeline)],
        )

    async def votes(self, number: int, cursor: str | None, limit: int) -> VotePage:
        before = position_of(cursor)
        async with self._database.read() as db:
            row = await ProposalRepository(db).one(number) if number <= MAX_BIGINT else None
            if row is None:
                raise ProposalNotFound(f"no proposal has the number {number}")
            votes = await EventHistory(db).about(row.proposal, VOTES, before=before, limit=limit + 1)
        return _votes(votes, limit)

    async def treasury(self) -> TreasuryView:
        async with self._database.read() as db:
            row = await ProposalRepository(db).dao()
        if row is None:
            raise TreasuryNotFound("the DAO has not been set up on this cluster")
        return treasury_view(row)

    async def releases(self, cursor: str | None, limit: int) -> ReleasePage:
        before, kind = position_of(cursor), governance.Released
        async with self._database.read() as db:
            history = EventHistory(db)
            rows = await history.named(kind.PROGRAM, kind.__name__, before=before, limit=limit + 1)
        page, following = cut(rows, limit, lambda row: (row.position,))
        return ReleasePage(releases=[release_view(row) for row in page], next_cursor=following)


def _votes(rows: Sequence[ChainEventRow], limit: int) -> VotePage:
    page, following = cut(rows, limit, lambda row: (row.position,))
    return VotePage(votes=[vote_view(row) for row in page], next_cursor=following)
