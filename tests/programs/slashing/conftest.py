"""Fixtures of the slashing tests: a court of one's own for every test."""

import pytest

from tests.programs.cookies import BuyerCookie, a_wallet
from tests.programs.slashing.court import Court, ReportCookie, a_case


@pytest.fixture
def court() -> Court:
    return Court.ready()


@pytest.fixture
def buyer(court: Court) -> BuyerCookie:
    return a_wallet(court, "buyer")


@pytest.fixture
def case(court: Court, buyer: BuyerCookie) -> ReportCookie:
    """A report that is not open yet."""
    return a_case(court, buyer=buyer)


@pytest.fixture
def report(case: ReportCookie) -> ReportCookie:
    """An open report, with a harmed buyer and six validators to judge it."""
    return case.open()
