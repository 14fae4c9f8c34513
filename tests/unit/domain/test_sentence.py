"""Tests of prices, sentences and the running ratio against the shared vectors."""

from fractions import Fraction
from typing import Any

import pytest

from hypernode.domain.metering import Meter, expected, is_excessive
from hypernode.domain.sentence import (
    Frozen,
    exposure,
    factor,
    is_covered,
    pool_share,
    price,
    sentence,
)
from tests.support.documents import vectors
from tests.unit.domain.test_verdict import decision_of

VECTORS = vectors("sentence")


@pytest.mark.parametrize("case", VECTORS["factors"])
def test_factors_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    members = (case["audit_bps"], case["oracles"], case["quorum"])
    assert factor(*members, replicated=case["replicated"]) == case["factor"]


def test_an_expected_loss_is_at_least_twice_the_gain() -> None:
    """d as the page writes it: a x (n - k + 1) / n x 3/4, times 2/5 for replica jobs."""
    for case in VECTORS["factors"]:
        if case["audit_bps"]:
            oracles, quorum = case["oracles"], case["quorum"]
            found = Fraction(case["audit_bps"], 10_000) * Fraction(oracles - quorum + 1, oracles)
            found *= Fraction(3, 4) * (Fraction(2, 5) if case["replicated"] else 1)
            assert case["factor"] * found >= 2
            assert case["factor"] == 2 * quorum + 3 or (case["factor"] - 1) * found < 2


@pytest.mark.parametrize("case", VECTORS["money"], ids=lambda case: case["name"])
def test_money_is_that_of_the_vectors(case: dict[str, Any]) -> None:
    job = Frozen(**{name: int(value) for name, value in case["job"].items()})
    decision = decision_of(case["decision"])
    found = sentence(job, decision, int(case["stake"]))
    assert (price(job, decision), found) == (int(case["price"]), int(case["sentence"]))
    assert exposure(job.rate, job.timeout_seconds, job.factor) == int(case["exposure"])
    assert pool_share(found, job.rate, decision.own, job.quorum) == int(case["pool_share"])


@pytest.mark.parametrize("case", VECTORS["covered"])
def test_cover_is_that_of_the_vectors(case: dict[str, Any]) -> None:
    members = (int(case["exposure"]), int(case["stake"]), int(case["held"]), case["fraud_bps"])
    assert is_covered(*members) is case["covered"]


def test_a_nodes_ratio_goes_as_in_the_vectors() -> None:
    meter = Meter()
    for step in VECTORS["meter"]:
        meter = meter.record(step["seconds"], step["own"])
        assert (meter.node_ms, meter.own_ms) == (int(step["node_ms"]), int(step["own_ms"]))
        assert meter.ratio_bps == int(step["ratio_bps"])
    for step in VECTORS["confirmed"]:
        confirmed = meter.confirmed(step["seconds"], step["own"])
        assert (confirmed.node_ms, confirmed.own_ms) == (int(step["node_ms"]), int(step["own_ms"]))
        assert confirmed.ratio_bps == int(step["ratio_bps"])


@pytest.mark.parametrize("case", VECTORS["excess"])
def test_excess_is_that_of_the_vectors(case: dict[str, Any]) -> None:
    found = is_excessive(case["seconds"], case["own"], case["baseline_bps"])
    assert found is case["is_excessive"]
    assert expected(case["own"], case["baseline_bps"]) == int(case["expected"])


def test_a_new_node_has_the_ratio_one() -> None:
    assert Meter().ratio_bps == 10_000
