"""Fixtures of the slashing tests: a world of one's own for every test."""

import pytest

from tests.programs.slashing.slashing_world import ReportCookie, SlashingWorld, an_unopened_report


@pytest.fixture
def world() -> SlashingWorld:
    return SlashingWorld.ready()


@pytest.fixture
def unopened(world: SlashingWorld) -> ReportCookie:
    """A report that is not open yet."""
    return an_unopened_report(world)


@pytest.fixture
def report(unopened: ReportCookie) -> ReportCookie:
    """An open report, with six validators to vote on it."""
    return unopened.open()
