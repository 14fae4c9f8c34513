"""Class 2: an account with the right bytes that belongs to another program or is not the only one."""

from collections.abc import Iterator

import pytest

from hypernode.chain import addresses
from hypernode.chain.batch import RawAccount
from hypernode.chain.instruction import AccountMeta
from hypernode.domain.types import Address
from tests.attacks.attack import BY_ADDRESS, IMPOSTOR_REFUSED, Attack, refusal, refuse_each, scenes_with
from tests.programs.scenes import SCENES
from tests.programs.scenes.scene import PROGRAMS, Scene
from tests.programs.world import named_key

OWNERS = {*PROGRAMS, addresses.TOKEN_PROGRAM}
# Slots with a singleton; markets has a vault for each buyer. An instruction that makes one has none yet.
USES_ONE = scenes_with(
    {
        "accumulator",
        "community",
        "config",
        "oracle_set",
        "pool",
        "stake_vault",
        "state",
        "treasury",
        "unlocks",
        "vault",
    },
    besides={
        "markets.init_config/config",
        "markets.init_config/oracle_set",
        "markets.init_config/treasury",
        "markets.set_fees/treasury",
        *(
            f"markets.{name}/vault"
            for name in ("open_buyer", "deposit", "withdraw", "close_buyer", "accept_job")
        ),
        "staking.init_pool/pool",
        "staking.init_pool/vault",
        "slashing.init_config/config",
        "slashing.init_config/vault",
        *(f"governance.init_config/{slot}" for slot in ("config", "pool", "treasury", "unlocks")),
    },
)
# The instruction that the proposal of the scene executes brings its own singleton.
SHARED = [*USES_ONE, "governance.execute"]
# At another address, the address may be checked first.
COPY_REFUSED = {
    "": "IllegalOwner",
    "accumulator": "WrongAccumulator",
    "community": "InvalidSeeds",
    "destination": "ExternalAccountDataModified",
    "executed": "WrongInstruction",
    "source": "ExternalAccountDataModified",
    "stake_vault": "InvalidSeeds",
    "unlocks": "InvalidSeeds",
    "vault": "InvalidSeeds",
    "markets/vault": "WrongVault",
    "rewards/accumulator": "IllegalOwner",
    "slashing/destination": "WrongDestination",
    "slashing.report/node": "WrongNode",
    "slashing.open_from_job/job": "InvalidSeeds",
    "markets.open_buyer/mint": "WrongMint",
    "markets.settle_job/payout": "WrongPayout",
    "markets.accept_job/payout": "WrongPayout",
    "markets.collect_fees/treasury": "WrongDestination",
    "markets.collect_fees/stakers": "WrongDestination",
    "markets.collect_fees/operations": "WrongDestination",
    "staking.take_rewards/accumulator": "MissingRequiredSignature",
    "slashing.execute/mint": "WrongMint",
    "slashing.close_report/mint": "WrongMint",
    "slashing.close_vote/report": "WrongVote",
    "governance.treasury_transfer/treasury": "InvalidSeeds",
    "governance.close_vote/proposal": "WrongProposal",
    "governance.release/community": "WrongDestination",
    "governance.release/mint": "WrongMint",
    "governance.release/operations": "WrongDestination",
    "governance.pause/markets_config": "UnknownProgram",
}
SECOND_REFUSED = {
    "": "InvalidSeeds",
    "accumulator": "WrongAccumulator",
    "executed": "WrongInstruction",
    "rewards/accumulator": "InvalidSeeds",
    "staking.take_rewards/accumulator": "MissingRequiredSignature",
    "governance.create_proposal/pool": "WrongPool",
    "governance.release/community": "WrongDestination",
}
IMPOSTOR = named_key("a program that is not ours").address
COPY = named_key("a copy").address
NOTHING = RawAccount(addresses.SYSTEM_PROGRAM, 0, b"")
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
        slot = scene.slots[index]
        if f"{scene.name}/{slot}" in BY_ADDRESS:
            continue
        scene.world.lite.set_raw_account(address, RawAccount(IMPOSTOR, raw.lamports, raw.data))
        yield Attack(f"{slot} of an impostor", scene.batch, refusal(IMPOSTOR_REFUSED, scene, slot))
        scene.world.lite.set_raw_account(address, raw)


def copied(scene: Scene) -> Iterator[Attack]:
    for index, _, raw in owned_slots(scene):
        scene.world.lite.set_raw_account(COPY, RawAccount(IMPOSTOR, raw.lamports, raw.data))
        slot, meta = scene.slots[index], scene.instruction.accounts[index]
        batch = scene.bent(index, AccountMeta(COPY, False, meta.writable))
        yield Attack(f"a copy of {slot}", batch, refusal(COPY_REFUSED, scene, slot))
        scene.world.lite.set_raw_account(COPY, NOTHING)


def doubled(scene: Scene) -> Iterator[Attack]:
    """Copy the one configuration or vault to another address, under the program that owns it."""
    for index, address, raw in owned_slots(scene):
        # There is one pool, and the maker of the DAO names it.
        if address in SINGLETONS and scene.name != "governance.init_config":
            scene.world.lite.set_raw_account(COPY, raw)
            slot, meta = scene.slots[index], scene.instruction.accounts[index]
            batch = scene.bent(index, AccountMeta(COPY, False, meta.writable))
            yield Attack(f"a second {slot}", batch, refusal(SECOND_REFUSED, scene, slot))
            scene.world.lite.set_raw_account(COPY, NOTHING)


@pytest.mark.parametrize("name", SCENES)
def test_the_same_bytes_at_the_same_address_under_another_owner_are_refused(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, at_its_address(scene))


@pytest.mark.parametrize("name", SCENES)
def test_a_copy_at_another_address_under_another_owner_is_refused(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, copied(scene))


@pytest.mark.parametrize("name", SHARED)
def test_a_second_configuration_or_vault_is_refused(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, doubled(scene))


@pytest.mark.parametrize("name", [name for name in SCENES if name not in SHARED])
def test_every_other_scene_uses_no_singleton(name: str) -> None:
    scene = SCENES[name]()
    assert not list(doubled(scene))
