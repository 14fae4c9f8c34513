"""Fixtures of tests of `hyper`: a home folder and a scripted marketplace."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_market import FakeMarket, fake_market
from tests.support.hyper import Hyper


@pytest.fixture
def hyper(tmp_path: Path) -> Hyper:
    return Hyper(tmp_path / "home")


@pytest.fixture
def market() -> Iterator[FakeMarket]:
    with fake_market() as serving:
        yield serving


@pytest.fixture
def buyer(hyper: Hyper, market: FakeMarket) -> Hyper:
    """A home with a wallet and a cluster, both of which answer."""
    market.cluster(hyper.home)
    hyper.json("wallet", "new")
    return hyper
