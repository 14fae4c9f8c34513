"""Scenes that hand over the authority of a program: the offer and its acceptance."""

from collections.abc import Callable

from hypernode.chain import instructions
from hypernode.chain.instruction import Instruction
from tests.programs.scenes.scene import Scene
from tests.programs.scenes.stage import Stage, a_scene

OFFERS: dict[str, Callable[..., Instruction]] = {
    "markets": instructions.propose_authority,
    "rewards": instructions.propose_rewards_authority,
    "slashing": instructions.propose_slashing_authority,
    "staking": instructions.propose_pool_authority,
}
ACCEPTANCES: dict[str, Callable[..., Instruction]] = {
    "markets": instructions.accept_authority,
    "rewards": instructions.accept_rewards_authority,
    "slashing": instructions.accept_slashing_authority,
    "staking": instructions.accept_pool_authority,
}


def offer(program: str) -> Scene:
    return _offer(_stage(), program)


def acceptance(program: str) -> Scene:
    stage = _stage()
    _offer(stage, program).play()
    return a_scene(stage, ACCEPTANCES[program](new_authority=stage.stranger.address), stage.stranger)


def _stage() -> Stage:
    stage = Stage()
    authority = stage.world.authority
    make = instructions.init_slashing(authority=authority.address, mint=stage.world.mint)
    stage.world.run([make], [authority])
    return stage


def _offer(stage: Stage, program: str) -> Scene:
    authority = stage.world.authority
    instruction = OFFERS[program](authority=authority.address, new_authority=stage.stranger.address)
    return a_scene(stage, instruction, authority)
