"""create_job: a job locks its whole cap, and nothing that could not be paid or ended is posted."""

from typing import Any

import pytest

from hypernode.chain import addresses
from hypernode.chain.generated.markets import JobCreated
from hypernode.chain.generated.markets.errors import (
    BadGpu,
    BadPrice,
    BadTimeout,
    EmptySpec,
    InsufficientFunds,
    NotOwner,
    RateTooLow,
)
from hypernode.chain.instruction import AccountMeta
from hypernode.domain.status import JobStatus
from hypernode.domain.types import ZERO_ADDRESS, GpuVendor
from tests.programs.cookies import BuyerCookie, MarketCookie, a_buyer, a_market
from tests.programs.jobs import CAP, RATE, SPEC_HASH, TIMEOUT, JobCookie, a_job
from tests.programs.world import DAY, HYPER, World


def test_a_job_freezes_the_terms_it_was_posted_under(world: World, posted: JobCookie) -> None:
    state, terms = posted.state, posted.market.terms
    assert (state.buyer, state.market) == (posted.buyer.owner.address, posted.market.address)
    assert (state.status, state.attempt, state.node) == (JobStatus.POSTED, 0, ZERO_ADDRESS)
    assert (state.spec_hash, state.cap, state.rate) == (SPEC_HASH, CAP, RATE)
    assert (state.timeout_seconds, state.grace) == (TIMEOUT, terms.grace)
    assert (state.start_allowance, state.max_attempts) == (terms.start_allowance, terms.max_attempts)
    assert (state.verdict_window, state.late_window) == (terms.verdict_floor + 8 * TIMEOUT, DAY)
    assert (state.protocol_bps, state.stakers_bps, state.operations_bps) == (1_000, 100, 500)
    repeat = terms.start_allowance + TIMEOUT + terms.grace
    assert (state.created_at, state.expires_at) == (world.now, world.now + terms.job_ttl + repeat)


def test_posting_locks_the_cap_and_moves_no_token(
    world: World, buyer: BuyerCookie, market: MarketCookie
) -> None:
    job = a_job(world, buyer=buyer, market=market)
    assert (buyer.state.available, buyer.state.locked) == (10 * HYPER - CAP, CAP)
    assert world.tokens(buyer.vault) == 10 * HYPER
    (event,) = job.events
    assert isinstance(event, JobCreated)
    assert (event.job, event.sequence, event.cap) == (job.address, job.state.sequence, CAP)
    assert event.new_status is JobStatus.POSTED


def test_every_job_of_a_buyer_has_the_next_sequence(
    world: World, buyer: BuyerCookie, market: MarketCookie
) -> None:
    first = buyer.state.sequence
    jobs = [a_job(world, nonce=nonce, buyer=buyer, market=market) for nonce in (5, 3, 9)]
    assert [job.state.sequence for job in jobs] == [first, first + 1, first + 2]


def test_the_same_nonce_posts_once(world: World, posted: JobCookie) -> None:
    """A client that never saw its confirmation may send again: it cannot pay twice."""
    world.refuse("AccountAlreadyInUse", [posted.create_ix()], [posted.buyer.owner], "the same nonce")
    assert posted.buyer.state.locked == CAP


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"rate": 0}, RateTooLow),
        ({"rate": 2**64 // TIMEOUT + 1}, BadPrice),
        ({"timeout_seconds": 9}, BadTimeout),
        ({"timeout_seconds": 3_601}, BadTimeout),
        ({"spec_hash": bytes(32)}, EmptySpec),
        ({"gpu_vendor": GpuVendor.NONE, "gpu_count": 1}, BadGpu),
        ({"gpu_vendor": GpuVendor.NONE, "min_vram_mib": 1}, BadGpu),
        ({"gpu_vendor": GpuVendor.AMD, "gpu_count": 0}, BadGpu),
        ({"gpu_vendor": 3, "gpu_count": 1}, BadGpu),
    ],
    ids=str,
)
def test_a_request_that_makes_no_sense_is_refused(
    world: World, buyer: BuyerCookie, market: MarketCookie, changes: dict[str, object], error: type
) -> None:
    job = JobCookie(world, buyer, market, 1)
    world.refuse(error, [job.create_ix(**changes)], [buyer.owner])


@pytest.mark.parametrize(
    "changes",
    [
        {"rate": 1},
        {"timeout_seconds": 10},
        {"timeout_seconds": 3_600},
        {"gpu_vendor": GpuVendor.AMD, "gpu_count": 1, "min_vram_mib": 0},
        {"gpu_vendor": GpuVendor.NVIDIA, "gpu_count": 255, "min_vram_mib": 2**32 - 1},
    ],
    ids=str,
)
def test_a_request_at_its_bounds_is_taken(
    world: World, buyer: BuyerCookie, market: MarketCookie, changes: dict[str, Any]
) -> None:
    a_job(world, buyer=buyer, market=market, **changes)


def test_a_markets_price_is_a_floor(world: World, buyer: BuyerCookie) -> None:
    market = a_market(world, "dear", price_per_second=RATE + 1)
    job = JobCookie(world, buyer, market, 1)
    world.refuse(RateTooLow, [job.create_ix()], [buyer.owner])
    job.create(rate=RATE + 1)


def test_even_a_free_market_takes_no_free_job(world: World, buyer: BuyerCookie) -> None:
    market = a_market(world, "free", price_per_second=0)
    world.refuse(BadPrice, [JobCookie(world, buyer, market, 1).create_ix(rate=0)], [buyer.owner])


def test_no_more_is_locked_than_is_free(world: World, market: MarketCookie) -> None:
    buyer = a_buyer(world, deposit=CAP + CAP - 1)
    a_job(world, buyer=buyer, market=market)
    second = JobCookie(world, buyer, market, 2)
    world.refuse(InsufficientFunds, [second.create_ix()], [buyer.owner])
    buyer.deposit(1)
    second.create()


def test_a_stranger_posts_nothing_on_anothers_account(
    world: World, buyer: BuyerCookie, market: MarketCookie
) -> None:
    stranger = a_buyer(world, "stranger")
    create = JobCookie(world, stranger, market, 1).create_ix()
    index = [meta.address for meta in create.accounts].index(stranger.address)
    bent = create.with_account(index, AccountMeta(buyer.address, writable=True))
    world.refuse(NotOwner, [bent], [stranger.owner])


def test_a_sponsor_pays_the_rent_and_gets_it_back(
    world: World, buyer: BuyerCookie, market: MarketCookie
) -> None:
    sponsor = world.funded("sponsor")
    before, owner_before = world.lamports(sponsor.address), world.lamports(buyer.owner.address)
    job = JobCookie(world, buyer, market, 1)
    fee_payer = world.funded("fee payer")
    world.run([job.create_ix(payer=sponsor.address)], [fee_payer, buyer.owner, sponsor])
    assert job.state.payer == sponsor.address
    assert world.lamports(sponsor.address) == before - world.lamports(job.address)
    world.at(job.state.expires_at + 1)
    job.expire()
    assert world.lamports(sponsor.address) == before
    assert world.lamports(buyer.owner.address) == owner_before


def test_the_address_of_a_job_is_known_beforehand(posted: JobCookie) -> None:
    assert posted.address == addresses.job(posted.buyer.owner.address, posted.nonce)
