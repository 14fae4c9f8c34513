"""One scene for each instruction of staking."""

from hypernode.chain import instructions
from tests.programs.cookies import (
    an_operator,
)
from tests.programs.scenes.scene import Scene
from tests.programs.scenes.stage import Stage, a_scene
from tests.programs.world import DAY, HYPER, World


def init_pool() -> Scene:
    world = World.bare()
    return Scene(world, (world.init_pool(),), (world.authority,))


def stake() -> Scene:
    stage = Stage()
    node = an_operator(stage.world, "new node")
    return a_scene(stage, node.stake_ix(100 * HYPER), node.operator)


def top_up_stake() -> Scene:
    stage = Stage()
    node = stage.node
    instruction = instructions.top_up_stake(owner=node.operator.address, source=node.wallet, amount=HYPER)
    return a_scene(stage, instruction, node.operator)


def extend_stake() -> Scene:
    stage = Stage()
    authority = stage.node.operator
    instruction = instructions.extend_stake(owner=authority.address, duration=30 * DAY)
    return a_scene(stage, instruction, authority)


def unstake() -> Scene:
    stage = Stage()
    authority = stage.node.operator
    return a_scene(stage, instructions.unstake(owner=authority.address), authority)


def restake() -> Scene:
    stage = _unstaked()
    authority = stage.node.operator
    return a_scene(stage, instructions.restake(owner=authority.address), authority)


def withdraw_stake() -> Scene:
    stage = _unstaked()
    stage.world.advance(14 * DAY)
    node = stage.node
    instruction = instructions.withdraw_stake(owner=node.operator.address, destination=node.wallet)
    return a_scene(stage, instruction, node.operator)


def forfeit_rewards() -> Scene:
    stage = Stage()
    authority = stage.node.operator
    return a_scene(stage, instructions.forfeit_rewards(owner=authority.address), authority)


def _unstaked() -> Stage:
    stage = Stage()
    for node in (stage.node, stage.rival_node):
        stage.world.run([instructions.unstake(owner=node.operator.address)], [node.operator])
    return stage
