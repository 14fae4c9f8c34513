"""Class 15: dust. What comes out is never more than what went in, and every base unit has one owner."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypernode.chain.generated.markets.errors import NothingDue
from hypernode.domain.pricing import FeeShares, split_price
from tests.programs.cookies import BuyerCookie, MarketCookie, NodeCookie, a_buyer, a_market, a_node
from tests.programs.jobs import JobCookie, a_job
from tests.programs.world import World

SHARES = FeeShares(protocol_bps=1_000, stakers_bps=100, operations_bps=500)


class Shop:
    """A buyer, a market and a node that trade again and again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.market: MarketCookie = a_market(world)
        self.buyer: BuyerCookie = a_buyer(world)
        self.node: NodeCookie = a_node(world)
        self.nonce = 0

    def sell(self, price: int) -> JobCookie:
        """Settle one job that costs exactly `price`."""
        self.nonce += 1
        job = a_job(
            self.world,
            nonce=self.nonce,
            buyer=self.buyer,
            market=self.market,
            rate=price,
            timeout_seconds=10,
        )
        return job.assign(self.node).submit(1).settle()

    @property
    def dues(self) -> tuple[int, int, int]:
        account = self.buyer.state
        return account.treasury_due, account.stakers_due, account.operations_due

    def collect(self) -> None:
        batch = [self.buyer.collect_ix()]
        self.world.run(batch, [self.world.funded("crank")])


@pytest.fixture(scope="module")
def shop() -> Shop:
    return Shop(World.ready())


@settings(max_examples=60, deadline=None)
@given(price=st.integers(1, 9_999))
def test_every_price_is_split_to_the_last_base_unit(shop: Shop, price: int) -> None:
    world, buyer = shop.world, shop.buyer
    shop.world.give(buyer.wallet, 10 * price)
    buyer.deposit(10 * price)
    earned, dues, available = shop.node.earned, shop.dues, buyer.state.available
    shop.sell(price)
    parts = split_price(price, SHARES)
    assert shop.node.earned - earned == parts.node
    assert tuple(now - was for now, was in zip(shop.dues, dues, strict=True)) == (
        parts.treasury,
        parts.stakers,
        parts.operations,
    )
    assert available - buyer.state.available == price
    assert parts.node + parts.treasury + parts.stakers + parts.operations == price
    account = buyer.state
    assert world.tokens(buyer.vault) == account.available + account.locked + sum(shop.dues)


def test_a_price_of_one_base_unit_goes_to_the_node(world: World) -> None:
    shop = Shop(world)
    shop.sell(1)
    assert shop.node.earned == 1
    assert shop.dues == (0, 0, 0)


def test_fees_of_many_small_jobs_round_down_each_time(world: World) -> None:
    """Nineteen base units owe one to the protocol and none to the others, however often."""
    shop = Shop(world)
    for _ in range(3):
        shop.sell(19)
    assert shop.dues == (3, 0, 0)
    shop.collect()
    assert world.tokens(world.treasury) == 3
    assert shop.dues == (0, 0, 0)


def test_collecting_twice_pays_once(world: World) -> None:
    shop = Shop(world)
    shop.sell(1_000)
    shop.collect()
    paid = [world.tokens(place) for place in (world.treasury, world.stakers, world.market_operations)]
    assert paid == [90, 10, 50]
    batch = [shop.buyer.collect_ix()]
    world.refuse(NothingDue, batch, [world.funded("crank")])
    assert [world.tokens(place) for place in (world.treasury, world.stakers, world.market_operations)] == paid
