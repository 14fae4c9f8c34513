"""One object for one cluster: jobs, wallet, nodes, events, staking, slashing, governance and treasury."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from hypernode.blobs import HttpBlobs
from hypernode.chain.keys import Key
from hypernode.chain.ports import MARKETS, ChainEvent, ChainPort
from hypernode.chain.rpc_client import RpcClient
from hypernode.client.api import ApiClient
from hypernode.client.buyer import LONGEST_WAIT, WATCH_SECONDS, Balance, BuyerClient
from hypernode.client.jobs import Jobs, no_wallet
from hypernode.config import Cluster, Settings
from hypernode.domain.clock import SystemClock
from hypernode.domain.http_signature import RequestSigner
from hypernode.domain.types import Address, parse_address
from hypernode.errors import ConfigError, NoMarkets
from hypernode.wire.nodes import NodePage, NodeView
from hypernode.wire.quotes import MarketList

if TYPE_CHECKING:
    from hypernode.client.economy import EconomyReader
    from hypernode.client.governance import GovernanceClient
    from hypernode.client.slashing import SlashingClient
    from hypernode.client.staker import StakerClient
    from hypernode.client.treasury import TreasuryClient

WALLET_FILE = "wallet.json"
# Transactions that one look at the chain reads at most.
EVENT_BATCH = 100


class Wallet:
    """The tokens of one key. Amounts are base units: 1 HYPER is 1,000,000."""

    def __init__(self, buyer: BuyerClient) -> None:
        self._buyer = buyer

    @property
    def address(self) -> Address:
        """The wallet's address."""
        return self._buyer.owner

    async def balance(self) -> Balance:
        """Return what the wallet and its buyer account hold."""
        return await self._buyer.balance()

    async def deposit(self, amount: int) -> str:
        """Move tokens from the wallet to its buyer account, and return the transaction's signature."""
        return await self._buyer.deposit(amount)

    async def withdraw(self, amount: int) -> str:
        """Move tokens that no job has locked back to the wallet, and return the transaction's signature."""
        return await self._buyer.withdraw(amount)


class Nodes:
    """The nodes of the market, as the API has them."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    async def list(self, state: str | None = None) -> AsyncIterator[NodeView]:
        """Yield the registered nodes; `state` is "online", "suspect" or "offline"."""
        cursor: str | None = None
        while True:
            wanted = {"state": state, "cursor": cursor}
            given = {name: text for name, text in wanted.items() if text is not None}
            page = await self._api.get(NodePage, "/v1/nodes", given)
            for view in page.nodes:
                yield view
            cursor = page.next_cursor
            if cursor is None:
                return

    async def get(self, node: str) -> NodeView:
        """Return one node by its address."""
        return await self._api.get(NodeView, f"/v1/nodes/{parse_address(node)}")


class Hypernode:
    """One cluster, seen by one wallet: `async with Hypernode.connect() as hn: …`.

    Without a wallet, `jobs.quote`, `jobs.get`, `nodes`, `economy` and `events` work; the rest raises `NoKey`.
    """

    def __init__(
        self,
        chain: ChainPort,
        api: ApiClient,
        blobs: HttpBlobs,
        *,
        wallet: Key | None,
        mint: Address,
        market: Address,
    ) -> None:
        self._chain, self._api, self._key, self._mint = chain, api, wallet, mint
        # The API takes only signed questions about prices; any key will do.
        self._buyer = BuyerClient(chain, api, blobs, wallet or Key.generate(), mint=mint, market=market)
        self.jobs = Jobs(self._buyer, blobs, can_sign=wallet is not None)
        self.nodes = Nodes(api)

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
        settings = Settings.from_environment(**({} if home is None else {"home": Path(home)}))
        key = _wallet(wallet, settings.keys / WALLET_FILE)
        if cluster is None and rpc_url is None and api_url is None:
            cluster = Cluster.load(settings.home)
        rpc_url = rpc_url or (cluster.rpc_url if cluster else settings.rpc_url)
        api_url = api_url or (cluster.api_url if cluster else settings.api_url)
        async with AsyncExitStack() as stack:
            chain = await stack.enter_async_context(
                await RpcClient.connect(rpc_url, cluster.ws_url if cluster else None)
            )
            requests = RequestSigner(key or Key.generate(), SystemClock())
            api = await stack.enter_async_context(ApiClient(api_url, requests))
            blobs = HttpBlobs(api_url, key)
            stack.push_async_callback(blobs.close)
            mint = cluster.mint if cluster else await _mint(chain)
            market = cluster.market if cluster else await _market(api)
            yield cls(chain, api, blobs, wallet=key, mint=mint, market=market)

    @cached_property
    def wallet(self) -> Wallet:
        """Balance, deposit and withdrawal."""
        self._signer()
        return Wallet(self._buyer)

    @cached_property
    def staking(self) -> StakerClient:
        """The wallet's stake and rewards."""
        from hypernode.client.staker import StakerClient

        return StakerClient(self._chain, self._signer(), mint=self._mint)

    @cached_property
    def slashing(self) -> SlashingClient:
        """Reports of faults: open, vote, appeal, execute, claim."""
        from hypernode.client.slashing import SlashingClient

        return SlashingClient(self._chain, self._signer(), mint=self._mint)

    @cached_property
    def governance(self) -> GovernanceClient:
        """Proposals of the DAO: propose, vote, queue, execute."""
        from hypernode.client.governance import GovernanceClient

        return GovernanceClient(self._chain, self._signer())

    @cached_property
    def treasury(self) -> TreasuryClient:
        """The DAO's tokens: holdings, releases, deposits."""
        from hypernode.client.treasury import TreasuryClient

        return TreasuryClient(self._chain, self._signer(), mint=self._mint)

    @cached_property
    def economy(self) -> EconomyReader:
        """Stakes, rewards, reports, proposals and the treasury as the API shows them; needs no wallet."""
        from hypernode.client.economy import EconomyReader

        return EconomyReader(self._api)

    async def events(
        self, program: Address = MARKETS, *, since: str | None = None
    ) -> AsyncIterator[ChainEvent]:
        """Yield the events of one program, oldest first, and then each new one as it happens.

        `since` is the signature of the last transaction seen; without it the first event is the oldest that
        the RPC endpoint remembers. It never ends by itself.
        """
        cursor, wait = since, WATCH_SECONDS
        while True:
            landed = await self._chain.transactions_since(cursor, EVENT_BATCH, program)
            for transaction in landed:
                for event in transaction.events:
                    yield event
                cursor = transaction.signature
            wait = WATCH_SECONDS if landed else min(wait * 1.5, LONGEST_WAIT)
            if len(landed) < EVENT_BATCH:
                await asyncio.sleep(wait * random.uniform(0.5, 1))

    def _signer(self) -> Key:
        if self._key is None:
            raise no_wallet()
        return self._key


def _wallet(given: Key | str | Path | None, default: Path) -> Key | None:
    if isinstance(given, Key):
        return given
    if given is not None:
        return Key.load(Path(given))
    return Key.load(default) if default.exists() else None


async def _mint(chain: ChainPort) -> Address:
    config = await chain.config()
    if config is None:
        raise NoMarkets("this cluster has no markets yet")
    return config.mint


async def _market(api: ApiClient) -> Address:
    default = (await api.get(MarketList, "/v1/markets")).default
    if default is None:
        raise ConfigError("the API has no market of its own", fix="pass cluster=, which names a market")
    return Address(default)
