"""One scene for each instruction of the markets' authority, creators and nodes."""

from dataclasses import replace

from hypernode.chain import instructions
from tests.programs.cookies import (
    HARDWARE_HASH,
    an_operator,
)
from tests.programs.scenes.scene import Scene
from tests.programs.scenes.stage import Stage, a_scene
from tests.programs.world import DAY, World

# --- the authority


def init_config() -> Scene:
    world = World.bare()
    return Scene(world, (world.init_config(),), (world.authority,))


def set_fees() -> Scene:
    stage = Stage()
    world = stage.world
    instruction = instructions.set_fees(
        authority=world.authority.address,
        treasury=world.treasury,
        stakers=world.stakers,
        operations=world.market_operations,
        protocol_bps=900,
        stakers_bps=90,
        operations_bps=400,
    )
    return a_scene(stage, instruction, world.authority)


def set_min_rate() -> Scene:
    stage = Stage()
    authority = stage.world.authority
    return a_scene(stage, instructions.set_min_rate(authority=authority.address, min_rate=7), authority)


def set_pause() -> Scene:
    stage = Stage()
    authority = stage.world.authority
    return a_scene(stage, instructions.set_pause(authority=authority.address, flags=1), authority)


def rotate_oracles() -> Scene:
    stage = Stage()
    authority = stage.world.authority
    instruction = instructions.rotate_oracles(
        authority=authority.address,
        threshold=2,
        oracles=[oracle.address for oracle in stage.world.oracles],
    )
    return a_scene(stage, instruction, authority)


# --- the creator


def create_market() -> Scene:
    stage = Stage()
    market = stage.market
    instruction = instructions.create_market(
        creator=market.creator.address,
        matcher=market.matcher.address,
        market_id=b"second".ljust(32, b"\0"),
        terms=market.terms,
    )
    return a_scene(stage, instruction, market.creator, market.matcher)


def update_market() -> Scene:
    stage = Stage()
    terms = replace(stage.market.terms, price_per_second=2)
    instruction = stage.market.update_ix(terms)
    return a_scene(stage, instruction, stage.market.creator, stage.market.matcher)


def close_market() -> Scene:
    stage = Stage()
    creator = stage.market.creator
    instruction = instructions.close_market(creator=creator.address, market=stage.market.address)
    return a_scene(stage, instruction, creator)


# --- the node


def register_node() -> Scene:
    stage = Stage()
    node = an_operator(stage.world, "new node")
    return a_scene(stage, node.register_ix(), node.operator)


def update_node() -> Scene:
    stage = Stage()
    node = stage.node
    state = node.state
    instruction = instructions.update_node(
        operator=node.operator.address,
        payout=node.payout,
        gpu_vendor=state.gpu_vendor,
        gpu_count=1,
        vram_mib=8_000,
        hardware_hash=HARDWARE_HASH,
    )
    return a_scene(stage, instruction, node.operator)


def set_worker_key() -> Scene:
    stage = Stage()
    authority = stage.node.operator
    instruction = instructions.set_worker_key(operator=authority.address, worker_key=stage.stranger.address)
    return a_scene(stage, instruction, authority)


def retire_node() -> Scene:
    stage = Stage()
    authority = stage.node.operator
    return a_scene(stage, instructions.retire_node(operator=authority.address), authority)


def close_node() -> Scene:
    stage = Stage()
    for node in (stage.node, stage.rival_node):
        stage.world.run([instructions.retire_node(operator=node.operator.address)], [node.operator])
    stage.world.advance(14 * DAY)
    authority = stage.node.operator
    return a_scene(stage, instructions.close_node(operator=authority.address), authority)
