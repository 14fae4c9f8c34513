"""Fixtures of the slashing tests: a world of one's own for every test."""

import pytest

from tests.programs.cookies import BuyerCookie, a_wallet
from tests.programs.slashing.slashing_world import ReportCookie, SlashingWorld, an_unopened_report


@pytest.fixture
def world() -> SlashingWorld:
    return SlashingWorld.ready()


@pytest.fixture
def buyer(world: SlashingWorld) -> BuyerCookie:
    return a_wallet(world, "buyer")


@pytest.fixture
def unopened(world: SlashingWorld, buyer: BuyerCookie) -> ReportCookie:
    """A report that is not open yet."""
    return an_unopened_report(world, buyer=buyer)


@pytest.fixture
def report(unopened: ReportCookie) -> ReportCookie:
    """An open report, with a harmed buyer and six validators to vote on it."""
    return unopened.open()
