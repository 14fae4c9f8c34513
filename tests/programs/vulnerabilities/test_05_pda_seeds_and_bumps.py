"""Class 5: an address from other seeds, or from the right seeds with a bump that is not the canonical one."""

import hashlib

import pytest
from solders.pubkey import Pubkey

from hypernode.chain import addresses
from hypernode.chain.generated import markets, staking
from hypernode.chain.instruction import AccountMeta
from hypernode.domain.types import Address, address_bytes
from tests.programs.plays import PLAYS
from tests.programs.stage import Scene
from tests.programs.world import named_key

NONCE = (2).to_bytes(8, "little")


def seeds(scene: Scene) -> dict[str, tuple[Address, list[bytes]]]:
    """For each play that makes an account: the slot, its program and its seeds."""
    signer = address_bytes(scene.signers[0].address)
    return {
        "init_config/config": (markets.PROGRAM_ID, [b"config"]),
        "init_config/oracle_set": (markets.PROGRAM_ID, [b"oracle_set"]),
        "create_market/market": (markets.PROGRAM_ID, [b"market", signer, b"second".ljust(32, b"\0")]),
        "register_node/node": (markets.PROGRAM_ID, [b"node", signer]),
        "open_buyer/buyer": (markets.PROGRAM_ID, [b"buyer", signer]),
        "open_buyer/vault": (markets.PROGRAM_ID, [b"buyer_vault", signer]),
        "create_job/job": (markets.PROGRAM_ID, [b"job", signer, NONCE]),
        "init_pool/pool": (staking.PROGRAM_ID, [b"pool"]),
        "init_pool/vault": (staking.PROGRAM_ID, [b"vault"]),
        "stake/stake": (staking.PROGRAM_ID, [b"stake", signer]),
    }


MADE = [
    "init_config/config",
    "init_config/oracle_set",
    "create_market/market",
    "register_node/node",
    "open_buyer/buyer",
    "open_buyer/vault",
    "create_job/job",
    "init_pool/pool",
    "init_pool/vault",
    "stake/stake",
]


def other_bumps(program: Address, parts: list[bytes], canonical: int) -> list[Address]:
    """Return the addresses that the same seeds have under the next bumps."""
    found = []
    for bump in range(canonical - 1, -1, -1):
        seeded = b"".join([*parts, bytes([bump]), address_bytes(program), b"ProgramDerivedAddress"])
        key = Pubkey.from_bytes(hashlib.sha256(seeded).digest())
        if not key.is_on_curve():
            found.append(Address(str(key)))
    return found[:3]


@pytest.mark.parametrize("place", MADE)
def test_an_account_is_made_at_the_canonical_bump_only(place: str) -> None:
    name, slot = place.split("/")
    scene = PLAYS[name]()
    program, parts = seeds(scene)[place]
    index = scene.slots.index(slot)
    canonical, bump = addresses.derive(program, *parts)
    assert scene.instruction.accounts[index].address == canonical
    for address in other_bumps(program, parts, bump):
        batch = scene.bent(index, AccountMeta(address, writable=True))
        error = scene.world.refuse_any(batch, scene.signers_for(batch), f"{place} at bump below {bump}")
        assert error.name in {"InvalidSeeds", "PrivilegeEscalation"}
    scene.play()


@pytest.mark.parametrize("place", MADE)
def test_an_account_is_made_at_no_other_address(place: str) -> None:
    name, slot = place.split("/")
    scene = PLAYS[name]()
    index = scene.slots.index(slot)
    elsewhere = named_key("elsewhere")
    for meta in (
        AccountMeta(elsewhere.address, writable=True),
        AccountMeta(elsewhere.address, signer=True, writable=True),
    ):
        batch = scene.bent(index, meta)
        scene.world.refuse_any(batch, scene.signers_for(batch, elsewhere), f"{place} at a keypair's address")
    scene.play()


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
