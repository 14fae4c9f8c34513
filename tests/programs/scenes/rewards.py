"""One scene for each instruction of rewards."""

from hypernode.chain import addresses, instructions
from tests.programs.scenes.scene import Scene
from tests.programs.scenes.stage import Stage, a_scene
from tests.programs.world import DAY, HYPER, World


def init_accumulator() -> Scene:
    world = World.bare()
    world.run([world.init_pool()], [world.authority])
    return Scene(world, (world.init_accumulator(),), (world.authority,))


def set_windows() -> Scene:
    stage = Stage()
    authority = stage.world.authority
    instruction = instructions.set_windows(
        authority=authority.address, fee_window=2 * DAY, community_window=60 * DAY
    )
    return a_scene(stage, instruction, authority)


def distribute() -> Scene:
    return a_scene(flowing(), instructions.distribute())


def claim_rewards() -> Scene:
    stage = flowing()
    node = stage.node
    stage.world.run([instructions.distribute()], [stage.world.funded("crank")])
    claim = instructions.claim_rewards(owner=node.operator.address, destination=node.wallet)
    return a_scene(stage, claim, node.operator)


def flowing() -> Stage:
    """Fees and community tokens that began to flow twelve hours ago."""
    stage = Stage()
    stage.world.give(addresses.rewards_vault(), 100 * HYPER)
    stage.world.give(addresses.community_pool(), 300 * HYPER)
    stage.world.run([instructions.distribute()], [stage.world.funded("crank")])
    stage.world.advance(DAY // 2)
    return stage
