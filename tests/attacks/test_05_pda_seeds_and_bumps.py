"""Class 5: an address from other seeds, or from the right seeds with a bump that is not the canonical one."""

import hashlib

import pytest
from solders.pubkey import Pubkey

from hypernode.chain import addresses
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.generated.markets.errors import WrongVault
from hypernode.chain.instruction import AccountMeta
from hypernode.domain.types import Address, address_bytes
from tests.attacks.attack import MADE, refusal
from tests.programs.cookies import MarketCookie, NodeCookie, a_wallet
from tests.programs.jobs import JobCookie
from tests.programs.scenes import SCENES
from tests.programs.scenes.scene import Scene
from tests.programs.world import HYPER, World, named_key

MADE_AT = [f"{name}/{slot}" for name, slots in MADE.items() for slot in slots]
# The client gives the bump or the address has other accounts as seeds; the tests of these programs try those.
NOT_FOUND_BY_SEARCH = {
    "markets.open_buyer/buyer",
    "markets.open_buyer/vault",
    *(place for place in MADE_AT if place.startswith("slashing.") and "init_" not in place),
    *(place for place in MADE_AT if place.startswith("governance.") and "init_" not in place),
}
ELSEWHERE_REFUSED = {
    "": "InvalidSeeds",
    "markets.open_buyer/buyer": "AddressWithSeedMismatch",
    "governance.vote/vote": "AddressWithSeedMismatch",
}
NONCE = (2).to_bytes(8, "little")


def seeds(scene: Scene) -> dict[str, tuple[Address, list[bytes]]]:
    """Return the program and the seeds of each account that is made at a derived address."""
    signer = address_bytes(scene.signers[0].address) if scene.signers else b""
    return {
        "markets.init_config/config": (markets.PROGRAM_ID, [b"config"]),
        "markets.init_config/oracle_set": (markets.PROGRAM_ID, [b"oracle_set"]),
        "markets.create_market/market": (markets.PROGRAM_ID, [b"market", signer, b"second".ljust(32, b"\0")]),
        "markets.register_node/node": (markets.PROGRAM_ID, [b"node", signer]),
        "markets.create_job/job": (markets.PROGRAM_ID, [b"job", signer, NONCE]),
        "staking.init_pool/pool": (staking.PROGRAM_ID, [b"pool"]),
        "staking.init_pool/vault": (staking.PROGRAM_ID, [b"vault"]),
        "staking.stake/stake": (staking.PROGRAM_ID, [b"stake", signer]),
        "rewards.init_accumulator/accumulator": (rewards.PROGRAM_ID, [b"accumulator"]),
        "rewards.init_accumulator/vault": (rewards.PROGRAM_ID, [b"vault"]),
        "rewards.init_accumulator/community": (rewards.PROGRAM_ID, [b"community"]),
        "slashing.init_config/config": (slashing.PROGRAM_ID, [b"config"]),
        "slashing.init_config/vault": (slashing.PROGRAM_ID, [b"vault"]),
        "governance.init_config/config": (governance.PROGRAM_ID, [b"config"]),
        "governance.init_config/treasury": (governance.PROGRAM_ID, [b"treasury"]),
        "governance.init_config/unlocks": (governance.PROGRAM_ID, [b"unlocks"]),
    }


def other_bumps(program: Address, parts: list[bytes], canonical: int) -> dict[int, Address]:
    """Return the addresses that the same seeds have under the next bumps, by bump."""
    found = {}
    for bump in range(canonical - 1, -1, -1):
        seeded = b"".join([*parts, bytes([bump]), address_bytes(program), b"ProgramDerivedAddress"])
        key = Pubkey.from_bytes(hashlib.sha256(seeded).digest())
        if not key.is_on_curve():
            found[bump] = Address(str(key))
    return dict(list(found.items())[:3])


