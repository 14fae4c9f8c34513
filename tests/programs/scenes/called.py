"""Scenes of the instructions of staking that only another program's address may sign."""

from hypernode.chain import addresses, instructions
from hypernode.chain.generated import staking
from hypernode.chain.instruction import Instruction
from hypernode.domain.types import Address
from tests.programs.scenes.rewards import flowing
from tests.programs.scenes.scene import Scene
from tests.programs.scenes.stage import Stage, a_scene
from tests.programs.world import HYPER

SLASHER = addresses.slashing_config()


def hold() -> Scene:
    stage = Stage()
    return _signed(
        stage, staking.hold(slasher=SLASHER, stake=stage.node.stake_address, amount=HYPER), SLASHER
    )


def hold_more() -> Scene:
    stage = Stage()
    for node in (stage.rival_node, stage.node):
        _signed(stage, staking.hold(slasher=SLASHER, stake=node.stake_address, amount=0), SLASHER).play()
        stage.world.lite.next_slot()
    more = staking.hold_more(slasher=SLASHER, stake=stage.node.stake_address, amount=HYPER)
    return _signed(stage, more, SLASHER)


def release_hold() -> Scene:
    stage = Stage()
    for node in (stage.rival_node, stage.node):
        _signed(stage, staking.hold(slasher=SLASHER, stake=node.stake_address, amount=HYPER), SLASHER).play()
        stage.world.lite.next_slot()
    return _signed(
        stage, staking.release_hold(slasher=SLASHER, stake=stage.node.stake_address, amount=HYPER), SLASHER
    )


def slash() -> Scene:
    stage = Stage()
    instruction = staking.slash(
        slasher=SLASHER,
        pool=addresses.pool(),
        stake=stage.node.stake_address,
        accumulator=addresses.accumulator(),
        vault=addresses.stake_vault(),
        destination=stage.buyer.wallet,
        amount=HYPER,
    )
    return _signed(stage, instruction, SLASHER)


def take_rewards() -> Scene:
    stage = flowing()
    stage.world.run([instructions.distribute()], [stage.world.funded("crank")])
    accumulator = addresses.accumulator()
    instruction = staking.take_rewards(accumulator=accumulator, stake=stage.node.stake_address)
    return _signed(stage, instruction, accumulator)


def _signed(stage: Stage, instruction: Instruction, signer: Address) -> Scene:
    stage.world.impersonate(signer)
    return a_scene(stage, instruction)
