"""Fixtures of the governance tests."""

import pytest

from tests.programs.governance.dao import DaoWorld, Voter, a_voter


@pytest.fixture
def dao() -> DaoWorld:
    return DaoWorld.ready()


@pytest.fixture
def voter(dao: DaoWorld) -> Voter:
    return a_voter(dao)
