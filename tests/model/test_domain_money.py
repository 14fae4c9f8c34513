"""Properties of amounts, splits, stakes and reputation: no dust, no overflow, bounds kept."""

from hypothesis import given
from hypothesis import strategies as st

from hypernode.domain.money import U64_MAX, format_hyper, parse_hyper
from hypernode.domain.pricing import MAX_FEE_BPS, FeeShares, job_price, split_price
from hypernode.domain.reputation import (
    MAX_PENALTY,
    PROBATION_JOBS,
    PROBATION_SCORE,
    AttemptOutcome,
    Reputation,
)
from hypernode.domain.staking import DAY, capacity, weight

amounts = st.integers(0, U64_MAX)


@st.composite
def fee_shares(draw):
    protocol = draw(st.integers(0, MAX_FEE_BPS))
    operations = draw(st.integers(0, MAX_FEE_BPS - protocol))
    return FeeShares(protocol, draw(st.integers(0, protocol)), operations)


@given(amounts)
def test_text_of_an_amount_is_read_back(amount):
    assert parse_hyper(format_hyper(amount)) == amount


@given(amounts, fee_shares())
def test_a_split_adds_up_to_the_price_and_takes_from_nobody(price, shares):
    split = split_price(price, shares)
    assert split.node + split.treasury + split.stakers + split.operations == price
    assert min(split.node, split.treasury, split.stakers, split.operations) >= 0
    assert split.protocol * 10_000 <= price * shares.protocol_bps
    assert split.operations * 10_000 <= price * shares.operations_bps


@given(amounts, st.integers(0, 2**32 - 1), amounts)
def test_a_job_never_pays_more_than_was_locked(rate, seconds, cap):
    assert 0 <= job_price(rate, seconds, cap) <= cap


@given(amounts, st.integers(14 * DAY, 365 * DAY), st.integers(0, DAY))
def test_weight_lies_between_one_and_four_times_and_grows_with_commitment(amount, duration, longer):
    least = weight(amount, duration)
    assert amount <= least <= 4 * amount
    assert least <= weight(amount, min(duration + longer, 365 * DAY))


@given(amounts, amounts)
def test_a_larger_stake_never_allows_fewer_jobs(one, other):
    low, high = sorted((one, other))
    assert capacity(low) <= capacity(high)


steps = st.tuples(
    st.sampled_from(AttemptOutcome),
    st.integers(0, 40 * DAY),
    st.integers(0, 7 * DAY),
    st.integers(0, 7 * DAY),
    st.none() | st.integers(-5, 1_000),
)


@given(st.lists(steps, max_size=30))
def test_reputation_stays_in_bounds_whatever_happens(life):
    now = 1_767_225_600
    reputation = Reputation(updated_at=now)
    for outcome, later, up, down, latency in life:
        now += later
        reputation = reputation.record(outcome, now, up_seconds=up, down_seconds=down, start_latency=latency)
        assert 0 <= reputation.score <= 1_000
        assert 0 <= reputation.penalty <= MAX_PENALTY
        assert 0 <= reputation.latency_bps <= 10_000
        assert reputation.jobs >= PROBATION_JOBS or reputation.score <= PROBATION_SCORE
    uncounted = (AttemptOutcome.DECLINED, AttemptOutcome.UNAUDITED)
    assert reputation.jobs == sum(step[0] not in uncounted for step in life)


@given(st.lists(steps, max_size=10))
def test_a_rejection_never_raises_the_score(life):
    now = 1_767_225_600
    reputation = Reputation(updated_at=now)
    for outcome, later, up, down, latency in life:
        now += later
        reputation = reputation.record(outcome, now, up_seconds=up, down_seconds=down, start_latency=latency)
    if reputation.jobs >= PROBATION_JOBS:
        assert reputation.record(AttemptOutcome.REJECTED, now).score <= reputation.score
