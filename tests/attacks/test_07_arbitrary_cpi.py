"""Class 7: a program that poses as the token or the system program and answers Ok to everything."""

from collections.abc import Iterator

import pytest

from hypernode.chain import addresses
from hypernode.chain.batch import RawAccount
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.domain.types import Address, address_bytes
from tests.attacks.attack import Attack, refuse_each, scenes_with
from tests.programs.scenes import SCENES
from tests.programs.scenes.scene import Scene
from tests.programs.world import SOL, World, named_key

# The memo program accepts whatever is UTF-8, as any instruction with small numbers is.
MEMO = Address("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr")
TRUSTED = {addresses.TOKEN_PROGRAM, addresses.SYSTEM_PROGRAM}

CALLERS = scenes_with({"token_program", "system_program"})


def yes_man(world: World) -> Address:
    """Put a program that says Ok under an address of the attacker's."""
    address = named_key("a program that says yes").address
    for source, target in ((addresses.program_data(MEMO), addresses.program_data(address)), (MEMO, address)):
        raw = world.raw(source)
        if raw is not None:
            data = raw.data
            if target == address and len(data) == 36:
                data = data[:4] + address_bytes(addresses.program_data(address))
            account = RawAccount(raw.owner, 10 * SOL, data)
            world.lite.set_raw_account(target, account, executable=target == address)
    return address


def test_the_yes_man_says_yes(world: World) -> None:
    """It accepts a token transfer's bytes without moving a token, or the attack below would prove nothing."""
    yes = yes_man(world)
    world.run([Instruction(yes, (), b"\x03" + (5).to_bytes(8, "little"))], [world.authority])


def calls_another(scene: Scene) -> Iterator[Attack]:
    yes = yes_man(scene.world)
    for index, meta in enumerate(scene.instruction.accounts):
        if meta.address not in TRUSTED:
            continue
        for false in (yes, addresses.TOKEN_2022_PROGRAM):
            batch = scene.bent(index, AccountMeta(false))
            yield Attack(f"{false} as {scene.slots[index]}", batch, "IncorrectProgramId")


@pytest.mark.parametrize("name", CALLERS)
def test_only_the_real_programs_are_called(name: str) -> None:
    scene = SCENES[name]()
    refuse_each(scene, calls_another(scene))


@pytest.mark.parametrize("name", [name for name in SCENES if name not in CALLERS])
def test_every_other_scene_calls_no_trusted_program(name: str) -> None:
    scene = SCENES[name]()
    assert TRUSTED.isdisjoint(meta.address for meta in scene.instruction.accounts)
