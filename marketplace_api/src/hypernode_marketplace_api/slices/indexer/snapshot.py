"""Reads of the accounts that some events touched, before the database transaction that writes them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import structlog

from hypernode.chain import addresses
from hypernode.chain.generated.markets import BuyerAccount, Job, Market, Node
from hypernode.chain.generated.staking import Stake
from hypernode.chain.layout import Event, LayoutError, ProgramAccount
from hypernode.chain.ports import Accounts
from hypernode.domain.types import ZERO_ADDRESS, Address

log = structlog.get_logger()


@dataclass
class Snapshot:
    """Accounts as they are now; None is one that was closed."""

    jobs: dict[Address, Job | None] = field(default_factory=dict)
    nodes: dict[Address, Node | None] = field(default_factory=dict)
    markets: dict[Address, Market | None] = field(default_factory=dict)
    buyers: dict[Address, BuyerAccount | None] = field(default_factory=dict)
    stakes: dict[Address, Stake | None] = field(default_factory=dict)


@dataclass(frozen=True)
class _Touch:
    """An event's field that names an account of one kind, or its owner."""

    name: str
    into: str
    kind: type[ProgramAccount]
    address_of: Callable[[Address], Address] = lambda address: address


_TOUCHES = (
    _Touch("job", "jobs", Job),
    _Touch("node", "nodes", Node),
    _Touch("market", "markets", Market),
    _Touch("buyer", "buyers", BuyerAccount, addresses.buyer),
    _Touch("owner", "stakes", Stake, addresses.stake),
)


async def of_events(chain: Accounts, events: Iterable[Event]) -> Snapshot:
    """Read the touched accounts together."""
    touched = {(touch, key): touch.address_of(key) for event in events for touch, key in _touched(event)}
    snapshot = Snapshot()
    if touched:
        accounts = await chain.read_many(touched.values())
        for (touch, key), address in touched.items():
            try:
                getattr(snapshot, touch.into)[key] = accounts.get(touch.kind, address)
            except LayoutError as fault:
                # A newer program wrote it: the row stays as it was, and the mirror goes on.
                log.warning("account skipped", address=address, detail=str(fault))
    return snapshot


async def of_everything(chain: Accounts) -> Snapshot:
    """Read what is live, for when events may have been missed."""
    jobs, nodes, markets = await chain.jobs(), await chain.nodes(), await chain.markets()
    owners = {node.operator: addresses.stake(node.operator) for node in nodes.values()}
    stakes = await chain.read_many(owners.values())
    return Snapshot(
        jobs={**jobs},
        nodes={**nodes},
        markets={**markets},
        stakes={owner: stakes.get(Stake, address) for owner, address in owners.items()},
    )


def _touched(event: Event) -> Iterator[tuple[_Touch, Address]]:
    """Return what an event of the account's own program names; a report names what its reporter claims."""
    for touch in _TOUCHES:
        found = getattr(event, touch.name, None) if event.PROGRAM == touch.kind.PROGRAM else None
        if isinstance(found, str) and found != ZERO_ADDRESS:
            yield touch, Address(found)
