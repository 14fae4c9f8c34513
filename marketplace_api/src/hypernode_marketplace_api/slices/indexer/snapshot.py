"""Reads of the accounts that some events touched, before the database transaction that writes them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from hypernode.chain.generated.markets import BuyerAccount, Job, Market, Node
from hypernode.chain.generated.staking import Stake
from hypernode.chain.layout import Event
from hypernode.chain.ports import ChainPort
from hypernode.domain.types import ZERO_ADDRESS, Address


@dataclass
class Snapshot:
    """Accounts as they are now; None is one that was closed."""

    jobs: dict[Address, Job | None] = field(default_factory=dict)
    nodes: dict[Address, Node | None] = field(default_factory=dict)
    markets: dict[Address, Market | None] = field(default_factory=dict)
    buyers: dict[Address, BuyerAccount | None] = field(default_factory=dict)
    stakes: dict[Address, Stake | None] = field(default_factory=dict)


async def of_events(chain: ChainPort, events: Iterable[Event]) -> Snapshot:
    """Read each touched account once."""
    snapshot = Snapshot()
    for event in events:
        await _read(chain, snapshot, event)
    return snapshot


async def of_everything(chain: ChainPort) -> Snapshot:
    """Read what is live, for when events may have been missed."""
    jobs, nodes, markets = await chain.jobs(), await chain.nodes(), await chain.markets()
    snapshot = Snapshot(jobs={**jobs}, nodes={**nodes}, markets={**markets})
    for node in nodes.values():
        snapshot.stakes[node.operator] = await chain.stake(node.operator)
    return snapshot


async def _read(chain: ChainPort, into: Snapshot, event: Event) -> None:
    job, node = _address(event, "job"), _address(event, "node")
    market, owner = _address(event, "market"), _address(event, "owner")
    buyer = _address(event, "buyer")
    if job is not None and job not in into.jobs:
        into.jobs[job] = await chain.job(job)
    if node is not None and node not in into.nodes:
        into.nodes[node] = await chain.node(node)
    if market is not None and market not in into.markets:
        into.markets[market] = await chain.market(market)
    if buyer is not None and buyer not in into.buyers:
        into.buyers[buyer] = await chain.buyer(buyer)
    if owner is not None and event.PROGRAM == Stake.PROGRAM and owner not in into.stakes:
        into.stakes[owner] = await chain.stake(owner)


def _address(event: Event, name: str) -> Address | None:
    found = getattr(event, name, None)
    return Address(found) if isinstance(found, str) and found != ZERO_ADDRESS else None
