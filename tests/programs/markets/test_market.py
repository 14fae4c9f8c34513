"""create_market, update_market, close_market: anyone opens one; only its creator changes it."""

from dataclasses import replace

import pytest

from hypernode.chain import instructions
from hypernode.chain.generated.markets.errors import BadMarketTerms, NotCreator, NotMatcher, WrongPayer
from hypernode.chain.instruction import AccountMeta
from tests.programs.cookies import MarketCookie, NodeCookie, a_market
from tests.programs.jobs import JobCookie, a_job
from tests.programs.world import DAY, World

WRONG = [
    {"min_timeout_seconds": 0},
    {"min_timeout_seconds": 3_601},
    {"max_timeout_seconds": 7 * DAY + 1},
    {"job_ttl": 59},
    {"job_ttl": 30 * DAY + 1},
    {"start_allowance": 9},
    {"start_allowance": DAY + 1},
    {"grace": 29},
    {"grace": DAY + 1},
    {"verdict_floor": 599},
    {"verdict_floor": 3 * DAY + 1},
    {"audit_bps": 499},
    {"audit_bps": 10_001},
    {"min_reputation": 1_001},
    {"max_attempts": 0},
    {"max_attempts": 6},
]
EXTREME = [
    {"min_timeout_seconds": 1, "max_timeout_seconds": 1},
    {"max_timeout_seconds": 7 * DAY, "start_allowance": DAY, "grace": DAY, "verdict_floor": 3 * DAY},
    {"job_ttl": 60},
    {"job_ttl": 30 * DAY},
    {"start_allowance": 10},
    {"grace": 30},
    {"verdict_floor": 600},
    {"audit_bps": 10_000},
    {"min_reputation": 1_000},
    {"max_attempts": 5},
    {"min_stake": 2**64 - 1},
]


def test_it_holds_what_its_creator_decided(world: World) -> None:
    market = a_market(world, "fast", price_per_second=7)
    state = market.state
    assert state.creator == state.payer == market.creator.address
    assert state.market_id == b"fast".ljust(32, b"\0")
    for name, value in vars(market.terms).items():
        assert getattr(state, name) == value


@pytest.mark.parametrize("change", WRONG, ids=str)
def test_a_parameter_out_of_range_is_refused(
    world: World, market: MarketCookie, change: dict[str, object]
) -> None:
    creator, terms = market.creator, replace(market.terms, **change)  # type: ignore[arg-type]
    create = instructions.create_market(
        creator=creator.address, matcher=terms.matcher, market_id=b"\7" * 32, terms=terms
    )
    world.refuse(BadMarketTerms, [create], [creator, market.matcher])
    world.refuse(BadMarketTerms, [market.update_ix(terms)], [creator, market.matcher])


def test_no_market_names_a_matcher_that_has_not_signed(world: World, market: MarketCookie) -> None:
    """Or buyers post jobs where no matcher works."""
    stranger = world.funded("stranger")
    create = instructions.create_market(
        creator=stranger.address, matcher=stranger.address, market_id=b"\7" * 32, terms=market.terms
    )
    world.refuse(NotMatcher, [create], [stranger])
    taken = replace(market.terms, matcher=stranger.address)
    update = market.update_ix(taken).with_account(1, AccountMeta(market.matcher.address, signer=True))
    world.refuse(NotMatcher, [update], [market.creator, market.matcher])


@pytest.mark.parametrize("change", EXTREME, ids=str)
def test_a_parameter_at_its_bound_is_taken(
    world: World, market: MarketCookie, change: dict[str, object]
) -> None:
    terms = replace(market.terms, **{"min_timeout_seconds": 1, **change})  # type: ignore[arg-type]
    world.run([market.update_ix(terms)], [market.creator, market.matcher])


def test_one_creator_has_many_markets_and_two_creators_the_same_id(world: World) -> None:
    first, second = a_market(world, "one"), a_market(world, "two")
    both = instructions.create_market(
        creator=second.creator.address,
        matcher=second.matcher.address,
        market_id=b"one".ljust(32, b"\0"),
        terms=second.terms,
    )
    world.run([both], [second.creator, second.matcher])
    assert first.address != second.address


