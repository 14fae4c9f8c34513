"""The arithmetic of rewards: vectors that Rust checks too, flows, and the estimated yield."""

from dataclasses import dataclass

import pytest

from hypernode.domain.rewards import claimable, due, flow_rate, grow, pending, yield_bps
from hypernode.domain.staking import DAY
from tests.support.documents import vectors

VECTORS = vectors("rewards")
HYPER = 10**6


@dataclass(frozen=True)
class Stake:
    weight: int
    reward_index: int = 0
    owed: int = 0


@dataclass(frozen=True)
class Flow:
    total: int
    flowed: int = 0
    starts_at: int = 0
    ends_at: int = 100


@pytest.mark.parametrize("case", VECTORS["grow"])
def test_the_index_grows_as_in_the_vectors(case):
    found = grow(int(case["index"]), int(case["remainder"]), int(case["amount"]), int(case["total_weight"]))
    assert found == (int(case["new_index"]), int(case["new_remainder"]))


@pytest.mark.parametrize("case", VECTORS["accrued"])
def test_a_weight_earns_as_in_the_vectors(case):
    stake = Stake(int(case["weight"]), int(case["then"]), owed=5)
    assert claimable(stake, int(case["now"])) == int(case["earned"]) + 5


@pytest.mark.parametrize(
    ("now", "expected"), [(-5, 0), (0, 0), (1, 10), (33, 330), (99, 990), (100, 1000), (500, 1000)]
)
def test_an_amount_flows_evenly_and_whole(now, expected):
    assert due(Flow(1000), now) == expected
    assert due(Flow(1000, flowed=200), now) == max(0, expected - 200)
    assert due(Flow(1000, flowed=1000), now) == 0


@pytest.mark.parametrize(
    ("now", "seconds", "expected"), [(0, 50, 500), (0, 500, 1000), (90, 50, 100), (100, 50, 0)]
)
def test_what_flows_next_ends_with_the_flow(now, seconds, expected):
    assert flow_rate(Flow(1000), now, seconds) == expected


def test_pending_counts_what_a_distribution_would_bring():
    stake = Stake(3 * HYPER)
    assert pending(stake, 0, 0, [Flow(400)], 4 * HYPER, 100) == 300
    assert pending(stake, 0, 0, [Flow(400)], HYPER - 1, 100) == 0


def test_the_yield_is_a_year_of_the_same():
    assert yield_bps(100, 30 * DAY, 10_000) == 1216
    assert yield_bps(100, 30 * DAY, 0) == 0
    assert yield_bps(100, 0, 10_000) == 0
