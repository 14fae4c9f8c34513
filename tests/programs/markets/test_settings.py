"""set_fees, set_pause, rotate_oracles: what the authority may change, and what it may not reach."""

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.markets import Config, MinRateSet, OracleSet, OraclesRotated
from hypernode.chain.generated.markets.errors import (
    BadFees,
    BadMinRate,
    BadOracleSet,
    BadPauseFlags,
    NotAuthority,
    Paused,
    RateTooLow,
    RotatedRecently,
    SameDestination,
)
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.domain.types import ZERO_ADDRESS, Address
from tests.programs.cookies import BuyerCookie, MarketCookie, NodeCookie, a_node, an_operator
from tests.programs.jobs import JobCookie, a_job
from tests.programs.world import MOST_MIN_RATE, ROTATION_PAUSE, World, named_key


def set_fees(world: World, authority: Key | None = None, **changes: object) -> Instruction:
    arguments: dict[str, object] = {
        "authority": (authority or world.authority).address,
        "treasury": world.treasury,
        "stakers": world.stakers,
        "operations": world.market_operations,
        "protocol_bps": 800,
        "stakers_bps": 80,
        "operations_bps": 200,
    }
    return instructions.set_fees(**{**arguments, **changes})  # type: ignore[arg-type]


def rotate(world: World, oracles: list[Address], threshold: int, authority: Key | None = None) -> Instruction:
    return instructions.rotate_oracles(
        authority=(authority or world.authority).address,
        threshold=threshold,
        oracles=oracles,
    )


def test_new_fees_hold_for_new_jobs_only(
    world: World, posted: JobCookie, node: NodeCookie, market: MarketCookie
) -> None:
    world.run([set_fees(world)], [world.authority])
    later = a_job(world, nonce=2, buyer=posted.buyer, market=market)
    assert (posted.state.protocol_bps, later.state.protocol_bps) == (1_000, 800)
    posted.assign(node).submit(100).settle()
    account = posted.buyer.state
    assert (account.treasury_due, account.stakers_due, account.operations_due) == (90, 10, 50)
    later.assign(node).submit(100).settle()
    account = posted.buyer.state
    assert (account.treasury_due, account.stakers_due, account.operations_due) == (90 + 72, 18, 70)


def test_fees_may_be_nothing(world: World, posted: JobCookie, market: MarketCookie, node: NodeCookie) -> None:
    world.run([set_fees(world, protocol_bps=0, stakers_bps=0, operations_bps=0)], [world.authority])
    free = a_job(world, nonce=2, buyer=posted.buyer, market=market)
    free.assign(node).submit(100).settle()
    assert node.earned == 1_000


@pytest.mark.parametrize("shares", [(10_001, 0, 0), (9_999, 0, 2), (1, 2, 0)])
def test_shares_beyond_the_price_are_refused(world: World, shares: tuple[int, int, int]) -> None:
    protocol, stakers, operations = shares
    batch = [set_fees(world, protocol_bps=protocol, stakers_bps=stakers, operations_bps=operations)]
    world.refuse(BadFees, batch, [world.authority])


def test_one_account_for_two_fees_is_refused(world: World) -> None:
    world.refuse(SameDestination, [set_fees(world, operations=world.treasury)], [world.authority])


def test_a_stranger_sets_no_fees(world: World) -> None:
    stranger = world.funded("stranger")
    world.refuse(NotAuthority, [set_fees(world, stranger)], [stranger])


@pytest.mark.parametrize("flags", [1, 3])
def test_a_pause_of_jobs_stops_new_jobs(
    world: World, buyer: BuyerCookie, market: MarketCookie, flags: int
) -> None:
    world.run([instructions.set_pause(authority=world.authority.address, flags=flags)], [world.authority])
    job = JobCookie(world, buyer, market, 1)
    world.refuse(Paused, [job.create_ix()], [buyer.owner])
    world.run([instructions.set_pause(authority=world.authority.address, flags=0)], [world.authority])
    job.create()


@pytest.mark.parametrize("flags", [2, 3])
def test_a_pause_of_nodes_stops_new_nodes(world: World, flags: int) -> None:
    world.run([instructions.set_pause(authority=world.authority.address, flags=flags)], [world.authority])
    node = an_operator(world)
    world.refuse(Paused, [node.register_ix()], [node.operator])
    world.run([instructions.set_pause(authority=world.authority.address, flags=0)], [world.authority])
    world.run([node.register_ix()], [node.operator])


def test_each_flag_stops_only_its_own(world: World, buyer: BuyerCookie, market: MarketCookie) -> None:
    node = an_operator(world)
    world.run([instructions.set_pause(authority=world.authority.address, flags=1)], [world.authority])
    world.run([node.register_ix()], [node.operator])
    world.run([instructions.set_pause(authority=world.authority.address, flags=2)], [world.authority])
    a_job(world, buyer=buyer, market=market)