@pytest.mark.parametrize("place", [place for place in MADE_AT if place not in NOT_FOUND_BY_SEARCH])
def test_an_account_is_made_at_the_canonical_bump_only(place: str) -> None:
    name, slot = place.split("/")
    scene = SCENES[name]()
    program, parts = seeds(scene)[place]
    index = scene.slots.index(slot)
    canonical, bump = addresses.derive(program, *parts)
    assert scene.instruction.accounts[index].address == canonical
    for address in other_bumps(program, parts, bump).values():
        batch = scene.bent(index, AccountMeta(address, writable=True))
        what = f"{place} at bump below {bump}"
        scene.world.refuse(refusal(ELSEWHERE_REFUSED, scene, slot), batch, scene.signers_for(batch), what)
    scene.play()


@pytest.mark.parametrize("place", MADE_AT)
def test_an_account_is_made_at_no_other_address(place: str) -> None:
    name, slot = place.split("/")
    scene = SCENES[name]()
    index = scene.slots.index(slot)
    elsewhere = named_key("elsewhere")
    for meta in (
        AccountMeta(elsewhere.address, writable=True),
        AccountMeta(elsewhere.address, signer=True, writable=True),
    ):
        batch = scene.bent(index, meta)
        error = refusal(ELSEWHERE_REFUSED, scene, slot)
        scene.world.refuse(error, batch, scene.signers_for(batch, elsewhere), place)
    scene.play()


def test_a_wallet_has_one_address_for_its_buyer_account(world: World) -> None:
    """An account at a second address would number its jobs as the first does."""
    wallet = a_wallet(world, "wallet")
    seeds = [b"buyer", address_bytes(wallet.owner.address)]
    derived, bump = addresses.derive(markets.PROGRAM_ID, *seeds)
    for other in (derived, *other_bumps(markets.PROGRAM_ID, seeds, bump).values()):
        bent = wallet.open_ix().with_account(4, AccountMeta(other, writable=True))
        world.refuse("AddressWithSeedMismatch", [bent], [wallet.owner])


def test_a_vault_may_have_another_bump_and_then_all_its_money_is_there(
    world: World, market: MarketCookie, node: NodeCookie
) -> None:
    buyer = a_wallet(world, "wallet", HYPER)
    usual = buyer.vault
    seeds = [b"buyer_vault", address_bytes(buyer.owner.address)]
    found = other_bumps(markets.PROGRAM_ID, seeds, markets.addresses.find_vault(buyer.owner.address)[1])
    (bump, vault), (_, another), *_ = found.items()
    opening = buyer.open_ix().with_account(5, AccountMeta(vault, writable=True))
    world.refuse("InvalidSeeds", [opening], [buyer.owner], "a vault at another bump than was said")
    world.run([opening.with_data(opening.data[:-1] + bytes([bump]))], [buyer.owner])
    assert (buyer.vault, buyer.state.vault_bump) == (vault, bump)
    buyer.deposit(HYPER)
    for other in (usual, another):
        bent = buyer.withdraw_ix(HYPER).with_account(2, AccountMeta(other, writable=True))
        world.refuse(WrongVault, [bent], [buyer.owner])
    JobCookie(world, buyer, market, 1).create().assign(node).submit().settle()
    world.run([buyer.collect_ix()], [world.funded("crank")])
    buyer.withdraw(buyer.state.available)
    world.run([buyer.close_ix()], [buyer.owner])
    assert not world.exists(buyer.address)
    assert not world.exists(vault)
    assert not world.exists(usual)


def test_no_two_seeds_run_together() -> None:
    """Every seed behind the first is of fixed length, so "ab" + "c" can never be "a" + "bc"."""
    owner, other = named_key("owner").address, named_key("other").address
    derived = {
        addresses.buyer(owner),
        addresses.buyer_vault(owner),
        addresses.node(owner),
        addresses.stake(owner),
        addresses.config(),
        addresses.oracle_set(),
        addresses.pool(),
        addresses.stake_vault(),
        addresses.job(owner, 1),
        addresses.job(owner, 256),
        addresses.job(other, 1),
        addresses.market(owner, bytes(32)),
        addresses.market(other, bytes(32)),
        addresses.market(owner, b"\1" * 32),
    }
    assert len(derived) == 14
