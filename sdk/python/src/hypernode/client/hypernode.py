"""One object for one cluster: jobs, wallet, nodes, events, staking, slashing, governance and treasury."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

# A name used in an annotation only is not loaded: `from hypernode import Hypernode` stays cheap.
if TYPE_CHECKING:
    from hypernode.chain.keys import Key
    from hypernode.chain.ports import ChainEvent
    from hypernode.client.connection import Connection, Nodes, Wallet
    from hypernode.client.economy import EconomyReader
    from hypernode.client.governance import GovernanceClient
    from hypernode.client.jobs import Jobs
    from hypernode.client.slashing import SlashingClient
    from hypernode.client.staker import StakerClient
    from hypernode.client.treasury import TreasuryClient
    from hypernode.config import Cluster
    from hypernode.domain.types import Address


class Hypernode:
    """One cluster, seen by one wallet: `async with Hypernode.connect() as hn: …`.

    Without a wallet, `jobs.quote`, `jobs.get`, `nodes`, `economy` and `events` work; the rest raises `NoKey`.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._chain, self._api, self._mint = connection.chain, connection.api, connection.mint
        self.jobs: Jobs = connection.jobs
        self.nodes: Nodes = connection.nodes

    @classmethod
    @asynccontextmanager
    async def connect(
        cls,
        home: str | Path | None = None,
        *,
        cluster: Cluster | None = None,
        rpc_url: str | None = None,
        api_url: str | None = None,
        wallet: Key | str | Path | None = None,
    ) -> AsyncIterator[Self]:
        """Connect to a cluster, and close the connections at the end of the block.

        The cluster is the one given; or the one behind `rpc_url` and `api_url`; or else that of cluster.json
        in the home folder (`HYPERNODE_HOME`, or the user's data folder). `wallet` is a key or a key file;
        without one it is keys/wallet.json of the home folder if that exists.
        """
        # Here, because most of the SDK's import time (httpx, pydantic, solders) is behind it.
        from hypernode.client.connection import opened

        async with opened(home, cluster, rpc_url, api_url, wallet) as connection:
            yield cls(connection)

    @cached_property
    def wallet(self) -> Wallet:
        """Balance, deposit and withdrawal."""
        from hypernode.client.connection import Wallet

        self._connection.signer()
        return Wallet(self._connection.buyer)

    @cached_property
    def staking(self) -> StakerClient:
        """The wallet's stake and rewards."""
        from hypernode.client.staker import StakerClient

        return StakerClient(self._chain, self._connection.signer(), mint=self._mint)

    @cached_property
    def slashing(self) -> SlashingClient:
        """Reports of faults: open, vote, appeal, execute, claim."""
        from hypernode.client.slashing import SlashingClient

        return SlashingClient(self._chain, self._connection.signer(), mint=self._mint)

    @cached_property
    def governance(self) -> GovernanceClient:
        """Proposals of the DAO: propose, vote, queue, execute."""
        from hypernode.client.governance import GovernanceClient

        return GovernanceClient(self._chain, self._connection.signer())

    @cached_property
    def treasury(self) -> TreasuryClient:
        """The DAO's tokens: holdings, releases, deposits."""
        from hypernode.client.treasury import TreasuryClient

        return TreasuryClient(self._chain, self._connection.signer(), mint=self._mint)

    @cached_property
    def economy(self) -> EconomyReader:
        """Stakes, rewards, reports, proposals and the treasury as the API shows them; needs no wallet."""
        from hypernode.client.economy import EconomyReader

        return EconomyReader(self._api)

    async def events(
        self, program: Address | None = None, *, since: str | None = None
    ) -> AsyncIterator[ChainEvent]:
        """Yield the events of one program, oldest first, and then each new one as it happens.

        Without `program` they are those of the markets program: jobs, nodes and buyers.
        `since` is the signature of the last transaction seen; without it the first event is the oldest that
        the RPC endpoint remembers. It never ends by itself.
        """
        async for event in self._connection.events(program, since):
            yield event

    async def mirrored(self) -> bool:
        """Wait until the API has read the chain up to now, so that its lists include your transactions.

        Return False if that took more than 5 s or the API does not answer.
        """
        return await self._connection.buyer.mirrored()
