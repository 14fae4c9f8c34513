"""Class 12: an account made twice, or made where someone sent lamports before."""

from collections.abc import Iterator

import pytest

from hypernode.chain.addresses import SYSTEM_PROGRAM
from hypernode.chain.batch import RawAccount
from hypernode.domain.types import Address
from tests.attacks.attack import MADE, Attack, refuse_each
from tests.programs.scenes import SCENES
from tests.programs.scenes.scene import PROGRAMS, Scene
from tests.programs.world import SOL

AGAIN_REFUSED = {
    "slashing.execute": "AlreadyPunished",
    # The address has a number that the first call counted up.
    "governance.create_proposal": "InvalidSeeds",
    "governance.release": "InvalidSeeds",
}


def made(scene: Scene) -> dict[str, Address]:
    """Return the accounts that the instruction makes, by slot."""
    accounts = scene.instruction.accounts
    return {slot: accounts[scene.slots.index(slot)].address for slot in MADE[scene.name]}


@pytest.mark.parametrize("name", MADE)
def test_nothing_is_made_twice(name: str) -> None:
    scene = SCENES[name]()
    scene.play()
    error = AGAIN_REFUSED.get(name, "AccountAlreadyInUse")
    scene.world.refuse(error, scene.batch, scene.signers_for(scene.batch), f"{name} again")
    scene.world.lite.next_slot()
    scene.world.refuse(error, scene.batch, scene.signers_for(scene.batch), f"{name} again, a slot later")


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("lamports", [1, SOL])
def test_lamports_sent_ahead_do_not_stop_it(name: str, lamports: int) -> None:
    """A stranger can send lamports to an address that is known in advance; the owner still gets it."""
    scene = SCENES[name]()
    for address in made(scene).values():
        scene.world.lite.set_raw_account(address, RawAccount(SYSTEM_PROGRAM, lamports, b""))
    scene.play()
    for address in made(scene).values():
        raw = scene.world.raw(address)
        assert raw is not None
        assert raw.owner != SYSTEM_PROGRAM
        assert raw.lamports >= scene.world.rent(len(raw.data))


def in_the_way(scene: Scene) -> Iterator[Attack]:
    """Put an account of each program where the instruction makes one."""
    for slot, address in made(scene).items():
        for program in PROGRAMS:
            error = "ConstraintSpace" if slot == "record" else "AccountAlreadyInUse"
            scene.world.lite.set_raw_account(address, RawAccount(program, SOL, bytes(400)))
            yield Attack(f"over {slot}", scene.batch, error)
            scene.world.lite.set_raw_account(address, RawAccount(SYSTEM_PROGRAM, 0, b""))


@pytest.mark.parametrize("name", MADE)
def test_an_account_with_any_data_is_not_made_over(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, in_the_way(scene))
