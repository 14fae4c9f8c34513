"""Tests of the simulation: its exact figures, and one small market per scheme."""

from fractions import Fraction

import pytest

from benchmarks.simulation import exact
from benchmarks.simulation.market import Market
from benchmarks.simulation.plot import Bar, bars
from benchmarks.simulation.report import gain
from benchmarks.simulation.rivals import SCHEMES, Rival

HEADS = {(3, 2): Fraction(1, 3), (5, 3): Fraction(2, 5), (7, 4): Fraction(3, 7)}


@pytest.fixture(scope="module")
def rows() -> list[exact.Row]:
    return list(exact.rows())


def test_honest_oracles_convict_every_drawn_cheat(rows: list[exact.Row]) -> None:
    alone = [row for row in rows if not row.corrupt]
    assert len(alone) == 6
    assert all(row.cheat_convicted == 1 and row.honest_unpaid == 0 for row in alone)


def test_corrupt_oracles_below_k_acquit_only_as_first_members(rows: list[exact.Row]) -> None:
    found = {(row.oracles, row.quorum): row.cheat_paid for row in rows if row.corrupt and not row.down}
    assert found == HEADS


def test_no_tactic_of_corrupt_oracles_convicts_an_honest_node(rows: list[exact.Row]) -> None:
    assert all(row.honest_convicted == 0 for row in rows)
    assert all(row.honest_unpaid == 0 for row in rows if not (row.corrupt and row.down))


def test_oracles_that_draw_alone_convict_a_seventh_of_one_draw_at_most() -> None:
    assert exact.independent_draws(3, 2, Fraction(1, 20)) == Fraction(29, 4_000)
    assert exact.independent_draws(7, 4, Fraction(1, 20)) < Fraction(1, 4_000)


def test_one_market_convicts_cheats_and_no_honest_node() -> None:
    tally = Market(0, machine_share=0.08, probation_share=1.0).run()
    assert tally.counts["wrong sentenced"] > 100
    assert tally.counts["honest convicted"] == 0
    assert tally.counts["honest unpaid, exact"] == 0
    assert gain([tally], "lazy")[0] < -1


def test_a_seed_gives_the_same_market_again() -> None:
    one, other = (Market(3, machine_share=0.08).run() for _ in range(2))
    assert one.profit == other.profit
    assert one.counts == other.counts


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_other_scheme_runs_the_same_market(scheme: str) -> None:
    tally = Rival(0, 0.08, scheme).run()
    assert tally.counts["wrong"] > 1_000
    assert tally.counts["honest convicted"] == 0 or scheme == "independent draws"


def test_a_bar_beyond_the_range_is_cut_and_its_number_is_not() -> None:
    drawn = bars("Title", "unit", [Bar("a & b", -9.0, 0.5), Bar("c", 0.5, 0.1)], -3, 1)
    assert drawn.startswith("<svg")
    assert "-9.00" in drawn
    assert "a &amp; b" in drawn
