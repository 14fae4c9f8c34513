"""stake, top_up, extend: what is locked, for how long, and what it weighs."""

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.staking import Pool, Staked
from hypernode.chain.generated.staking.errors import (
    BadDuration,
    CoolingDown,
    DurationNotLonger,
    NotOwner,
    ZeroAmount,
)
from hypernode.chain.instruction import AccountMeta
from hypernode.domain.staking import weight
from tests.programs.cookies import NodeCookie, a_node, an_operator
from tests.programs.world import DAY, HYPER, World


def pool(world: World) -> Pool:
    return world.read(Pool, addresses.pool())


def test_a_stake_is_moved_weighed_and_counted(world: World) -> None:
    staker = an_operator(world, hyper=500 * HYPER)
    (event,) = world.run([staker.stake_ix(400 * HYPER, 365 * DAY)], [staker.operator])
    stake = staker.stake
    assert stake.owner == stake.payer == staker.operator.address
    assert (stake.amount, stake.weight) == (400 * HYPER, 1_600 * HYPER)
    assert (stake.duration, stake.staked_at, stake.unstake_at) == (365 * DAY, world.now, 0)
    assert world.tokens(staker.wallet) == 100 * HYPER
    assert world.tokens(addresses.stake_vault()) == 400 * HYPER
    assert (pool(world).total_staked, pool(world).total_weight) == (400 * HYPER, 1_600 * HYPER)
    assert isinstance(event, Staked)
    assert (event.amount, event.weight) == (400 * HYPER, 1_600 * HYPER)


@pytest.mark.parametrize("days", [14, 15, 90, 180, 364, 365])
@pytest.mark.parametrize("amount", [1, 3, 100 * HYPER + 1])
def test_the_weight_is_the_domains_formula(world: World, days: int, amount: int) -> None:
    staker = an_operator(world)
    staker.put_stake(amount, days * DAY)
    assert staker.stake.weight == weight(amount, days * DAY)


def test_a_wallet_has_one_stake(world: World, node: NodeCookie) -> None:
    world.refuse("AccountAlreadyInUse", [node.stake_ix(HYPER)], [node.operator], "a second stake")


def test_nothing_is_no_stake(world: World) -> None:
    staker = an_operator(world)
    world.refuse(ZeroAmount, [staker.stake_ix(0)], [staker.operator])


@pytest.mark.parametrize("duration", [0, 14 * DAY - 1, 365 * DAY + 1])
def test_a_duration_outside_14_to_365_days_is_refused(world: World, duration: int) -> None:
    staker = an_operator(world)
    world.refuse(BadDuration, [staker.stake_ix(HYPER, duration)], [staker.operator])


def test_more_than_the_wallet_holds_is_not_staked(world: World) -> None:
    staker = an_operator(world, hyper=HYPER)
    world.refuse("InsufficientFunds", [staker.stake_ix(HYPER + 1)], [staker.operator])


def test_anothers_tokens_are_not_staked(world: World, node: NodeCookie) -> None:
    thief = an_operator(world, "thief")
    stake = thief.stake_ix(HYPER)
    index = [meta.address for meta in stake.accounts].index(thief.wallet)
    bent = stake.with_account(index, AccountMeta(node.wallet, writable=True))
    world.refuse("OwnerMismatch", [bent], [thief.operator])


def test_a_top_up_adds_at_the_same_duration(world: World, node: NodeCookie) -> None:
    before = node.stake
    batch = [instructions.top_up_stake(owner=node.operator.address, source=node.wallet, amount=HYPER)]
    world.run(batch, [node.operator])
    after = node.stake
    assert (after.amount, after.duration) == (before.amount + HYPER, before.duration)
    assert after.weight == weight(after.amount, after.duration) == pool(world).total_weight
    assert after.staked_at == before.staked_at


def test_a_top_up_of_nothing_is_refused(world: World, node: NodeCookie) -> None:
    batch = [instructions.top_up_stake(owner=node.operator.address, source=node.wallet, amount=0)]
    world.refuse(ZeroAmount, batch, [node.operator])


def test_an_extension_lengthens_and_weighs_more(world: World, node: NodeCookie) -> None:
    before = node.stake
    batch = [instructions.extend_stake(owner=node.operator.address, duration=365 * DAY)]
    world.run(batch, [node.operator])
    assert (node.stake.duration, node.stake.weight) == (365 * DAY, 4 * before.amount)
    assert pool(world).total_weight == 4 * before.amount


@pytest.mark.parametrize("duration", [14 * DAY, 14 * DAY - 1, 0])
def test_a_duration_never_gets_shorter(world: World, node: NodeCookie, duration: int) -> None:
    batch = [instructions.extend_stake(owner=node.operator.address, duration=duration)]
    world.refuse(DurationNotLonger, batch, [node.operator])


def test_nothing_is_added_to_a_stake_that_cools_down(world: World, node: NodeCookie) -> None:
    owner = node.operator
    world.run([instructions.unstake(owner=owner.address)], [owner])
    top_up = instructions.top_up_stake(owner=owner.address, source=node.wallet, amount=HYPER)
    world.refuse(CoolingDown, [top_up], [owner])
    extend = instructions.extend_stake(owner=owner.address, duration=30 * DAY)
    world.refuse(CoolingDown, [extend], [owner])


@pytest.mark.parametrize("action", ["top_up", "extend", "unstake", "restake", "withdraw"])
def test_a_stranger_does_nothing_to_a_stake(world: World, node: NodeCookie, action: str) -> None:
    thief = a_node(world, "thief")
    owner = thief.operator.address
    instruction = {
        "top_up": instructions.top_up_stake(owner=owner, source=thief.wallet, amount=1),
        "extend": instructions.extend_stake(owner=owner, duration=30 * DAY),
        "unstake": instructions.unstake(owner=owner),
        "restake": instructions.restake(owner=owner),
        "withdraw": instructions.withdraw_stake(owner=owner, destination=thief.wallet),
    }[action]
    index = [meta.address for meta in instruction.accounts].index(thief.stake_address)
    bent = instruction.with_account(index, AccountMeta(node.stake_address, writable=True))
    world.refuse(NotOwner, [bent], [thief.operator])


def test_tokens_of_another_mint_are_not_staked(world: World) -> None:
    staker = an_operator(world)
    other = world.a_token_account("other", HYPER, world.a_mint("OTHER"), staker.operator.address)
    stake = staker.stake_ix(HYPER)
    index = [meta.address for meta in stake.accounts].index(staker.wallet)
    bent = stake.with_account(index, AccountMeta(other, writable=True))
    world.refuse("MintMismatch", [bent], [staker.operator])
