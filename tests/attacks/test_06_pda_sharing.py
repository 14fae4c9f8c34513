"""Class 6: one authority for two kinds of money. A buyer's vault obeys itself alone, stakes the pool."""

from hypernode.chain import addresses
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.tokens import TokenAccount
from tests.programs.cookies import BuyerCookie, NodeCookie
from tests.programs.jobs import CAP, JobCookie
from tests.programs.scenes.buyers import withdraw
from tests.programs.scenes.rewards import claim_rewards
from tests.programs.scenes.staking import withdraw_stake
from tests.programs.world import HYPER, World


def authority_of(world: World, account: str) -> str:
    raw = world.raw(account)  # type: ignore[arg-type]
    assert raw is not None
    return TokenAccount.decode(raw.data).owner


def test_every_vault_has_an_authority_of_its_own(world: World, buyer: BuyerCookie, node: NodeCookie) -> None:
    assert authority_of(world, buyer.vault) == buyer.vault
    assert authority_of(world, addresses.stake_vault()) == addresses.pool()


def test_a_buyer_cannot_withdraw_from_the_stake_vault() -> None:
    scene = withdraw()
    vault = AccountMeta(addresses.stake_vault(), writable=True)
    batch = scene.bent(scene.slots.index("vault"), vault)
    scene.world.refuse("WrongVault", batch, scene.signers_for(batch), "a withdrawal from the stakes")
    scene.play()


def test_a_staker_cannot_withdraw_from_a_buyers_vault() -> None:
    scene = withdraw_stake()
    vault = scene.rivals[addresses.stake_vault()]
    scene.world.give(vault, 10_000 * HYPER)
    batch = scene.bent(scene.slots.index("vault"), AccountMeta(vault, writable=True))
    scene.world.refuse("InvalidSeeds", batch, scene.signers_for(batch), "a stake out of a buyer's vault")
    scene.play()


def test_rewards_are_not_claimed_out_of_the_community_pool() -> None:
    """Both obey the accumulator, so only the address keeps them apart."""
    scene = claim_rewards()
    pool = AccountMeta(addresses.community_pool(), writable=True)
    batch = scene.bent(scene.slots.index("vault"), pool)
    scene.world.refuse("InvalidSeeds", batch, scene.signers_for(batch), "a claim out of the community pool")
    scene.play()


def test_tokens_sent_to_a_vault_belong_to_its_owner_and_nobody_else(world: World, posted: JobCookie) -> None:
    """They are his with his next withdrawal; what jobs have locked stays locked."""
    buyer = posted.buyer
    world.give(buyer.vault, HYPER)
    available = buyer.state.available
    more = [buyer.withdraw_ix(available + HYPER + 1)]
    world.refuse("InsufficientFunds", more, [buyer.owner], "a withdrawal of locked money")
    buyer.withdraw(available + HYPER)
    assert world.tokens(buyer.vault) == buyer.state.locked == CAP
