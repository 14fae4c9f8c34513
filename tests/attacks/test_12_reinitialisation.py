"""Class 12: an account made twice, or made where somebody sent lamports before."""

import pytest

from hypernode.chain.addresses import SYSTEM_PROGRAM
from hypernode.chain.instruction import AccountMeta
from hypernode.chain.reading import RawAccount
from tests.attacks.attack import MADE
from tests.programs.scenes import SCENES
from tests.programs.scenes.scene import PROGRAMS, Scene
from tests.programs.world import SOL


def made(scene: Scene) -> list[AccountMeta]:
    """Return the accounts that the play brings into being."""
    return [
        meta
        for meta in scene.instruction.accounts
        if meta.writable and not meta.signer and not scene.world.exists(meta.address)
    ]


@pytest.mark.parametrize("name", MADE)
def test_nothing_is_made_twice(name: str) -> None:
    scene = SCENES[name]()
    scene.play()
    scene.world.refuse_any(scene.batch, scene.signers_for(scene.batch), f"{name} again")
    scene.world.lite.next_slot()
    scene.world.refuse_any(scene.batch, scene.signers_for(scene.batch), f"{name} again, a slot later")


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("lamports", [1, SOL])
def test_lamports_sent_ahead_do_not_stop_it(name: str, lamports: int) -> None:
    """Anybody can send lamports to an address that he computes; that must not keep its owner out."""
    scene = SCENES[name]()
    addresses = [meta.address for meta in made(scene)]
    assert addresses
    for address in addresses:
        scene.world.lite.set_raw_account(address, RawAccount(SYSTEM_PROGRAM, lamports, b""))
    scene.play()
    for address in addresses:
        raw = scene.world.raw(address)
        assert raw is not None
        assert raw.owner != SYSTEM_PROGRAM
        assert raw.lamports >= scene.world.rent(len(raw.data))


@pytest.mark.parametrize("name", MADE)
def test_an_account_with_any_data_is_not_made_over(name: str) -> None:
    scene = SCENES[name]()
    for meta in made(scene):
        for program in PROGRAMS:
            blank = RawAccount(program, SOL, bytes(400))
            scene.world.lite.set_raw_account(meta.address, blank)
            scene.world.refuse_any(scene.batch, scene.signers_for(scene.batch), f"{name} over {meta.address}")
            scene.world.lite.set_raw_account(meta.address, RawAccount(SYSTEM_PROGRAM, 0, b""))
    scene.play()
