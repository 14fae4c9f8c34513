"""Fixtures of the program tests: a world of one's own for every test."""

import pytest

from tests.programs.cookies import BuyerCookie, MarketCookie, NodeCookie, a_buyer, a_market, a_node
from tests.programs.jobs import JobCookie, a_job
from tests.programs.world import World


@pytest.fixture
def bare() -> World:
    """Programs and a mint, nothing initialised."""
    return World.bare()


@pytest.fixture
def world() -> World:
    return World.ready()


@pytest.fixture
def market(world: World) -> MarketCookie:
    return a_market(world)


@pytest.fixture
def buyer(world: World) -> BuyerCookie:
    return a_buyer(world)


@pytest.fixture
def node(world: World) -> NodeCookie:
    return a_node(world)


@pytest.fixture
def posted(world: World, buyer: BuyerCookie, market: MarketCookie) -> JobCookie:
    return a_job(world, buyer=buyer, market=market)


@pytest.fixture
def assigned(posted: JobCookie, node: NodeCookie) -> JobCookie:
    return posted.assign(node)


@pytest.fixture
def submitted(assigned: JobCookie) -> JobCookie:
    return assigned.submit()
