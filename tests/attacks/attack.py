"""One attack on a scene: a changed transaction that must fail, and the errors that may say so."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from tests.programs.scenes import SCENES, slots_of
from tests.programs.scenes.scene import Scene


@dataclass(frozen=True)
class Attack:
    what: str
    batch: tuple[Instruction, ...]


def scenes_with(slots: Collection[str], *, besides: Collection[tuple[str, str]] = ()) -> set[str]:
    """Return the instructions with one of these slots, not counting those of `besides`."""
    return {
        name for name in SCENES if any(slot in slots and (name, slot) not in besides for slot in slots_of(name))
    }


def refuse_each(
    scene: Scene, attacks: Iterable[Attack], expected: Collection[str], *more: Key, exists: bool = True
) -> None:
    """See each attack refused, then play the scene unchanged: it failed for the attack and for nothing else.

    Attacks may come from a generator that changes an account before each one and restores it after. `exists`
    says whether there is at least one, so that no case passes because it has nothing to do.
    """
    count = 0
    for count, attack in enumerate(attacks, 1):
        what = f"{scene.name}: {attack.what}"
        scene.world.refuse(expected, attack.batch, scene.signers_for(attack.batch, *more), what)
    assert bool(count) == exists, f"{scene.name}: {count} attacks"
    scene.play()
