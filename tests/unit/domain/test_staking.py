import pytest

from hypernode.domain.money import HYPER
from hypernode.domain.staking import DAY, capacity, multiplier_bps, stake_tier, weight
from hypernode.errors import InvalidDuration
from tests.support.documents import vectors

VECTORS = vectors("stake_weight")


@pytest.mark.parametrize("case", VECTORS["weights"])
def test_weight_is_the_one_of_the_vectors(case):
    assert multiplier_bps(case["duration"]) == case["multiplier_bps"]
    assert weight(int(case["amount"]), case["duration"]) == int(case["weight"])


def test_a_year_gives_four_times_the_weight():
    assert weight(10_000 * HYPER, 365 * DAY) == 40_000 * HYPER


@pytest.mark.parametrize("duration", [0, 14 * DAY - 1, 365 * DAY + 1])
def test_other_durations_are_refused(duration):
    with pytest.raises(InvalidDuration):
        weight(HYPER, duration)


@pytest.mark.parametrize("case", VECTORS["capacity"])
def test_capacity_tiers(case):
    assert capacity(int(case["stake"])) == case["jobs"]


@pytest.mark.parametrize("case", VECTORS["tiers"])
def test_stake_tiers(case):
    assert stake_tier(int(case["weight"])) == case["tier"]
