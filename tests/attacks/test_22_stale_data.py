"""Class 22: numbers read before a call and believed after it. Books and vaults always agree."""

import pytest

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.staking import Pool
from tests.programs.cookies import BuyerCookie, NodeCookie
from tests.programs.jobs import JobCookie
from tests.programs.world import HYPER, World


def assert_books_agree(world: World, buyer: BuyerCookie) -> None:
    account = buyer.state
    dues = account.treasury_due + account.stakers_due + account.operations_due
    assert world.tokens(buyer.vault) == account.available + account.locked + dues


def test_the_books_agree_with_the_vault_after_every_step(
    world: World, posted: JobCookie, node: NodeCookie
) -> None:
    buyer = posted.buyer
    supply = world.supply()
    assert_books_agree(world, buyer)
    for step in (lambda: posted.assign(node), posted.submit, posted.settle):
        step()
        assert_books_agree(world, buyer)
    world.run([buyer.collect_ix()], [world.funded("crank")])
    assert_books_agree(world, buyer)
    buyer.withdraw(buyer.state.available)
    assert world.tokens(buyer.vault) == 0
    assert world.supply() == supply


def test_two_deposits_in_one_transaction_count_both(world: World, buyer: BuyerCookie) -> None:
    world.give(buyer.wallet, 5)
    world.run([buyer.deposit_ix(2), buyer.deposit_ix(3)], [buyer.owner])
    assert buyer.state.available == 10 * HYPER + 5
    assert_books_agree(world, buyer)


def test_a_deposit_is_spent_and_withdrawn_only_once_in_one_transaction(
    world: World, buyer: BuyerCookie
) -> None:
    everything = buyer.state.available
    batch = [buyer.withdraw_ix(everything), buyer.withdraw_ix(everything)]
    world.refuse("InsufficientFunds", batch, [buyer.owner], "two withdrawals of the same money")
    world.run([buyer.withdraw_ix(everything), buyer.deposit_ix(everything)], [buyer.owner])
    assert_books_agree(world, buyer)


def test_money_locked_in_a_job_is_not_withdrawn_in_the_same_transaction(
    world: World, posted: JobCookie
) -> None:
    buyer = posted.buyer
    nothing_left = [buyer.withdraw_ix(buyer.state.available + 1)]
    world.refuse("InsufficientFunds", nothing_left, [buyer.owner], "a withdrawal of locked money")


@pytest.mark.parametrize("amounts", [(HYPER,), (HYPER, 2 * HYPER)])
def test_the_pools_sums_follow_every_stake(world: World, node: NodeCookie, amounts: tuple[int, ...]) -> None:
    owner = node.operator
    batch = [
        instructions.top_up_stake(owner=owner.address, source=node.wallet, amount=amount)
        for amount in amounts
    ]
    world.run(batch, [owner])
    pool = world.read(Pool, addresses.pool())
    assert pool.total_staked == node.stake.amount == 1_000 * HYPER + sum(amounts)
    assert pool.total_weight == node.stake.weight
    assert world.tokens(addresses.stake_vault()) == pool.total_staked
