"""Class 3: an account of one type in the place of another. Every type is put into every slot."""

from collections.abc import Iterator

import pytest

from hypernode.chain import addresses
from hypernode.chain.batch import RawAccount
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.layout import ProgramAccount
from hypernode.domain.types import Address
from tests.attacks.attack import Attack, refusal, refuse_each
from tests.programs.scenes import SCENES
from tests.programs.scenes.governance import GovernanceStage
from tests.programs.scenes.scene import PROGRAMS, Scene
from tests.programs.scenes.slashing import SlashingStage
from tests.programs.scenes.stage import Stage
from tests.programs.world import World

# Slots that are refused for their address, before their type is read.
OTHER_TYPE = {
    "accumulator": "WrongAccumulator",
    "community": "InvalidSeeds",
    "destination": "InvalidAccountData",
    "executed": "WrongInstruction",
    "source": "InvalidAccountData",
    "stake_vault": "InvalidSeeds",
    "unlocks": "InvalidSeeds",
    "vault": "InvalidSeeds",
    "markets/vault": "WrongVault",
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
    "governance.pause/markets_config": "UnknownProgram",
    "governance.close_vote/proposal": "WrongProposal",
    "governance.release/community": "WrongDestination",
    "governance.release/mint": "WrongMint",
    "governance.release/operations": "WrongDestination",
}
OTHER_BYTES = {
    "": "InvalidAccountData",
    "slashing.report/node": "WrongNode",
    "slashing.open_from_job/job": "WrongJob",
    "accumulator": "WrongAccumulator",
    "rewards/accumulator": "InvalidAccountData",
    "governance.pause/markets_config": "UnknownProgram",
}
# The exceptions among the types for one slot.
OTHER_TYPE_OF_KIND = {
    "slashing.claim_due: mint as destination": "NothingDue",
}
# These read no account of ours: three make the first one, the last only moves tokens.
WITHOUT_OURS = {
    "markets.init_config",
    "staking.init_pool",
    "slashing.init_config",
    "governance.treasury_transfer",
}
Zoo = dict[str, tuple[Address, RawAccount]]

TYPES: tuple[type[ProgramAccount], ...] = tuple(
    kind for module in PROGRAMS.values() for kind in module.ACCOUNT_TYPES
)
NOTHING = RawAccount(addresses.SYSTEM_PROGRAM, 0, b"")
OWNERS = {*PROGRAMS, addresses.TOKEN_PROGRAM}


def kind_of(raw: RawAccount) -> str:
    for kind in TYPES:
        if raw.owner == kind.PROGRAM and raw.data.startswith(kind.DISCRIMINATOR):
            return f"{kind.__module__.split('.')[-2]} {kind.__name__}"
    return "mint" if len(raw.data) == 82 else "token account"


def worlds() -> Iterator[World]:
    stage = Stage()
    stage.assign()
    yield stage.world
    yield SlashingStage().opened().executed().world
    released = SCENES["governance.release"]()
    released.play()
    yield released.world
    yield GovernanceStage().voted().world


@pytest.fixture(scope="module")
def zoo() -> Zoo:
    """One valid account of every type, as it is on chain."""
    found = {
        kind_of(raw): (address, raw)
        for world in worlds()
        for address, raw in sorted(world.everything().items())
    }
    assert len(found) == len(TYPES) + 2, "a type is missing"
    return found


def others(scene: Scene, zoo: Zoo) -> Iterator[tuple[int, Address, RawAccount, str, Address, RawAccount]]:
    """Return each slot with our own account in it, beside each account of another type.

    Types of one name in two programs share their discriminator; the owner distinguishes those (class 2).
    """
    for index, meta in enumerate(scene.instruction.accounts):
        own = scene.world.raw(meta.address)
        if own is not None and own.owner in OWNERS:
            for kind, (address, raw) in zoo.items():
                if kind.partition(" ")[2] != kind_of(own).partition(" ")[2]:
                    yield index, meta.address, own, kind, address, raw


def of_another_type(scene: Scene, zoo: Zoo) -> Iterator[Attack]:
    """Put each valid account of another type into each slot; class 11 does so with the scene's own."""
    used = {meta.address for meta in scene.instruction.accounts}
    for index, _, own, kind, address, raw in others(scene, zoo):
        if address in used:
            continue
        before = scene.world.lite.raw_account(address)
        scene.world.lite.set_raw_account(address, raw)
        slot, meta = scene.slots[index], scene.instruction.accounts[index]
        batch = scene.bent(index, AccountMeta(address, writable=meta.writable))
        other = wrong_type(own, raw, writable=meta.writable)
        error = refusal({**OTHER_TYPE, "rewards/accumulator": other, "": other}, scene, slot)
        what = f"{kind} as {slot}"
        yield Attack(what, batch, OTHER_TYPE_OF_KIND.get(f"{scene.name}: {what}", error))
        scene.world.lite.set_raw_account(address, before or NOTHING)


def with_the_bytes_of_another_type(scene: Scene, zoo: Zoo) -> Iterator[Attack]:
    for index, at, own, kind, _, raw in others(scene, zoo):
        slot = scene.slots[index]
        if own.owner == addresses.TOKEN_PROGRAM:
            continue
        data = raw.data[: len(own.data)].ljust(len(own.data), b"\0")
        scene.world.lite.set_raw_account(at, RawAccount(own.owner, own.lamports, data))
        yield Attack(f"the bytes of {kind} in {slot}", scene.batch, refusal(OTHER_BYTES, scene, slot))
        scene.world.lite.set_raw_account(at, own)


def wrong_type(own: RawAccount, raw: RawAccount, *, writable: bool) -> str:
    """Return the first error: the size of a writable account is read before its owner, of others after."""
    too_small = len(raw.data) < len(own.data) and own.owner != addresses.TOKEN_PROGRAM
    if raw.owner != own.owner and not (too_small and writable):
        return "IllegalOwner"
    return "AccountDataTooSmall" if too_small else "InvalidAccountData"


@pytest.mark.parametrize("name", SCENES)
def test_no_slot_takes_an_account_of_another_type(name: str, zoo: Zoo) -> None:
    scene = SCENES[name]()
    refuse_each(scene, of_another_type(scene, zoo))


@pytest.mark.parametrize("name", [name for name in SCENES if name not in WITHOUT_OURS])
def test_the_right_address_with_the_bytes_of_another_type_is_refused(name: str, zoo: Zoo) -> None:
    """Only the discriminator distinguishes two types of equal size, so the address alone must not suffice."""
    scene = SCENES[name]()
    refuse_each(scene, with_the_bytes_of_another_type(scene, zoo))
