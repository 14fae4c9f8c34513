"""Owns the stage on which every instruction can be played: a cast, and a rival for everybody in it.

A `Scene` is one instruction ready to succeed. Attacks bend it, see it refused, and then play it as it was,
which proves that it failed for the bend and for nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from hypernode.chain import addresses, instructions
from hypernode.chain.generated import markets, staking
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.keys import Key
from hypernode.domain.types import Address
from tests.programs.cookies import (
    HARDWARE_HASH,
    SPEC_HASH,
    JobCookie,
    a_buyer,
    a_job,
    a_market,
    a_node,
    a_wallet,
    an_operator,
)
from tests.programs.world import DAY, HYPER, World

PROGRAMS = {markets.PROGRAM_ID: markets, staking.PROGRAM_ID: staking}


class Stage:
    """Two of everything: the cast that acts, and rivals whose accounts are just as valid."""

    def __init__(self) -> None:
        self.world = World.ready()
        self.market, self.rival_market = a_market(self.world), a_market(self.world, "rival")
        self.buyer, self.rival_buyer = a_buyer(self.world), a_buyer(self.world, "rival buyer")
        self.node, self.rival_node = a_node(self.world), a_node(self.world, "rival node")
        self.job = a_job(self.world, buyer=self.buyer, market=self.market)
        self.rival_job = a_job(self.world, buyer=self.rival_buyer, market=self.rival_market)
        self.stranger = self.world.funded("stranger")

    def assign(self) -> None:
        self.job.assign(self.node)
        self.rival_job.assign(self.rival_node)

    def submit(self) -> None:
        """Hand in both receipts at the same second."""
        self.assign()
        self.world.advance(60)
        for job, node in ((self.job, self.node), (self.rival_job, self.rival_node)):
            self.world.run([job.submit_ix()], [node.agent])

    def settle(self) -> None:
        self.submit()
        self.job.settle()
        self.rival_job.settle()

    @property
    def rivals(self) -> dict[Address, Address]:
        """For each account of the cast, the rival's account that plays the same part."""
        return {
            self.market.address: self.rival_market.address,
            self.buyer.address: self.rival_buyer.address,
            self.buyer.vault: self.rival_buyer.vault,
            self.buyer.wallet: self.rival_buyer.wallet,
            self.node.address: self.rival_node.address,
            self.node.stake_address: self.rival_node.stake_address,
            self.node.payout: self.rival_node.payout,
            self.node.wallet: self.rival_node.wallet,
            self.job.address: self.rival_job.address,
            self.world.treasury: self.rival_buyer.wallet,
            self.world.stakers: self.rival_buyer.wallet,
            self.world.platform: self.rival_buyer.wallet,
            addresses.stake_vault(): self.rival_buyer.vault,
            self.buyer.owner.address: self.rival_buyer.owner.address,
            self.node.authority.address: self.rival_node.authority.address,
            self.market.creator.address: self.rival_market.creator.address,
        }


@dataclass(frozen=True)
class Scene:
    """One transaction whose instruction number `target` is the one under attack."""

    world: World
    stage: Stage | None
    batch: tuple[Instruction, ...]
    signers: tuple[Key, ...]
    target: int = 0

    @property
    def instruction(self) -> Instruction:
        return self.batch[self.target]

    @property
    def slots(self) -> tuple[str, ...]:
        module = PROGRAMS[self.instruction.program]
        name = next(
            name for tag, name in module.INSTRUCTIONS.items() if self.instruction.data.startswith(tag)
        )
        return module.ACCOUNTS[name]

    def bent(self, index: int, meta: AccountMeta) -> tuple[Instruction, ...]:
        """Return the transaction with another account in one slot of its target."""
        return self.replaced(self.instruction.with_account(index, meta))

    def replaced(self, instruction: Instruction) -> tuple[Instruction, ...]:
        return (*self.batch[: self.target], instruction, *self.batch[self.target + 1 :])

    def signers_for(self, batch: tuple[Instruction, ...], *more: Key) -> list[Key]:
        """Return a payer and those keys that the bent transaction still asks for."""
        payer = self.world.funded("crank")
        needed = {meta.address for entry in batch for meta in entry.accounts if meta.signer}
        return [payer, *(key for key in (*self.signers, *more) if key.address in needed)]

    def play(self) -> None:
        """Play it as it was written."""
        self.world.run(self.batch, self.signers_for(self.batch))


Play = Callable[[], Scene]


def _scene(stage: Stage, instruction: Instruction, *signers: Key) -> Scene:
    return Scene(stage.world, stage, (instruction,), signers)


# --- markets: the authority


