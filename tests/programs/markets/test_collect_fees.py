"""collect_fees: booked fees reach their three places for any sender, and nothing else leaves the vault."""

from hypernode.chain import instructions
from hypernode.chain.generated.markets import FeesCollected
from hypernode.chain.generated.markets.errors import NothingDue, WrongDestination
from hypernode.chain.instruction import AccountMeta
from tests.programs.cookies import NodeCookie, a_buyer
from tests.programs.jobs import JobCookie, a_job
from tests.programs.world import HYPER, World


def places(world: World) -> tuple[int, int, int]:
    return world.tokens(world.treasury), world.tokens(world.stakers), world.tokens(world.market_operations)


def test_the_booked_fees_reach_their_places(world: World, submitted: JobCookie) -> None:
    submitted.settle()
    buyer = submitted.buyer
    available = buyer.state.available
    (event,) = world.run([buyer.collect_ix()], [world.funded("anyone")])
    assert places(world) == (54, 6, 30)
    assert event == FeesCollected(buyer=buyer.owner.address, treasury=54, stakers=6, operations=30)
    state = buyer.state
    assert (state.treasury_due, state.stakers_due, state.operations_due) == (0, 0, 0)
    assert state.available == available == world.tokens(buyer.vault)


def test_fees_add_up_until_they_are_collected(world: World, submitted: JobCookie, node: NodeCookie) -> None:
    submitted.settle()
    a_job(world, nonce=2, buyer=submitted.buyer, market=submitted.market).assign(node).submit().settle()
    world.run([submitted.buyer.collect_ix()], [world.funded("anyone")])
    assert places(world) == (108, 12, 60)


def test_nothing_is_collected_twice(world: World, submitted: JobCookie) -> None:
    submitted.settle()
    batch = [submitted.buyer.collect_ix()]
    world.run(batch, [world.funded("anyone")])
    world.refuse(NothingDue, batch, [world.funded("anyone")])
    assert places(world) == (54, 6, 30)


def test_there_is_nothing_to_collect_before_a_settlement(world: World, submitted: JobCookie) -> None:
    world.refuse(NothingDue, [submitted.buyer.collect_ix()], [world.funded("anyone")])


def test_fees_go_nowhere_else(world: World, submitted: JobCookie) -> None:
    submitted.settle()
    thief = world.a_token_account("thief")
    collect = submitted.buyer.collect_ix()
    for index in (3, 4, 5):
        bent = collect.with_account(index, AccountMeta(thief, writable=True))
        world.refuse(WrongDestination, [bent], [world.funded("anyone")])
    swapped = collect.with_account(3, collect.accounts[4]).with_account(4, collect.accounts[3])
    world.refuse(WrongDestination, [swapped], [world.funded("anyone")])


def test_fees_of_one_buyer_do_not_come_from_anothers_vault(world: World, submitted: JobCookie) -> None:
    submitted.settle()
    other = a_buyer(world, "other")
    bent = submitted.buyer.collect_ix().with_account(2, AccountMeta(other.vault, writable=True))
    world.refuse("WrongVault", [bent], [world.funded("anyone")], "another's vault")
    assert world.tokens(other.vault) == 10 * HYPER


def test_fees_follow_the_configuration_of_the_day(world: World, submitted: JobCookie) -> None:
    submitted.settle()
    moved = world.a_token_account("new treasury")
    change = instructions.set_fees(
        authority=world.authority.address,
        treasury=moved,
        stakers=world.stakers,
        operations=world.market_operations,
        protocol_bps=1_000,
        stakers_bps=100,
        operations_bps=500,
    )
    stale = submitted.buyer.collect_ix()
    world.run([change], [world.authority])
    world.refuse(WrongDestination, [stale], [world.funded("anyone")])
    world.run([submitted.buyer.collect_ix()], [world.funded("anyone")])
    assert world.tokens(moved) == 54
