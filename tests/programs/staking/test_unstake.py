"""unstake, restake, withdraw: a stake comes back, but only after the notice its owner chose."""

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.staking import Pool, StakeWithdrawn, Unstaked
from hypernode.chain.generated.staking.errors import (
    CooldownNotOver,
    CoolingDown,
    NotCoolingDown,
    WrongPayer,
)
from hypernode.domain.staking import weight
from tests.programs.cookies import NodeCookie, an_operator
from tests.programs.world import DAY, HYPER, World


def pool(world: World) -> Pool:
    return world.read(Pool, addresses.pool())


def unstake(node: NodeCookie) -> None:
    node.world.run([instructions.unstake(owner=node.operator.address)], [node.operator])


def test_unstaking_drops_the_weight_at_once_and_keeps_the_tokens(world: World, node: NodeCookie) -> None:
    amount = node.stake.amount
    (event,) = world.run([instructions.unstake(owner=node.operator.address)], [node.operator])
    assert (node.stake.weight, node.stake.amount, node.stake.unstake_at) == (0, amount, world.now)
    assert (pool(world).total_weight, pool(world).total_staked) == (0, amount)
    assert world.tokens(addresses.stake_vault()) == amount
    assert isinstance(event, Unstaked)
    assert event.withdrawable_at == world.now + 14 * DAY


def test_restaking_brings_the_weight_back(world: World, node: NodeCookie) -> None:
    before = node.stake
    unstake(node)
    world.advance(DAY)
    world.run([instructions.restake(owner=node.operator.address)], [node.operator])
    assert (node.stake.weight, node.stake.unstake_at) == (before.weight, 0)
    assert node.stake.staked_at == world.now
    assert pool(world).total_weight == weight(before.amount, before.duration)


def test_a_cooldown_begins_once(world: World, node: NodeCookie) -> None:
    """Otherwise it begins again with each call."""
    unstake(node)
    world.advance(1)
    batch = [instructions.unstake(owner=node.operator.address)]
    world.refuse(CoolingDown, batch, [node.operator])


def test_a_cooldown_called_off_begins_from_the_start(world: World, node: NodeCookie) -> None:
    owner = node.operator
    unstake(node)
    world.advance(13 * DAY)
    world.run([instructions.restake(owner=owner.address)], [owner])
    unstake(node)
    world.advance(2 * DAY)
    batch = [instructions.withdraw_stake(owner=owner.address, destination=node.wallet)]
    world.refuse(CooldownNotOver, batch, [owner])


@pytest.mark.parametrize("action", ["restake", "withdraw"])
def test_an_active_stake_is_neither_called_back_nor_withdrawn(
    world: World, node: NodeCookie, action: str
) -> None:
    owner = node.operator
    world.advance(400 * DAY)
    batch = [
        instructions.restake(owner=owner.address)
        if action == "restake"
        else instructions.withdraw_stake(owner=owner.address, destination=node.wallet)
    ]
    world.refuse(NotCoolingDown, batch, [owner])


@pytest.mark.parametrize("days", [14, 365])
def test_the_cooldown_is_as_long_as_the_owner_chose(world: World, days: int) -> None:
    staker = an_operator(world, hyper=HYPER)
    staker.put_stake(HYPER, days * DAY)
    unstake(staker)
    owner = staker.operator
    batch = [instructions.withdraw_stake(owner=owner.address, destination=staker.wallet)]
    world.advance(days * DAY - 1)
    world.refuse(CooldownNotOver, batch, [owner])
    world.advance(1)
    (event,) = world.run(batch, [owner])
    assert world.tokens(staker.wallet) == HYPER
    assert world.tokens(addresses.stake_vault()) == 0
    assert (pool(world).total_staked, pool(world).total_weight) == (0, 0)
    assert not world.exists(staker.stake_address)
    assert isinstance(event, StakeWithdrawn)
    assert event.amount == HYPER


def test_a_stake_is_withdrawn_once(world: World, node: NodeCookie) -> None:
    owner = node.operator
    unstake(node)
    world.advance(14 * DAY)
    batch = [instructions.withdraw_stake(owner=owner.address, destination=node.wallet)]
    world.run(batch, [owner])
    world.refuse("AccountDataTooSmall", batch, [owner], "a second withdrawal")


def test_a_wallet_may_stake_again_after_its_withdrawal(world: World, node: NodeCookie) -> None:
    owner = node.operator
    unstake(node)
    world.advance(14 * DAY)
    world.run([instructions.withdraw_stake(owner=owner.address, destination=node.wallet)], [owner])
    node.put_stake(5 * HYPER)
    assert (node.stake.amount, node.stake.unstake_at) == (5 * HYPER, 0)


def test_withdrawing_gives_the_rent_to_who_paid_it(world: World) -> None:
    staker, sponsor = an_operator(world), world.funded("sponsor")
    owner = staker.operator
    stake = instructions.stake(
        owner=owner.address,
        source=staker.wallet,
        amount=HYPER,
        duration=14 * DAY,
        payer=sponsor.address,
    )
    world.run([stake], [owner, sponsor])
    unstake(staker)
    world.advance(14 * DAY)
    rent, before = world.lamports(staker.stake_address), world.lamports(sponsor.address)
    wrong = instructions.withdraw_stake(owner=owner.address, destination=staker.wallet)
    world.refuse(WrongPayer, [wrong], [owner])
    right = instructions.withdraw_stake(owner=owner.address, destination=staker.wallet, payer=sponsor.address)
    world.run([right], [owner])
    assert world.lamports(sponsor.address) == before + rent


def test_a_stake_outlasts_every_job_it_stood_for(world: World, node: NodeCookie) -> None:
    """The longest job, its grace and its verdict end before the shortest notice does."""
    assert node.stake.duration >= 7 * DAY + DAY + 3 * DAY
