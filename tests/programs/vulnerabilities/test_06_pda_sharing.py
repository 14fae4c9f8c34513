"""Class 6: one authority for two kinds of money. A buyer's vault obeys his account alone, stakes the pool."""

from hypernode.chain import addresses, instructions
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.tokens import TokenAccount
from tests.programs.cookies import BuyerCookie, NodeCookie
from tests.programs.stage import withdraw, withdraw_stake
from tests.programs.world import HYPER, World


def authority_of(world: World, account: str) -> str:
    raw = world.raw(account)  # type: ignore[arg-type]
    assert raw is not None
    return TokenAccount.decode(raw.data).owner


def test_every_vault_has_an_authority_of_its_own(world: World, buyer: BuyerCookie, node: NodeCookie) -> None:
    assert authority_of(world, buyer.vault) == buyer.address
    assert authority_of(world, addresses.stake_vault()) == addresses.pool()


def test_a_buyer_cannot_withdraw_from_the_stake_vault() -> None:
    scene = withdraw()
    vault = AccountMeta(addresses.stake_vault(), writable=True)
    batch = scene.bent(scene.slots.index("vault"), vault)
    scene.world.refuse_any(batch, scene.signers_for(batch), "a withdrawal from the stakes")
    scene.play()


def test_a_staker_cannot_withdraw_from_a_buyers_vault() -> None:
    scene = withdraw_stake()
    assert scene.stage is not None
    scene.world.give(scene.stage.buyer.vault, 10_000 * HYPER)
    batch = scene.bent(scene.slots.index("vault"), AccountMeta(scene.stage.buyer.vault, writable=True))
    scene.world.refuse_any(batch, scene.signers_for(batch), "a stake out of a buyer's vault")
    scene.play()


def test_tokens_sent_to_a_vault_belong_to_nobody(world: World, buyer: BuyerCookie) -> None:
    """A donation cannot be withdrawn: only `available` can, and it did not grow."""
    world.give(buyer.vault, HYPER)
    available = buyer.state.available
    batch = [instructions.withdraw(owner=buyer.owner.address, destination=buyer.wallet, amount=available + 1)]
    world.refuse_any(batch, [buyer.owner], "a withdrawal of a donation")
    buyer.withdraw(available)
    assert world.tokens(buyer.vault) == HYPER
