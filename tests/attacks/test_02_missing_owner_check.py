"""Class 2: an account with the right bytes that belongs to another program or is not the only one."""

from collections.abc import Iterator

import pytest

from hypernode.chain import addresses
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.reading import RawAccount
from hypernode.domain.types import Address
from tests.attacks.attack import Attack, refuse_each, scenes_with
from tests.programs.scenes import SCENES
from tests.programs.scenes.scene import PROGRAMS, Scene
from tests.programs.world import named_key

OWNERS = {*PROGRAMS, addresses.TOKEN_PROGRAM}
# Checked by address alone: only its program can put an account there, and no content of it is used.
BY_ADDRESS = {
    ("slashing.report_attested", "oracle_set"),
    ("slashing.close_vote", "report"),
    ("governance.set_operations", "unlocks"),
    ("governance.close_vote", "proposal"),
}
# Slots with a singleton; markets has a vault for each buyer. An instruction that makes one has none yet.
SHARED = scenes_with(
    {
        "config",
        "oracle_set",
        "pool",
        "accumulator",
        "stake_vault",
        "unlocks",
        "state",
        "treasury",
        "vault",
        "community",
    },
    besides={
        ("markets.init_config", "config"),
        ("markets.init_config", "oracle_set"),
        ("markets.init_config", "treasury"),
        *(("markets." + name, "vault") for name in ("open_buyer", "deposit", "withdraw", "close_buyer")),
        ("staking.init_pool", "pool"),
        ("staking.init_pool", "vault"),
        ("slashing.init_config", "config"),
        ("slashing.init_config", "vault"),
        *(("governance.init_config", slot) for slot in ("config", "pool", "treasury", "unlocks")),
    },
)
# The first refusal of an account under another owner: by the program, or by the runtime when it is written.
IMPOSTOR_REFUSED = {
    "IllegalOwner",
    "ExternalAccountDataModified",
    "ExternalAccountLamportSpend",
    "IncorrectProgramId",
    "UnknownProgram",
    "WrongAccumulator",
    "WrongDestination",
}
# At another address, the address or what refers to it may be checked first.
WRONG_ADDRESS = {
    "InvalidSeeds",
    "MissingRequiredSignature",
    "WrongAccumulator",
    "WrongDestination",
    "WrongInstruction",
    "WrongOracleSet",
    "WrongPool",
}
COPY_REFUSED = IMPOSTOR_REFUSED | WRONG_ADDRESS | {"WrongMint", "WrongPayout", "WrongProposal", "WrongVault", "WrongVote"}
IMPOSTOR = named_key("a program that is not ours").address
COPY = named_key("a copy").address
# There is one account of each of these.
SINGLETONS = {
    addresses.config(),
    addresses.oracle_set(),
    addresses.pool(),
    addresses.stake_vault(),
    addresses.accumulator(),
    addresses.rewards_vault(),
    addresses.community_pool(),
    addresses.slashing_config(),
    addresses.slashing_vault(),
    addresses.dao_config(),
    addresses.dao_treasury(),
    addresses.unlocks(),
}


def owned_slots(scene: Scene) -> list[tuple[int, Address, RawAccount]]:
    found = [
        (index, meta.address, scene.world.raw(meta.address))
        for index, meta in enumerate(scene.instruction.accounts)
    ]
    return [(index, at, raw) for index, at, raw in found if raw is not None and raw.owner in OWNERS]


def at_its_address(scene: Scene) -> Iterator[Attack]:
    for index, address, raw in owned_slots(scene):
        if (scene.name, scene.slots[index]) in BY_ADDRESS:
            continue
        scene.world.lite.set_raw_account(address, RawAccount(IMPOSTOR, raw.lamports, raw.data))
        yield Attack(f"{scene.slots[index]} of an impostor", scene.batch)
        scene.world.lite.set_raw_account(address, raw)


def copied(scene: Scene) -> Iterator[Attack]:
    for index, _, raw in owned_slots(scene):
        scene.world.lite.set_raw_account(COPY, RawAccount(IMPOSTOR, raw.lamports, raw.data))
        meta = scene.instruction.accounts[index]
        yield Attack(f"a copy of {scene.slots[index]}", scene.bent(index, AccountMeta(COPY, False, meta.writable)))


def doubled(scene: Scene) -> Iterator[Attack]:
    """Copy the one configuration or vault to another address, under the program that owns it."""
    for index, address, raw in owned_slots(scene):
        # There is one pool, and whoever makes the DAO names it.
        if address in SINGLETONS and scene.name != "governance.init_config":
            scene.world.lite.set_raw_account(COPY, raw)
            meta = scene.instruction.accounts[index]
            batch = scene.bent(index, AccountMeta(COPY, False, meta.writable))
            yield Attack(f"a second {scene.slots[index]}", batch)


@pytest.mark.parametrize("name", SCENES)
def test_the_same_bytes_at_the_same_address_under_another_owner_are_refused(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, at_its_address(scene), IMPOSTOR_REFUSED)


@pytest.mark.parametrize("name", SCENES)
def test_a_copy_at_another_address_under_another_owner_is_refused(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, copied(scene), COPY_REFUSED)


@pytest.mark.parametrize("name", SCENES)
def test_a_second_configuration_or_vault_is_refused(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, doubled(scene), WRONG_ADDRESS, exists=name in SHARED)