def test_the_minimum_rate_holds_in_every_market_for_new_jobs(
    world: World, buyer: BuyerCookie, market: MarketCookie
) -> None:
    """Jobs below it would take the oracles' places for next to nothing."""
    authority = world.authority
    posted = a_job(world, buyer=buyer, market=market)
    least = posted.state.rate + 1
    (event,) = world.run(
        [instructions.set_min_rate(authority=authority.address, min_rate=least)], [authority]
    )
    assert isinstance(event, MinRateSet)
    assert (event.old_min_rate, event.min_rate) == (0, least)
    job = JobCookie(world, buyer, market, 2)
    world.refuse(RateTooLow, [job.create_ix(rate=least - 1)], [buyer.owner])
    job.create(rate=least)
    # What was agreed stays.
    assert posted.assign(a_node(world)).state.rate == least - 1


@pytest.mark.parametrize("rate", [MOST_MIN_RATE + 1, 2**64 - 1])
def test_no_authority_can_price_all_buyers_out(world: World, rate: int) -> None:
    batch = [instructions.set_min_rate(authority=world.authority.address, min_rate=rate)]
    world.refuse(BadMinRate, batch, [world.authority])
    batch = [instructions.set_min_rate(authority=world.authority.address, min_rate=MOST_MIN_RATE)]
    world.run(batch, [world.authority])


def test_a_stranger_sets_no_minimum_rate(world: World) -> None:
    stranger = world.funded("stranger")
    batch = [instructions.set_min_rate(authority=stranger.address, min_rate=1)]
    world.refuse(NotAuthority, batch, [stranger])


@pytest.mark.parametrize("flags", [4, 8, 255])
def test_there_is_no_flag_for_refunds_or_withdrawals(world: World, flags: int) -> None:
    batch = [instructions.set_pause(authority=world.authority.address, flags=flags)]
    world.refuse(BadPauseFlags, batch, [world.authority])


def test_a_stranger_pauses_nothing(world: World) -> None:
    stranger = world.funded("stranger")
    world.refuse(NotAuthority, [instructions.set_pause(authority=stranger.address, flags=1)], [stranger])


def test_a_rotation_replaces_every_key_and_counts_the_epoch(world: World) -> None:
    before = world.read(OracleSet, addresses.oracle_set())
    new = [named_key(f"new {number}").address for number in range(5)]
    (event,) = world.run([rotate(world, new, 3)], [world.authority])
    after = world.read(OracleSet, addresses.oracle_set())
    assert after.epoch == before.epoch + 1
    assert (after.threshold, after.count, after.cluster) == (3, 5, before.cluster)
    assert after.keys == (*new, ZERO_ADDRESS, ZERO_ADDRESS)
    old = (after.previous_threshold, after.previous_count, after.previous_keys)
    assert old == (before.threshold, before.count, before.keys)
    assert isinstance(event, OraclesRotated)
    assert (event.old_epoch, event.epoch) == (before.epoch, after.epoch)


@pytest.mark.parametrize(
    ("count", "threshold"), [(0, 0), (1, 1), (3, 0), (3, 1), (3, 3), (4, 2), (5, 2), (7, 3), (9, 5), (17, 1)]
)
def test_a_set_of_impossible_size_is_refused(world: World, count: int, threshold: int) -> None:
    keys = [named_key(f"key {number}").address for number in range(count)]
    world.refuse(BadOracleSet, [rotate(world, keys, threshold)], [world.authority])


def test_the_zero_key_and_a_key_twice_are_refused(world: World) -> None:
    key = named_key("key").address
    other = named_key("other").address
    for keys in ([key, other, ZERO_ADDRESS], [key, other, key]):
        world.refuse(BadOracleSet, [rotate(world, keys, 2)], [world.authority])


def test_two_rotations_lie_14_days_apart(world: World) -> None:
    keys = [named_key(f"new {number}").address for number in range(3)]
    world.run([rotate(world, keys, 2)], [world.authority])
    world.advance(ROTATION_PAUSE - 1)
    world.refuse(RotatedRecently, [rotate(world, keys[::-1], 2)], [world.authority])
    world.advance(1)
    world.run([rotate(world, keys[::-1], 2)], [world.authority])


def test_a_stranger_names_no_oracles(world: World) -> None:
    stranger = world.funded("stranger")
    batch = [rotate(world, [stranger.address], 1, stranger)]
    world.refuse(NotAuthority, batch, [stranger])


def test_no_setting_moves_a_token(world: World, posted: JobCookie) -> None:
    config = world.read(Config, addresses.config())
    before = (posted.buyer.state, world.tokens(posted.buyer.vault), posted.state)
    world.run([set_fees(world)], [world.authority])
    world.run([instructions.set_pause(authority=world.authority.address, flags=3)], [world.authority])
    world.run(
        [rotate(world, [named_key(f"new {number}").address for number in range(3)], 2)], [world.authority]
    )
    assert (posted.buyer.state, world.tokens(posted.buyer.vault), posted.state) == before
    assert config.mint == world.mint