def init_config() -> Scene:
    world = World.bare()
    return Scene(world, None, (world.init_config(),), (world.authority,))


def propose_authority() -> Scene:
    stage = Stage()
    authority = stage.world.authority
    instruction = instructions.propose_authority(
        authority=authority.address, new_authority=stage.stranger.address
    )
    return _scene(stage, instruction, authority)


def accept_authority() -> Scene:
    proposed = propose_authority()
    assert proposed.stage is not None
    proposed.play()
    stranger = proposed.stage.stranger
    instruction = instructions.accept_authority(new_authority=stranger.address)
    return _scene(proposed.stage, instruction, stranger)


def set_fees() -> Scene:
    stage = Stage()
    world = stage.world
    instruction = instructions.set_fees(
        authority=world.authority.address,
        treasury=world.treasury,
        stakers=world.stakers,
        platform=world.platform,
        protocol_bps=900,
        stakers_bps=90,
        platform_bps=400,
    )
    return _scene(stage, instruction, world.authority)


def set_pause() -> Scene:
    stage = Stage()
    authority = stage.world.authority
    return _scene(stage, instructions.set_pause(authority=authority.address, flags=1), authority)


def rotate_oracles() -> Scene:
    stage = Stage()
    authority = stage.world.authority
    instruction = instructions.rotate_oracles(
        authority=authority.address, threshold=1, oracles=[stage.stranger.address]
    )
    return _scene(stage, instruction, authority)


# --- markets: the creator


def create_market() -> Scene:
    stage = Stage()
    creator = stage.market.creator
    instruction = instructions.create_market(
        creator=creator.address, market_id=b"second".ljust(32, b"\0"), terms=stage.market.terms
    )
    return _scene(stage, instruction, creator)


def update_market() -> Scene:
    stage = Stage()
    creator = stage.market.creator
    terms = replace(stage.market.terms, price_per_second=2)
    instruction = instructions.update_market(
        creator=creator.address, market=stage.market.address, terms=terms
    )
    return _scene(stage, instruction, creator)


def close_market() -> Scene:
    stage = Stage()
    creator = stage.market.creator
    instruction = instructions.close_market(creator=creator.address, market=stage.market.address)
    return _scene(stage, instruction, creator)


# --- markets: the node


def register_node() -> Scene:
    stage = Stage()
    node = an_operator(stage.world, "new node")
    return _scene(stage, node.register_ix(), node.authority)


def update_node() -> Scene:
    stage = Stage()
    node = stage.node
    state = node.state
    instruction = instructions.update_node(
        authority=node.authority.address,
        payout=node.payout,
        gpu_vendor=state.gpu_vendor,
        gpu_count=1,
        vram_mib=8_000,
        hardware_hash=HARDWARE_HASH,
    )
    return _scene(stage, instruction, node.authority)


def set_node_agent() -> Scene:
    stage = Stage()
    authority = stage.node.authority
    instruction = instructions.set_node_agent(authority=authority.address, agent=stage.stranger.address)
    return _scene(stage, instruction, authority)


def retire_node() -> Scene:
    stage = Stage()
    authority = stage.node.authority
    return _scene(stage, instructions.retire_node(authority=authority.address), authority)


def close_node() -> Scene:
    retired = retire_node()
    assert retired.stage is not None
    retired.play()
    stage, world = retired.stage, retired.world
    rival = stage.rival_node.authority
    world.run([instructions.retire_node(authority=rival.address)], [rival])
    world.advance(14 * DAY)
    authority = stage.node.authority
    return _scene(stage, instructions.close_node(authority=authority.address), authority)


# --- markets: the buyer


def open_buyer() -> Scene:
    stage = Stage()
    wallet = a_wallet(stage.world, "new buyer")
    return _scene(stage, wallet.open_ix(), wallet.owner)


def deposit() -> Scene:
    stage = Stage()
    stage.world.give(stage.buyer.wallet, HYPER)
    stage.world.give(stage.rival_buyer.wallet, HYPER)
    return _scene(stage, stage.buyer.deposit_ix(HYPER), stage.buyer.owner)


def withdraw() -> Scene:
    stage = Stage()
    return _scene(stage, stage.buyer.withdraw_ix(HYPER), stage.buyer.owner)


def close_buyer() -> Scene:
    stage = Stage()
    for job in (stage.job, stage.rival_job):
        job.cancel()
        job.buyer.withdraw(job.buyer.state.available)
    owner = stage.buyer.owner
    return _scene(stage, instructions.close_buyer(owner=owner.address), owner)


