"""Class 3: an account of one type in the place of another. Every type is put into every slot."""

from collections.abc import Iterator

import pytest

from hypernode.chain import addresses
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.layout import ProgramAccount
from hypernode.chain.reading import RawAccount
from hypernode.domain.types import Address
from tests.attacks.attack import Attack, refuse_each
from tests.programs.scenes import SCENES
from tests.programs.scenes.governance import GovernanceStage
from tests.programs.scenes.scene import PROGRAMS, Scene
from tests.programs.scenes.slashing import SlashingStage
from tests.programs.scenes.stage import Stage
from tests.programs.world import World

Zoo = dict[str, tuple[Address, RawAccount]]

TYPES: tuple[type[ProgramAccount], ...] = tuple(
    kind for module in PROGRAMS.values() for kind in module.ACCOUNT_TYPES
)
NOTHING = RawAccount(addresses.SYSTEM_PROGRAM, 0, b"")
OWNERS = {*PROGRAMS, addresses.TOKEN_PROGRAM}


def kind_of(raw: RawAccount) -> str:
    for kind in TYPES:
        if raw.owner == kind.PROGRAM and raw.data.startswith(kind.DISCRIMINATOR):
            return f"{kind.__module__.rpartition('.')[2]} {kind.__name__}"
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
    """Return each slot with our own account in it, beside each account of another type."""
    for index, meta in enumerate(scene.instruction.accounts):
        own = scene.world.raw(meta.address)
        if own is not None and own.owner in OWNERS:
            for kind, (address, raw) in zoo.items():
                if kind != kind_of(own):
                    yield index, meta.address, own, kind, address, raw


def of_another_type(scene: Scene, zoo: Zoo) -> Iterator[Attack]:
    for index, _, _, kind, address, raw in others(scene, zoo):
        before = scene.world.lite.raw_account(address)
        scene.world.lite.set_raw_account(address, raw)
        meta = AccountMeta(address, writable=scene.instruction.accounts[index].writable)
        yield Attack(f"{kind} as {scene.slots[index]}", scene.bent(index, meta))
        scene.world.lite.set_raw_account(address, before or NOTHING)


def with_the_bytes_of_another_type(scene: Scene, zoo: Zoo) -> Iterator[Attack]:
    for index, at, own, kind, _, raw in others(scene, zoo):
        data = raw.data[: len(own.data)].ljust(len(own.data), b"\0")
        scene.world.lite.set_raw_account(at, RawAccount(own.owner, own.lamports, data))
        yield Attack(f"the bytes of {kind} in {scene.slots[index]}", scene.batch)
        scene.world.lite.set_raw_account(at, own)


@pytest.mark.parametrize("name", SCENES)
def test_no_slot_takes_an_account_of_another_type(name: str, zoo: Zoo) -> None:
    scene = SCENES[name]()
    refuse_each(scene, of_another_type(scene, zoo), {"X"})


@pytest.mark.parametrize("name", SCENES)
def test_the_right_address_with_the_bytes_of_another_type_is_refused(name: str, zoo: Zoo) -> None:
    """Only the discriminator distinguishes two types of equal size, so the address alone must not suffice."""
    scene = SCENES[name]()
    refuse_each(scene, with_the_bytes_of_another_type(scene, zoo), {"X"})
