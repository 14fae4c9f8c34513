"""No instruction costs 2 % more than the committed table, and none more than its goal."""

import os
from typing import Any

import pytest

from benchmarks.compute_units import baseline, measure

TOLERANCE = 1.02


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return measure()


# Another compiler makes other code; then `make programs-check` asks for the goals alone.
@pytest.mark.skipif("HYPERNODE_REBUILT" in os.environ, reason="the table is of the committed programs")
def test_nothing_costs_more_than_it_did(rows: list[dict[str, Any]]) -> None:
    before = baseline()
    assert before.keys() == {row["instruction"] for row in rows}
    dearer = [row for row in rows if row["units"] > before[row["instruction"]] * TOLERANCE]
    assert not dearer


def test_everything_is_within_its_goal(rows: list[dict[str, Any]]) -> None:
    assert not [row for row in rows if row["goal"] and row["units"] > row["goal"]]


def test_waiting_jobs_make_nothing_dearer(rows: list[dict[str, Any]]) -> None:
    assert not [row for row in rows if row["more_full"]]
