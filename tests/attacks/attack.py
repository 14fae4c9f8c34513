"""One attack on a scene: a changed transaction that must fail, and the one error that must say so."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from tests.programs.scenes import SCENES, slots_of
from tests.programs.scenes.scene import Scene

# The error that refuses an attack on a slot. A key is `slot`, or `program/slot` or `program.instruction/slot`
# where these differ; "" stands for every other slot.
Refusals = Mapping[str, str]


@dataclass(frozen=True)
class Attack:
    what: str
    batch: tuple[Instruction, ...]
    error: str


def refusal(refusals: Refusals, scene: Scene, slot: str) -> str:
    """Return the error for one slot of a scene: the most exact entry decides."""
    program = scene.name.partition(".")[0]
    for key in (f"{scene.name}/{slot}", f"{program}/{slot}", slot, ""):
        if key in refusals:
            return refusals[key]
    raise AssertionError(f"no refusal is known for {scene.name}/{slot}")


def scenes_with(slots: Collection[str], *, besides: Collection[str] = ()) -> list[str]:
    """Return the instructions with one of these slots; `besides` names places, `program.instruction/slot`."""
    return [
        name
        for name in SCENES
        if any(slot in slots and f"{name}/{slot}" not in besides for slot in slots_of(name))
    ]


def refuse_each(scene: Scene, attacks: Iterable[Attack], *more: Key) -> None:
    """See each attack refused, then play the scene unchanged: it failed for the attack and for nothing else.

    Attacks may come from a generator that changes an account before each one and restores it after. A case
    without any attack fails, so that none passes because it has nothing to do.
    """
    attacked = False
    for attack in attacks:
        attacked, what = True, f"{scene.name}: {attack.what}"
        scene.world.refuse(attack.error, attack.batch, scene.signers_for(attack.batch, *more), what)
    assert attacked, f"{scene.name}: no attack"
    scene.play()
