"""Class 2: an account with the right bytes that belongs to another program."""

import pytest

from hypernode.chain import addresses
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.reading import RawAccount
from tests.programs.plays import PLAYS
from tests.programs.stage import PROGRAMS, Scene
from tests.programs.world import named_key

OWNERS = {*PROGRAMS, addresses.TOKEN_PROGRAM}
IMPOSTOR = named_key("a program that is not ours").address


def owned_slots(scene: Scene) -> list[tuple[int, RawAccount]]:
    found = [(index, scene.world.raw(meta.address)) for index, meta in enumerate(scene.instruction.accounts)]
    return [(index, raw) for index, raw in found if raw is not None and raw.owner in OWNERS]


@pytest.mark.parametrize("name", PLAYS)
def test_the_same_bytes_at_the_same_address_under_another_owner_are_refused(name: str) -> None:
    scene = PLAYS[name]()
    for index, raw in owned_slots(scene):
        address = scene.instruction.accounts[index].address
        scene.world.lite.set_raw_account(address, RawAccount(IMPOSTOR, raw.lamports, raw.data))
        what = f"{name}: {scene.slots[index]} of an impostor"
        scene.world.refuse_any(scene.batch, scene.signers_for(scene.batch), what)
        scene.world.lite.set_raw_account(address, raw)
    scene.play()


@pytest.mark.parametrize("name", PLAYS)
def test_a_copy_at_another_address_under_another_owner_is_refused(name: str) -> None:
    scene = PLAYS[name]()
    copy = named_key("a copy").address
    for index, raw in owned_slots(scene):
        scene.world.lite.set_raw_account(copy, RawAccount(IMPOSTOR, raw.lamports, raw.data))
        batch = scene.bent(index, AccountMeta(copy, writable=scene.instruction.accounts[index].writable))
        scene.world.refuse_any(batch, scene.signers_for(batch), f"{name}: a copy of {scene.slots[index]}")
    scene.play()
