"""Class 3: an account of one type plays another. Every type goes into every slot."""

import pytest

from hypernode.chain import addresses
from hypernode.chain.generated import markets, staking
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.layout import ProgramAccount
from hypernode.chain.reading import RawAccount
from hypernode.domain.types import Address
from tests.programs.plays import PLAYS
from tests.programs.stage import PROGRAMS, Scene, Stage

TYPES: tuple[type[ProgramAccount], ...] = (*markets.ACCOUNT_TYPES, *staking.ACCOUNT_TYPES)
NOTHING = RawAccount(addresses.SYSTEM_PROGRAM, 0, b"")
OWNERS = {*PROGRAMS, addresses.TOKEN_PROGRAM}


@pytest.fixture(scope="module")
def zoo() -> dict[str, tuple[Address, RawAccount]]:
    """One valid account of every type, as it is on chain."""
    stage = Stage()
    stage.assign()
    found: dict[str, tuple[Address, RawAccount]] = {}
    for address, raw in sorted(stage.world.everything().items()):
        for kind in TYPES:
            if raw.owner == kind.PROGRAM and raw.data.startswith(kind.DISCRIMINATOR):
                found[kind.__name__] = (address, raw)
    found["token account"] = (stage.buyer.wallet, _raw(stage, stage.buyer.wallet))
    found["mint"] = (stage.world.mint, _raw(stage, stage.world.mint))
    assert found.keys() >= {kind.__name__ for kind in TYPES if kind.PROGRAM in PROGRAMS}
    return found


def _raw(stage: Stage, address: Address) -> RawAccount:
    raw = stage.world.raw(address)
    assert raw is not None
    return raw


def kind_of(raw: RawAccount) -> str:
    for kind in TYPES:
        if raw.owner == kind.PROGRAM and raw.data.startswith(kind.DISCRIMINATOR):
            return kind.__name__
    return "mint" if len(raw.data) == 82 else "token account"


def typed_slots(scene: Scene) -> list[tuple[int, Address, RawAccount]]:
    slots = []
    for index, meta in enumerate(scene.instruction.accounts):
        raw = scene.world.raw(meta.address)
        if raw is not None and raw.owner in OWNERS:
            slots.append((index, meta.address, raw))
    return slots


@pytest.mark.parametrize("name", PLAYS)
def test_no_slot_takes_an_account_of_another_type(
    name: str, zoo: dict[str, tuple[Address, RawAccount]]
) -> None:
    scene = PLAYS[name]()
    for index, _, own in typed_slots(scene):
        for kind, (address, raw) in zoo.items():
            if kind == kind_of(own):
                continue
            before = scene.world.lite.raw_account(address)
            scene.world.lite.set_raw_account(address, raw)
            batch = scene.bent(
                index, AccountMeta(address, writable=scene.instruction.accounts[index].writable)
            )
            what = f"{name}: {kind} as {scene.slots[index]}"
            scene.world.refuse_any(batch, scene.signers_for(batch), what)
            scene.world.lite.set_raw_account(address, before or NOTHING)
    scene.play()


@pytest.mark.parametrize("name", PLAYS)
def test_the_right_address_with_the_bytes_of_another_type_is_refused(
    name: str, zoo: dict[str, tuple[Address, RawAccount]]
) -> None:
    """The address alone must not convince: only the discriminator tells two types of equal size apart."""
    scene = PLAYS[name]()
    for index, address, own in typed_slots(scene):
        for kind, (_, raw) in zoo.items():
            if kind == kind_of(own):
                continue
            posing = RawAccount(
                own.owner, own.lamports, raw.data[: len(own.data)].ljust(len(own.data), b"\0")
            )
            scene.world.lite.set_raw_account(address, posing)
            what = f"{name}: bytes of {kind} at {scene.slots[index]}"
            scene.world.refuse_any(scene.batch, scene.signers_for(scene.batch), what)
        scene.world.lite.set_raw_account(address, own)
    scene.play()
