import dataclasses

import pytest

from hypernode.domain.reputation import DAY, AttemptOutcome, Reputation, fade, latency_bps, tier, weigh
from tests.support.documents import vectors

VECTORS = vectors("reputation")
BORN = 1_767_225_600


@pytest.mark.parametrize("case", VECTORS["scores"], ids=lambda case: case["name"])
def test_score_is_the_one_of_the_vectors(case):
    reputation = Reputation(**case["state"])
    assert reputation.completion_bps == case["completion_bps"]
    assert reputation.uptime_bps == case["uptime_bps"]
    assert reputation.score == case["score"]
    assert tier(reputation.score).label == case["tier"]


@pytest.mark.parametrize("case", VECTORS["weighed"])
def test_weights_are_60_30_10(case):
    score = weigh(case["completion_bps"], case["uptime_bps"], case["latency_bps"])
    assert (score, tier(score).label) == (case["score"], case["tier"])


@pytest.mark.parametrize("case", VECTORS["latency"])
def test_latency_is_clamped_to_one_and_ten_seconds(case):
    assert latency_bps(case["seconds"]) == case["latency_bps"]


@pytest.mark.parametrize("case", VECTORS["fading"])
def test_the_past_fades_over_thirty_days(case):
    assert fade(case["value"], case["elapsed"]) == case["faded"]


@pytest.mark.parametrize("case", VECTORS["tiers"])
def test_tier_cuts(case):
    assert tier(case["score"]).label == case["tier"]


def test_a_life_goes_as_in_the_vectors():
    reputation = Reputation(updated_at=BORN)
    for step in VECTORS["life"]:
        reputation = reputation.record(
            AttemptOutcome(step["outcome"]),
            step["now"],
            up_seconds=step["up_seconds"],
            down_seconds=step["down_seconds"],
            start_latency=step["start_latency"],
        )
        assert dataclasses.asdict(reputation) == step["state"]
        assert reputation.score == step["score"]


def test_a_new_node_starts_at_500():
    assert Reputation().score == 500


def test_a_clock_that_steps_back_fades_nothing():
    seasoned = Reputation(up_seconds=1_000, penalty=100, updated_at=BORN)
    after = seasoned.record(AttemptOutcome.OK, BORN - 50, up_seconds=10)
    assert (after.up_seconds, after.penalty) == (1_010, 100)


def test_wash_jobs_fade_no_penalty():
    """A hundred jobs in a hundred seconds: rounding down each time would have forgotten the rejection."""
    washed = Reputation(penalty=100, updated_at=BORN)
    for second in range(1, 101):
        washed = washed.record(AttemptOutcome.UNAUDITED, BORN + second, up_seconds=1)
    assert washed.penalty == 100


@pytest.mark.parametrize("every", [60, 3_600, DAY - 1, DAY, 3 * DAY])
def test_frequent_updates_fade_no_faster(every):
    """However often a node works, 15 days fade at most half of a penalty."""
    busy = Reputation(penalty=1_000, updated_at=BORN)
    for now in range(BORN + every, BORN + 15 * DAY + 1, every):
        busy = busy.record(AttemptOutcome.UNAUDITED, now)
    assert busy.penalty >= 500


def test_tiers_are_ordered():
    assert tier(947) > tier(800) > tier(600) > tier(300) > tier(100)
