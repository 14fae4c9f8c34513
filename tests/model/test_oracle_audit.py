"""For any job: whether an oracle runs it again is fixed by its secret and the receipt, by nothing else."""

import hashlib
import math
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from hypernode.chain.generated.markets import Job, Market, Node
from hypernode.domain.types import Address, address_of
from hypernode_oracle.journal import Journal
from hypernode_oracle.verification.audit import BPS, AuditPolicy, audit_bps, drawn
from tests.support.accounts import a_market
from tests.support.claims import JOB, a_claim

U64 = st.integers(0, 2**64 - 1)
U32 = st.integers(0, 2**32 - 1)
RATES = st.integers(0, BPS)
DIGESTS = st.binary(min_size=32, max_size=32)
ADDRESSES = DIGESTS.map(address_of)
JOBS = st.builds(
    lambda receipt_hash, sequence: replace(a_claim().job, receipt_hash=receipt_hash, sequence=sequence),
    DIGESTS,
    U64,
)
DRAWS = 2_000
# Standard deviations that a share of that many draws may be off: once in two million honest examples.
FAR = 5


def policy(least: int = 500, above: int = 10**6, newcomer: int = 10) -> AuditPolicy:
    return AuditPolicy(least, above, newcomer)


def a_node(ok: int = 0, rejected: int = 0, timed_out: int = 0) -> Node:
    node = a_claim().node
    return replace(node, reputation=replace(node.reputation, ok=ok, rejected=rejected, timed_out=timed_out))


def market(bps: int) -> Market:
    return a_market(audit_bps=bps)


def share_is(hits: int, probability: float) -> bool:
    spread = math.sqrt(DRAWS * probability * (1 - probability))
    return abs(hits - DRAWS * probability) <= FAR * spread + 1


def receipts(seed: bytes) -> list[Job]:
    """One job with many receipts that its node might have committed to."""
    job = a_claim().job
    return [
        replace(job, receipt_hash=hashlib.sha256(seed + number.to_bytes(4, "little")).digest())
        for number in range(DRAWS)
    ]


@given(DIGESTS, ADDRESSES, JOBS, RATES, U64, U64)
def test_the_draw_depends_on_the_secret_the_job_and_its_receipt_alone(
    salt: bytes, address: Address, job: Job, rate: int, time: int, price: int
) -> None:
    first = drawn(salt, address, job, rate)
    assert drawn(salt, address, job, rate) is first
    elsewhen = replace(job, submitted_at=time, cap=price, seconds_used=time % 100, verdict_deadline=price)
    assert drawn(salt, address, elsewhen, rate) is first


@given(DIGESTS, ADDRESSES, JOBS, RATES, RATES)
def test_whoever_is_drawn_at_a_rate_is_drawn_at_every_higher_one(
    salt: bytes, address: Address, job: Job, one: int, other: int
) -> None:
    low, high = sorted((one, other))
    assert drawn(salt, address, job, low) <= drawn(salt, address, job, high)


@given(DIGESTS, ADDRESSES, JOBS)
def test_nothing_is_drawn_at_nought_and_everything_at_a_hundred_percent(
    salt: bytes, address: Address, job: Job
) -> None:
    assert not drawn(salt, address, job, 0)
    assert drawn(salt, address, job, BPS)


@settings(max_examples=25)
@given(DIGESTS, DIGESTS, st.integers(200, 9_800))
def test_before_the_receipt_the_draw_is_as_open_as_its_rate(salt: bytes, seed: bytes, rate: int) -> None:
    hits = sum(drawn(salt, JOB, job, rate) for job in receipts(seed))
    assert share_is(hits, rate / BPS)


@settings(max_examples=25)
@given(DIGESTS, DIGESTS, st.integers(200, 9_800))
def test_over_many_jobs_the_share_is_the_rate(salt: bytes, seed: bytes, rate: int) -> None:
    job = a_claim().job
    addresses = (
        address_of(hashlib.sha256(seed + bytes([at >> 8, at & 255])).digest()) for at in range(DRAWS)
    )
    assert share_is(sum(drawn(salt, address, job, rate) for address in addresses), rate / BPS)


@settings(max_examples=25)
@given(DIGESTS, DIGESTS, DIGESTS, st.integers(2_000, 8_000))
def test_one_oracles_draws_tell_nothing_of_anothers(
    salt: bytes, other: bytes, seed: bytes, rate: int
) -> None:
    if salt == other:
        return
    both = sum(drawn(salt, JOB, job, rate) and drawn(other, JOB, job, rate) for job in receipts(seed))
    assert share_is(both, (rate / BPS) ** 2)


def test_every_oracle_has_a_secret_of_its_own() -> None:
    salts = {Journal(None).salt() for _ in range(20)}
    assert len(salts) == 20
    assert {len(salt) for salt in salts} == {32}


@given(U32, U32, U32, RATES, st.integers(0, 100), U64)
def test_a_nodes_first_jobs_are_always_run_again(
    ok: int, rejected: int, timed_out: int, bps: int, newcomer: int, price: int
) -> None:
    job = replace(a_claim().job, cap=price)
    chance = audit_bps(policy(newcomer=newcomer), job, a_node(ok, rejected, timed_out), market(bps))
    assert (ok + rejected + timed_out >= newcomer) or chance == BPS


@given(U64, U64, RATES)
def test_what_is_worth_much_is_always_run_again(price: int, above: int, bps: int) -> None:
    job = replace(a_claim().job, cap=price)
    chance = audit_bps(policy(above=above), job, a_node(ok=10), market(bps))
    assert (chance == BPS) is (price > above or max(500, bps) == BPS)


@given(RATES, RATES, RATES)
def test_the_rest_is_run_again_at_the_markets_rate_and_never_below_the_floor(
    least: int, one: int, other: int
) -> None:
    job, seasoned, rules = a_claim().job, a_node(ok=10), policy(least=least)
    low, high = (audit_bps(rules, job, seasoned, market(bps)) for bps in sorted((one, other)))
    assert least <= low <= high
    assert high == max(least, one, other)
    assert audit_bps(rules, job, seasoned, None) == least