def test_a_change_holds_for_future_jobs_only(world: World, posted: JobCookie, market: MarketCookie) -> None:
    before = posted.state
    terms = replace(market.terms, job_ttl=60, start_allowance=10, grace=31, verdict_floor=600, max_attempts=1)
    world.run([market.update_ix(terms)], [market.creator, market.matcher])
    assert posted.state == before
    later = a_job(world, nonce=2, buyer=posted.buyer, market=market).state
    assert (later.start_allowance, later.grace, later.max_attempts) == (10, 31, 1)
    assert later.expires_at == world.now + 60


def test_a_new_matcher_matches_and_the_old_one_no_more(
    world: World, posted: JobCookie, market: MarketCookie, node: NodeCookie
) -> None:
    successor = world.funded("successor")
    terms = replace(market.terms, matcher=successor.address)
    world.run([market.update_ix(terms)], [market.creator, successor])
    world.refuse("NotMatcher", [posted.assign_ix(node)], [node.worker_key, market.matcher])
    renewed = replace(market, matcher=successor, terms=terms)
    JobCookie(world, posted.buyer, renewed, posted.nonce).assign(node)


@pytest.mark.parametrize("action", ["update", "close"])
def test_only_its_creator_touches_it(world: World, market: MarketCookie, action: str) -> None:
    stranger = world.funded("stranger")
    signers = [stranger]
    if action == "update":
        batch = [market.update_ix(market.terms, stranger)]
        signers.append(market.matcher)
    else:
        batch = [
            instructions.close_market(
                creator=stranger.address, market=market.address, payer=market.creator.address
            )
        ]
    world.refuse(NotCreator, batch, signers)


def test_closing_gives_the_rent_to_who_paid_it(world: World) -> None:
    creator, sponsor = world.funded("poor creator"), world.funded("sponsor")
    market = a_market(world)
    market_id = b"sponsored".ljust(32, b"\0")
    create = instructions.create_market(
        creator=creator.address,
        matcher=market.matcher.address,
        market_id=market_id,
        terms=market.terms,
        payer=sponsor.address,
    )
    world.run([create], [creator, sponsor, market.matcher])
    address = create.accounts[4].address
    rent, before = world.lamports(address), world.lamports(sponsor.address)
    close = instructions.close_market(creator=creator.address, market=address, payer=creator.address)
    world.refuse(WrongPayer, [close], [creator])
    close = instructions.close_market(creator=creator.address, market=address, payer=sponsor.address)
    world.run([close], [creator])
    assert world.lamports(sponsor.address) == before + rent
    assert not world.exists(address)


def test_a_closed_market_takes_no_job_and_assigns_none(
    world: World, posted: JobCookie, market: MarketCookie, node: NodeCookie
) -> None:
    close = instructions.close_market(creator=market.creator.address, market=market.address)
    world.run([close], [market.creator])
    another = JobCookie(world, posted.buyer, market, 2)
    world.refuse(
        "UninitializedAccount", [another.create_ix()], [posted.buyer.owner], "a job in a closed market"
    )
    world.refuse(
        "UninitializedAccount",
        [posted.assign_ix(node)],
        [node.worker_key, market.matcher],
        "an assignment there",
    )
    posted.cancel()


def test_a_job_belongs_to_the_market_it_was_posted_in(
    world: World, posted: JobCookie, node: NodeCookie
) -> None:
    other = a_market(world, "other")
    assign = posted.assign_ix(node)
    index = [meta.address for meta in assign.accounts].index(posted.market.address)
    matcher = [meta.address for meta in assign.accounts].index(posted.market.matcher.address)
    bent = assign.with_account(index, AccountMeta(other.address))
    bent = bent.with_account(matcher, AccountMeta(other.matcher.address, signer=True))
    world.refuse(
        "WrongAccountForJob", [bent], [node.worker_key, other.matcher], "the matcher of another market"
    )
