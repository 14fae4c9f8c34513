"""distribute: what flows, to whom, how fast, and that nothing can be gained by timing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.rewards import Accumulator, Distributed
from hypernode.chain.generated.staking.errors import RewardsStale
from hypernode.domain.rewards import claimable
from tests.programs.cookies import NodeCookie, an_operator
from tests.programs.world import COMMUNITY_WINDOW, DAY, FEE_WINDOW, HYPER, World

YEAR = 365 * DAY
# At a year an amount weighs four times itself.
UNIT = HYPER


def accumulator(world: World) -> Accumulator:
    return world.read(Accumulator, addresses.accumulator())


def crank(world: World) -> Distributed:
    (event,) = world.run([instructions.distribute()], [world.funded("crank")])
    assert isinstance(event, Distributed)
    return event


def flowed(world: World, fees: int) -> None:
    """Let an amount of fees arrive and flow to its end."""
    world.give(addresses.rewards_vault(), fees)
    crank(world)
    world.advance(FEE_WINDOW)
    crank(world)


def a_staker(world: World, name: str, amount: int) -> NodeCookie:
    """A staker for a year, whose weight is four times the amount."""
    staker = an_operator(world, name)
    world.run([instructions.distribute(), staker.stake_ix(amount, YEAR)], [staker.operator])
    return staker


def claim(staker: NodeCookie) -> int:
    before = staker.world.tokens(staker.wallet)
    ix = instructions.claim_rewards(owner=staker.operator.address, destination=staker.wallet)
    staker.world.run([ix], [staker.operator])
    return staker.world.tokens(staker.wallet) - before


def owed(staker: NodeCookie) -> int:
    return claimable(staker.stake, accumulator(staker.world).index)


def test_the_vectors_of_the_specification(world: World) -> None:
    """A weighs 3, B 1, a fee of 400; then C with 4 joins and 800 arrive; A claims 600 once."""
    a, b = a_staker(world, "a", 3 * UNIT), a_staker(world, "b", UNIT)
    flowed(world, 400)
    assert (owed(a), owed(b)) == (300, 100)
    c = a_staker(world, "c", 4 * UNIT)
    flowed(world, 800)
    assert (owed(a), owed(b), owed(c)) == (600, 200, 400)
    assert claim(a) == 600
    again = instructions.claim_rewards(owner=a.operator.address, destination=a.wallet)
    world.refuse("NothingToClaim", [again], [a.operator])


def test_fees_wait_while_nobody_is_staked(world: World) -> None:
    """The first staker earns its seconds, not everything that has waited."""
    world.give(addresses.rewards_vault(), 1_000)
    crank(world)
    world.advance(10 * FEE_WINDOW)
    first = a_staker(world, "first", UNIT)
    assert owed(first) == 0
    world.advance(FEE_WINDOW // 4)
    crank(world)
    assert owed(first) == 250
    world.advance(FEE_WINDOW)
    crank(world)
    assert owed(first) == 1_000


def test_dust_weight_is_nobody(world: World) -> None:
    """Below one HYPER of weight nothing flows: the bound that keeps the index from overflowing."""
    dust = an_operator(world, "dust")
    dust.put_stake(1)
    world.give(addresses.rewards_vault(), 1_000)
    crank(world)
    world.advance(FEE_WINDOW)
    event = crank(world)
    assert (event.fees, event.index) == (0, 0)


def test_a_stake_cannot_come_for_what_has_already_flowed(world: World) -> None:
    """Without an index of now it is refused; with one, its share begins with nothing."""
    honest = a_staker(world, "honest", UNIT)
    world.give(addresses.rewards_vault(), 1_000)
    crank(world)
    world.advance(FEE_WINDOW - 1)
    late = an_operator(world, "late")
    world.refuse(RewardsStale, [late.stake_ix(1_000 * UNIT, YEAR)], [late.operator])
    batch = [
        instructions.distribute(),
        late.stake_ix(1_000 * UNIT, YEAR),
        instructions.unstake(owner=late.operator.address),
    ]
    world.run(batch, [late.operator])
    assert late.stake.owed == 0
    assert owed(honest) == 999


@pytest.mark.parametrize("change", ["top_up", "extend", "restake"])
def test_no_weight_grows_at_a_stale_index(world: World, change: str) -> None:
    staker = an_operator(world, "grower")
    staker.put_stake(100 * HYPER)
    owner = staker.operator
    if change == "restake":
        world.run([instructions.unstake(owner=owner.address)], [owner])
    world.give(addresses.rewards_vault(), 1_000)
    crank(world)
    world.advance(1)
    ix = {
        "top_up": instructions.top_up_stake(owner=owner.address, source=staker.wallet, amount=HYPER),
        "extend": instructions.extend_stake(owner=owner.address, duration=YEAR),
        "restake": instructions.restake(owner=owner.address),
    }[change]
    world.refuse(RewardsStale, [ix], [owner])
    world.run([instructions.distribute(), ix], [owner])


def test_stake_claim_unstake_in_one_transaction_earns_nothing(world: World) -> None:
    a_staker(world, "honest", UNIT)
    world.give(addresses.rewards_vault(), 1_000_000)
    crank(world)
    world.advance(FEE_WINDOW // 2)
    flash = an_operator(world, "flash")
    owner = flash.operator.address
    batch = [
        instructions.distribute(),
        flash.stake_ix(500_000 * HYPER, YEAR),
        instructions.claim_rewards(owner=owner, destination=flash.wallet),
    ]
    world.refuse("NothingToClaim", batch, [flash.operator])


def test_a_gift_to_the_vault_goes_to_stakers_and_to_nobody_before_them(world: World) -> None:
    """The classic first-depositor gift moves no share: it only flows like any fee."""
    giver = a_staker(world, "giver", UNIT)
    world.give(addresses.rewards_vault(), 10**12)
    victim = a_staker(world, "victim", 3 * UNIT)
    world.advance(FEE_WINDOW)
    crank(world)
    assert (owed(giver), owed(victim)) == (25 * 10**10, 75 * 10**10)


def test_dust_cannot_stretch_a_flow(world: World) -> None:
    """What arrives flows with the rest; one base unit moves the end by nothing."""
    staker = a_staker(world, "staker", UNIT)
    world.give(addresses.rewards_vault(), 10**9)
    crank(world)
    ends_at = accumulator(world).fees.ends_at
    for _ in range(9):
        world.advance(FEE_WINDOW // 10)
        world.give(addresses.rewards_vault(), 1)
        crank(world)
        assert accumulator(world).fees.ends_at <= ends_at
    world.advance(FEE_WINDOW // 10)
    crank(world)
    assert owed(staker) == 10**9 + 9


def test_a_stream_of_dust_delays_no_release(world: World) -> None:
    """One base unit before a release of two million: the release flows from its arrival, over its window."""
    staker = a_staker(world, "staker", UNIT)
    release = 2_000_000 * HYPER
    world.give(addresses.community_pool(), 1)
    crank(world)
    world.advance(1)
    world.give(addresses.community_pool(), release)
    assert crank(world).community_begun == release
    world.advance(COMMUNITY_WINDOW // 2)
    crank(world)
    assert owed(staker) >= release // 2 - 1
    world.advance(COMMUNITY_WINDOW // 2)
    crank(world)
    assert owed(staker) == release + 1


def test_what_comes_late_flows_for_its_own_share_of_a_window(world: World) -> None:
    """Equal amounts, half of the time left: both together flow over three quarters of a window."""
    a_staker(world, "staker", UNIT)
    world.give(addresses.rewards_vault(), 2_000)
    crank(world)
    world.advance(FEE_WINDOW // 2)
    world.give(addresses.rewards_vault(), 1_000)
    event = crank(world)
    fees = accumulator(world).fees
    assert (event.fees, event.fees_begun) == (1_000, 1_000)
    assert (fees.total, fees.flowed, fees.ends_at - fees.starts_at) == (2_000, 0, FEE_WINDOW * 3 // 4)


def test_the_community_pool_flows_over_its_own_window(world: World) -> None:
    staker = a_staker(world, "staker", UNIT)
    world.give(addresses.community_pool(), 3_000)
    event = crank(world)
    assert (event.community_begun, event.community) == (3_000, 0)
    world.advance(COMMUNITY_WINDOW // 3)
    assert crank(world).community == 1_000
    assert world.tokens(addresses.community_pool()) == 2_000
    assert claim(staker) == 1_000
    world.advance(COMMUNITY_WINDOW)
    last = crank(world)
    assert (last.community, last.community_begun) == (2_000, 0)
    assert world.tokens(addresses.community_pool()) == 0


def test_new_windows_leave_what_flows_alone(world: World) -> None:
    staker = a_staker(world, "staker", UNIT)
    world.give(addresses.rewards_vault(), 1_000)
    crank(world)
    authority = world.authority
    change = instructions.set_windows(
        authority=authority.address, fee_window=4 * DAY, community_window=4 * DAY
    )
    world.run([change], [authority])
    world.advance(FEE_WINDOW)
    crank(world)
    assert owed(staker) == 1_000


def test_two_distributions_in_one_second_are_one(world: World) -> None:
    a_staker(world, "staker", UNIT)
    world.give(addresses.rewards_vault(), 1_000)
    crank(world)
    world.advance(FEE_WINDOW // 2)
    assert crank(world).fees == 500
    before = accumulator(world)
    assert crank(world).fees == 0
    assert accumulator(world) == before


def test_slashing_and_unstaking_keep_what_was_earned(world: World) -> None:
    staker = a_staker(world, "staker", UNIT)
    flowed(world, 1_000)
    world.run([instructions.unstake(owner=staker.operator.address)], [staker.operator])
    assert (staker.stake.weight, staker.stake.owed) == (0, 1_000)
    flowed(world, 500)
    assert claim(staker) == 1_000


amounts = st.lists(st.integers(0, 9 * 10**11), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None)
@given(stakes=amounts, fees=st.lists(st.integers(0, 10**13), min_size=1, max_size=4), seconds=st.data())
def test_stakers_never_earn_more_than_arrived(
    stakes: list[int], fees: list[int], seconds: st.DataObject
) -> None:
    """Whatever the weights and times: the sum of claims stays within the vault, and misses it by dust."""
    world = World.ready()
    stakers = [a_staker(world, f"s{number}", amount + HYPER) for number, amount in enumerate(stakes)]
    for fee in fees:
        world.give(addresses.rewards_vault(), fee)
        crank(world)
        world.advance(seconds.draw(st.integers(0, 2 * FEE_WINDOW)))
        crank(world)
    total = sum(owed(staker) for staker in stakers)
    distributed = accumulator(world).distributed
    assert distributed - len(stakers) * len(fees) * 2 - 1 <= total <= distributed <= sum(fees)
    for staker in stakers:
        if owed(staker):
            claim(staker)
    assert accumulator(world).claimed == total
    assert world.tokens(addresses.rewards_vault()) == sum(fees) - total
