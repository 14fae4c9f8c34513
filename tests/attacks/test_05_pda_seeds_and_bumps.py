"""Class 5: an address from other seeds, or from the right seeds with a bump that is not the canonical one."""

import hashlib

import pytest
from solders.pubkey import Pubkey

from hypernode.chain import addresses
from hypernode.chain.generated import markets, staking
from hypernode.chain.generated.markets.errors import WrongVault
from hypernode.chain.instruction import AccountMeta
from hypernode.domain.types import Address, address_bytes
from tests.programs.cookies import MarketCookie, NodeCookie, a_wallet
from tests.programs.jobs import JobCookie
from tests.programs.scenes import SCENES
from tests.programs.scenes.stage import Scene
from tests.programs.world import HYPER, World, named_key

NONCE = (2).to_bytes(8, "little")


def seeds(scene: Scene) -> dict[str, tuple[Address, list[bytes]]]:
    """For each play that makes an account: the slot, its program and its seeds."""
    signer = address_bytes(scene.signers[0].address)
    return {
        "init_config/config": (markets.PROGRAM_ID, [b"config"]),
        "init_config/oracle_set": (markets.PROGRAM_ID, [b"oracle_set"]),
        "create_market/market": (markets.PROGRAM_ID, [b"market", signer, b"second".ljust(32, b"\0")]),
        "register_node/node": (markets.PROGRAM_ID, [b"node", signer]),
        "create_job/job": (markets.PROGRAM_ID, [b"job", signer, NONCE]),
        "init_pool/pool": (staking.PROGRAM_ID, [b"pool"]),
        "init_pool/vault": (staking.PROGRAM_ID, [b"vault"]),
        "stake/stake": (staking.PROGRAM_ID, [b"stake", signer]),
    }


FOUND_BY_SEARCH = [
    "init_config/config",
    "init_config/oracle_set",
    "create_market/market",
    "register_node/node",
    "create_job/job",
    "init_pool/pool",
    "init_pool/vault",
    "stake/stake",
]
MADE = [*FOUND_BY_SEARCH, "open_buyer/buyer", "open_buyer/vault"]


def other_bumps(program: Address, parts: list[bytes], canonical: int) -> dict[int, Address]:
    """Return the addresses that the same seeds have under the next bumps, by bump."""
    found = {}
    for bump in range(canonical - 1, -1, -1):
        seeded = b"".join([*parts, bytes([bump]), address_bytes(program), b"ProgramDerivedAddress"])
        key = Pubkey.from_bytes(hashlib.sha256(seeded).digest())
        if not key.is_on_curve():
            found[bump] = Address(str(key))
    return dict(list(found.items())[:3])


@pytest.mark.parametrize("place", FOUND_BY_SEARCH)
def test_an_account_is_made_at_the_canonical_bump_only(place: str) -> None:
    name, slot = place.split("/")
    scene = SCENES[name]()
    program, parts = seeds(scene)[place]
    index = scene.slots.index(slot)
    canonical, bump = addresses.derive(program, *parts)
    assert scene.instruction.accounts[index].address == canonical
    for address in other_bumps(program, parts, bump).values():
        batch = scene.bent(index, AccountMeta(address, writable=True))
        error = scene.world.refuse_any(batch, scene.signers_for(batch), f"{place} at bump below {bump}")
        assert error.name in {"InvalidSeeds", "PrivilegeEscalation"}
    scene.play()


@pytest.mark.parametrize("place", MADE)
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
        scene.world.refuse_any(batch, scene.signers_for(batch, elsewhere), f"{place} at a keypair's address")
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
    world.refuse_any([opening], [buyer.owner], "a vault at another bump than was said")
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
