"""Connection of one wallet to one cluster: chain, API and blob store, opened and closed together."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from hypernode.blobs import HttpBlobs
from hypernode.chain.keys import Key
from hypernode.chain.ports import MARKETS, ChainEvent, ChainPort
from hypernode.chain.rpc_client import RpcClient
from hypernode.client.api import ApiClient
from hypernode.client.buyer import LONGEST_WAIT, WATCH_SECONDS, Balance, BuyerClient
from hypernode.client.jobs import Jobs, no_wallet
from hypernode.config import Cluster, Settings
from hypernode.domain.backoff import Backoff
from hypernode.domain.clock import SystemClock
from hypernode.domain.http_signature import RequestSigner
from hypernode.domain.types import Address, parse_address
from hypernode.errors import ConfigError, NoMarkets, RpcUnavailable
from hypernode.wire.nodes import NodePage, NodeView
from hypernode.wire.quotes import MarketList

WALLET_FILE = "wallet.json"
# Transactions that one look at the chain reads at most.
EVENT_BATCH = 100
# What follows events waits for an RPC endpoint that is away: this many tries, half an hour or so.
MOST_FAILURES = 60
RECONNECTING = Backoff(first=0.5, longest=60.0)


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


@dataclass(frozen=True)
class Connection:
    """What `Hypernode` is made of; `key` is None if there is no wallet."""

    chain: ChainPort
    api: ApiClient
    buyer: BuyerClient
    jobs: Jobs
    nodes: Nodes
    key: Key | None
    mint: Address

    def signer(self) -> Key:
        """Return the wallet's key, or raise `NoKey`."""
        if self.key is None:
            raise no_wallet()
        return self.key

    async def events(self, program: Address | None, since: str | None) -> AsyncIterator[ChainEvent]:
        """Yield the events of one program after one transaction; it never ends by itself."""
        cursor, wait, failures = since, WATCH_SECONDS, 0
        while True:
            try:
                landed = await self.chain.transactions_since(cursor, EVENT_BATCH, program or MARKETS)
            except RpcUnavailable:
                failures += 1
                if failures > MOST_FAILURES:
                    raise
                await self.api.sleep(RECONNECTING.pace(failures))
                continue
            failures = 0
            for transaction in landed:
                for event in transaction.events:
                    yield event
                cursor = transaction.signature
            wait = WATCH_SECONDS if landed else min(wait * 1.5, LONGEST_WAIT)
            if len(landed) < EVENT_BATCH:
                await self.api.sleep(wait * random.uniform(0.5, 1))


@asynccontextmanager
async def opened(
    home: str | Path | None,
    cluster: Cluster | None,
    rpc_url: str | None,
    api_url: str | None,
    wallet: Key | str | Path | None,
) -> AsyncIterator[Connection]:
    """Open what `Hypernode.connect` describes, and close it at the end of the block."""
    settings = Settings.from_environment(**({} if home is None else {"home": Path(home)}))
    key = _wallet(wallet, settings.keys / WALLET_FILE)
    if cluster is None and (rpc_url is None) != (api_url is None):
        raise ConfigError(
            "one of rpc_url and api_url is missing; an API belongs to one cluster",
            fix="give both, a cluster, or neither",
        )
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
        # The API takes only signed questions about prices; any key will do.
        buyer = BuyerClient(chain, api, blobs, key or Key.generate(), mint=mint, market=market)
        jobs = Jobs(buyer, blobs, can_sign=key is not None)
        yield Connection(chain, api, buyer, jobs, Nodes(api), key, mint)


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
