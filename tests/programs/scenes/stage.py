"""A world with one buyer, node, market and job, and a rival of each."""

from hypernode.chain import addresses
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.domain.types import Address
from tests.programs.cookies import a_buyer, a_market, a_node
from tests.programs.jobs import a_job
from tests.programs.scenes.scene import Scene
from tests.programs.world import World


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
            self.world.run([job.submit_ix()], [node.worker_key])

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
            self.world.market_operations: self.rival_buyer.wallet,
            addresses.rewards_vault(): self.rival_buyer.wallet,
            addresses.community_pool(): self.rival_buyer.wallet,
            addresses.stake_vault(): self.rival_buyer.vault,
            self.buyer.owner.address: self.rival_buyer.owner.address,
            self.node.operator.address: self.rival_node.operator.address,
            self.market.creator.address: self.rival_market.creator.address,
        }


def a_scene(stage: Stage, instruction: Instruction, *signers: Key) -> Scene:
    return Scene(stage.world, (instruction,), signers, stage.rivals)
