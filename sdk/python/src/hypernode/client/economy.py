"""Reader of the economy through the API: stakes, rewards, reports, proposals, the treasury."""

from __future__ import annotations

from hypernode.client.api import ApiClient
from hypernode.wire.dao import ProposalDetail, ProposalPage, ReleasePage, TreasuryView, VotePage
from hypernode.wire.reports import ReportDetail, ReportPage, ReportVotePage
from hypernode.wire.stakes import ClaimPage, RewardsView, StakeDetail, StakePage


class EconomyReader:
    """The economy as the API has it. Pass the `next_cursor` of one page as `cursor` to get the next."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    async def stakes(
        self, *, owner: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> StakePage:
        """Return stakes, heaviest first."""
        return await self._api.get(StakePage, "/v1/stakes", _given(owner=owner, cursor=cursor, limit=limit))

    async def stake(self, owner: str, *, cursor: str | None = None, limit: int | None = None) -> StakeDetail:
        """Return one wallet's stake and its history."""
        return await self._api.get(StakeDetail, f"/v1/stakes/{owner}", _given(cursor=cursor, limit=limit))

    async def rewards(self, *, window: int | None = None) -> RewardsView:
        """Return the current flow of rewards, and the yearly yield of the last `window` seconds."""
        return await self._api.get(RewardsView, "/v1/rewards", _given(window=window))

    async def claims(self, owner: str, *, cursor: str | None = None, limit: int | None = None) -> ClaimPage:
        """Return one wallet's claims of rewards, newest first."""
        return await self._api.get(ClaimPage, f"/v1/rewards/{owner}", _given(cursor=cursor, limit=limit))

    async def reports(
        self,
        *,
        accused: str | None = None,
        status: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> ReportPage:
        """Return reports, newest first."""
        params = _given(accused=accused, status=status, cursor=cursor, limit=limit)
        return await self._api.get(ReportPage, "/v1/reports", params)

    async def report(self, report: str) -> ReportDetail:
        """Return one report with its timeline."""
        return await self._api.get(ReportDetail, f"/v1/reports/{report}")

    async def report_votes(
        self, report: str, *, cursor: str | None = None, limit: int | None = None
    ) -> ReportVotePage:
        """Return the votes on one report."""
        path = f"/v1/reports/{report}/votes"
        return await self._api.get(ReportVotePage, path, _given(cursor=cursor, limit=limit))

    async def proposals(
        self, *, status: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> ProposalPage:
        """Return proposals, newest first."""
        params = _given(status=status, cursor=cursor, limit=limit)
        return await self._api.get(ProposalPage, "/v1/proposals", params)

    async def proposal(self, number: int) -> ProposalDetail:
        """Return one proposal with its instructions."""
        return await self._api.get(ProposalDetail, f"/v1/proposals/{number}")

    async def votes(self, number: int, *, cursor: str | None = None, limit: int | None = None) -> VotePage:
        """Return the votes on one proposal."""
        path = f"/v1/proposals/{number}/votes"
        return await self._api.get(VotePage, path, _given(cursor=cursor, limit=limit))

    async def treasury(self) -> TreasuryView:
        """Return the holdings and settings of the treasury."""
        return await self._api.get(TreasuryView, "/v1/treasury")

    async def releases(self, *, cursor: str | None = None, limit: int | None = None) -> ReleasePage:
        """Return the releases, newest first."""
        return await self._api.get(ReleasePage, "/v1/treasury/releases", _given(cursor=cursor, limit=limit))


def _given(**params: str | int | None) -> dict[str, str]:
    return {name: str(value) for name, value in params.items() if value is not None}
