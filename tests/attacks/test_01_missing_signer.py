"""Class 1: an instruction acts for somebody who did not sign."""

import pytest

from hypernode.chain.instruction import AccountMeta
from tests.programs.plays import PLAYS
from tests.programs.stage import CALLED_BY_PROGRAMS, PROGRAMS, Scene
from tests.programs.world import World

# Whoever signs there pays rent or accepts a proposal made to him: a stranger may play these parts.
FREE_PARTS = {"payer"}


def signer_slots(scene: Scene) -> list[int]:
    return [index for index, meta in enumerate(scene.instruction.accounts) if meta.signer]


def unsigned(scene: Scene, index: int) -> AccountMeta:
    """Return the slot without its signature; somebody who signs elsewhere gives way to one who does not."""
    meta = scene.instruction.accounts[index]
    twice = sum(other.address == meta.address and other.signer for other in scene.instruction.accounts) > 1
    address = scene.world.funded("silent").address if twice else meta.address
    return AccountMeta(address, signer=False, writable=meta.writable)


def test_every_instruction_is_on_stage() -> None:
    staged = {(scene.instruction.program, scene.slots) for scene in (play() for play in PLAYS.values())}
    known = [
        (program, slots)
        for program, module in PROGRAMS.items()
        for name, slots in module.ACCOUNTS.items()
        if name not in CALLED_BY_PROGRAMS
    ]
    assert staged == set(known)
    assert len(PLAYS) == len(known)


@pytest.mark.parametrize("name", PLAYS)
def test_each_dropped_signature_is_missed(name: str) -> None:
    scene = PLAYS[name]()
    for index in signer_slots(scene):
        batch = scene.bent(index, unsigned(scene, index))
        scene.world.refuse_any(batch, scene.signers_for(batch), f"{name} without {scene.slots[index]}")
    scene.play()


@pytest.mark.parametrize("name", PLAYS)
def test_nobody_can_sign_in_anothers_place(name: str) -> None:
    scene = PLAYS[name]()
    stranger = scene.world.funded("stranger in place")
    for index in signer_slots(scene):
        if scene.slots[index] in FREE_PARTS:
            continue
        meta = scene.instruction.accounts[index]
        batch = scene.bent(index, AccountMeta(stranger.address, signer=True, writable=meta.writable))
        scene.world.refuse_any(batch, scene.signers_for(batch, stranger), f"{name}: {scene.slots[index]}")
    scene.play()


def test_a_world_is_its_own(world: World) -> None:
    """Two worlds share nothing, or the scenes above would prove nothing."""
    other = World.ready()
    world.give(world.treasury, 1)
    assert (world.tokens(world.treasury), other.tokens(other.treasury)) == (1, 0)