def create_job() -> Scene:
    stage = Stage()
    second = JobCookie(stage.world, stage.buyer, stage.market, nonce=2)
    return _scene(stage, second.create_ix(spec_hash=SPEC_HASH), stage.buyer.owner)


def cancel_job() -> Scene:
    stage = Stage()
    return _scene(stage, stage.job.cancel_ix(), stage.buyer.owner)


# --- markets: a job on its way


def assign_job() -> Scene:
    stage = Stage()
    return _scene(stage, stage.job.assign_ix(stage.node), stage.node.agent, stage.market.matcher)


def submit_receipt() -> Scene:
    stage = Stage()
    stage.assign()
    stage.world.advance(60)
    return _scene(stage, stage.job.submit_ix(), stage.node.agent)


def settle_job() -> Scene:
    stage = Stage()
    stage.submit()
    return Scene(stage.world, stage, stage.job.settle_ixs(), (), target=1)


def expire_job() -> Scene:
    stage = Stage()
    stage.submit()
    stage.world.at(stage.job.state.verdict_deadline + 1)
    return _scene(stage, stage.job.expire_ix())


def collect_fees() -> Scene:
    stage = Stage()
    stage.settle()
    config = stage.world.read(markets.Config, addresses.config())
    return _scene(stage, instructions.collect_fees(owner=stage.buyer.owner.address, config=config))


# --- staking


def init_pool() -> Scene:
    world = World.bare()
    return Scene(world, None, (world.init_pool(),), (world.authority,))


def propose_pool_authority() -> Scene:
    stage = Stage()
    authority = stage.world.authority
    instruction = instructions.propose_pool_authority(
        authority=authority.address, new_authority=stage.stranger.address
    )
    return _scene(stage, instruction, authority)


def accept_pool_authority() -> Scene:
    proposed = propose_pool_authority()
    assert proposed.stage is not None
    proposed.play()
    stranger = proposed.stage.stranger
    instruction = instructions.accept_pool_authority(new_authority=stranger.address)
    return _scene(proposed.stage, instruction, stranger)


def stake() -> Scene:
    stage = Stage()
    node = an_operator(stage.world, "new node")
    return _scene(stage, node.stake_ix(100 * HYPER), node.authority)


def top_up_stake() -> Scene:
    stage = Stage()
    node = stage.node
    instruction = instructions.top_up_stake(owner=node.authority.address, source=node.wallet, amount=HYPER)
    return _scene(stage, instruction, node.authority)


def extend_stake() -> Scene:
    stage = Stage()
    authority = stage.node.authority
    instruction = instructions.extend_stake(owner=authority.address, duration=30 * DAY)
    return _scene(stage, instruction, authority)


def unstake() -> Scene:
    stage = Stage()
    authority = stage.node.authority
    return _scene(stage, instructions.unstake(owner=authority.address), authority)


def restake() -> Scene:
    stage = _unstaked()
    authority = stage.node.authority
    return _scene(stage, instructions.restake(owner=authority.address), authority)


def withdraw_stake() -> Scene:
    stage = _unstaked()
    stage.world.advance(14 * DAY)
    node = stage.node
    instruction = instructions.withdraw_stake(owner=node.authority.address, destination=node.wallet)
    return _scene(stage, instruction, node.authority)


def _unstaked() -> Stage:
    stage = Stage()
    for node in (stage.node, stage.rival_node):
        stage.world.run([instructions.unstake(owner=node.authority.address)], [node.authority])
    return stage


PLAYS: dict[str, Play] = {
    "init_config": init_config,
    "propose_authority": propose_authority,
    "accept_authority": accept_authority,
    "set_fees": set_fees,
    "set_pause": set_pause,
    "rotate_oracles": rotate_oracles,
    "create_market": create_market,
    "update_market": update_market,
    "close_market": close_market,
    "register_node": register_node,
    "update_node": update_node,
    "set_node_agent": set_node_agent,
    "retire_node": retire_node,
    "close_node": close_node,
    "open_buyer": open_buyer,
    "deposit": deposit,
    "withdraw": withdraw,
    "close_buyer": close_buyer,
    "create_job": create_job,
    "cancel_job": cancel_job,
    "assign_job": assign_job,
    "submit_receipt": submit_receipt,
    "settle_job": settle_job,
    "expire_job": expire_job,
    "collect_fees": collect_fees,
    "init_pool": init_pool,
    "propose_pool_authority": propose_pool_authority,
    "accept_pool_authority": accept_pool_authority,
    "stake": stake,
    "top_up_stake": top_up_stake,
    "extend_stake": extend_stake,
    "unstake": unstake,
    "restake": restake,
    "withdraw_stake": withdraw_stake,
}
