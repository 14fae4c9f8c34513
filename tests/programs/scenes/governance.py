"""One scene for each instruction of governance, with a rival proposal in the same state."""

from collections.abc import Callable, Mapping

from hypernode.chain import addresses, instructions
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import governance as governor
from hypernode.chain.keys import Key
from hypernode.domain.governance import ProposalKind, VoteChoice
from hypernode.domain.types import Address
from tests.programs.governance.dao import (
    PARAMS,
    WINDOW,
    DaoWorld,
    ProposalCookie,
    Voter,
    a_proposal,
    a_voter,
    create_ix,
)
from tests.programs.scenes.scene import Scene
from tests.programs.world import DAY, HYPER

PAUSE = instructions.set_pause(authority=addresses.dao_authority(), flags=1)


class GovernanceStage:
    """A proposal and its rival, by another voter."""

    def __init__(self) -> None:
        self.world = DaoWorld.ready()
        self.world.init_rewards()
        self.world.hand_over()
        self.world.give(addresses.unlocks(), 10 * HYPER)
        self.world.give(addresses.dao_treasury(), HYPER)
        self.voter, self.rival_voter = a_voter(self.world), a_voter(self.world, "rival voter")
        self.proposal, self.rival = self.drafted(self.voter), self.drafted(self.rival_voter)

    def drafted(self, voter: Voter) -> ProposalCookie:
        return a_proposal(voter, PAUSE, kind=ProposalKind.PARAMETERS)

    def each(self, step: Callable[[ProposalCookie], object]) -> "GovernanceStage":
        for proposal in (self.proposal, self.rival):
            step(proposal)
        return self

    def activated(self) -> "GovernanceStage":
        return self.each(ProposalCookie.activate)

    def voted(self, choice: VoteChoice = VoteChoice.FOR) -> "GovernanceStage":
        """Let both voters vote on both, and wait until the voting is over."""
        self.activated()
        for voter in (self.voter, self.rival_voter):
            self.each(lambda proposal, voter=voter: proposal.vote(voter, choice))  # type: ignore[misc]
        self.world.at(max(self.proposal.state.voting_ends_at, self.rival.state.voting_ends_at))
        return self

    def queued(self) -> "GovernanceStage":
        self.voted().each(ProposalCookie.finalize)
        return self.each(ProposalCookie.queue)

    def ripe(self) -> "GovernanceStage":
        self.queued()
        self.world.at(max(self.proposal.state.eta, self.rival.state.eta))
        return self

    def scene(self, instruction: Instruction, *signers: Key) -> Scene:
        return Scene(self.world, (instruction,), signers, self.rivals)

    def voted_for(self, instruction: Instruction) -> Scene:
        """Return an instruction that the DAO's address signs, as it does when a proposal is executed."""
        self.world.impersonate(addresses.dao_authority())
        return self.scene(instruction)

    @property
    def rivals(self) -> Mapping[Address, Address]:
        wallet = self.rival_voter.wallet
        return {
            self.proposal.address: self.rival.address,
            self.voter.address: self.rival_voter.address,
            self.voter.wallet: wallet,
            addresses.stake(self.voter.address): addresses.stake(self.rival_voter.address),
            addresses.vote_record(self.proposal.number, self.voter.address): addresses.vote_record(
                self.rival.number, self.rival_voter.address
            ),
            addresses.dao_treasury(): wallet,
            addresses.unlocks(): wallet,
            addresses.community_pool(): wallet,
            self.world.operations: wallet,
        }


def init_config() -> Scene:
    world = DaoWorld()
    return Scene(world, (world.init_governance(),), (world.authority,))


def set_params() -> Scene:
    return GovernanceStage().voted_for(governor.set_params(params=PARAMS))


def set_guardian() -> Scene:
    stage = GovernanceStage()
    guardian = governor.set_guardian(guardian=stage.voter.address, expires_at=stage.world.now + DAY)
    return stage.voted_for(guardian)


def set_operations() -> Scene:
    stage = GovernanceStage()
    return stage.voted_for(governor.set_operations(operations=stage.voter.wallet))


def treasury_transfer() -> Scene:
    stage = GovernanceStage()
    return stage.voted_for(governor.treasury_transfer(destination=stage.voter.wallet, amount=HYPER))


def adopt() -> Scene:
    stage = GovernanceStage()
    authority = stage.world.authority
    offer = instructions.propose_rewards_authority(
        authority=authority.address, new_authority=addresses.dao_authority()
    )
    stage.world.run([offer], [authority])
    return stage.scene(governor.adopt(program=offer.program, state=addresses.accumulator()))


def create_proposal() -> Scene:
    stage = GovernanceStage()
    return stage.scene(create_ix(stage.voter), stage.voter.key)


def add_instruction() -> Scene:
    stage = GovernanceStage()
    return stage.scene(stage.proposal.add_ix(PAUSE), stage.voter.key)


def activate() -> Scene:
    stage = GovernanceStage()
    return stage.scene(stage.proposal.activate_ix(), stage.voter.key)


def vote() -> Scene:
    stage = GovernanceStage().activated()
    stage.rival.vote(stage.rival_voter)
    return stage.scene(stage.voter.vote_ix(stage.proposal.number), stage.voter.key)


def finalize() -> Scene:
    stage = GovernanceStage().voted()
    return stage.scene(governor.finalize_proposal(number=stage.proposal.number))


def queue() -> Scene:
    stage = GovernanceStage().voted().each(ProposalCookie.finalize)
    return stage.scene(governor.queue_proposal(number=stage.proposal.number))


def execute() -> Scene:
    stage = GovernanceStage().ripe()
    return stage.scene(stage.proposal.execute_ix())


def expire() -> Scene:
    stage = GovernanceStage().ripe()
    stage.world.advance(WINDOW + 1)
    return stage.scene(governor.expire_proposal(number=stage.proposal.number))


def cancel() -> Scene:
    stage = GovernanceStage()
    return stage.scene(_cancel(stage.proposal), stage.voter.key)


def veto() -> Scene:
    stage = GovernanceStage().activated()
    guardian, version = stage.world.guardian, stage.world.config.version
    instruction = governor.veto_proposal(
        guardian=guardian.address, number=stage.proposal.number, version=version
    )
    return stage.scene(instruction, guardian)


def pause() -> Scene:
    stage = GovernanceStage()
    guardian, version = stage.world.guardian, stage.world.config.version
    return stage.scene(governor.guardian_pause(guardian=guardian.address, flags=1, version=version), guardian)


def release() -> Scene:
    stage = GovernanceStage()
    world, payer = stage.world, stage.world.funded("releaser")
    instruction = governor.release_unlocked(
        payer=payer.address, number=0, operations=world.operations, mint=world.mint
    )
    return stage.scene(instruction, payer)


def close_vote() -> Scene:
    stage = GovernanceStage().voted(VoteChoice.AGAINST).each(ProposalCookie.finalize)
    instruction = governor.close_vote(voter=stage.voter.address, number=stage.proposal.number)
    return stage.scene(instruction, stage.voter.key)


def close_proposal() -> Scene:
    stage = GovernanceStage()
    stage.each(lambda proposal: stage.world.run([_cancel(proposal)], [proposal.proposer.key]))
    stage.world.advance(30 * DAY)
    number, payer = stage.proposal.number, stage.voter.address
    return stage.scene(governor.close_proposal(number=number, payer=payer))


def _cancel(proposal: ProposalCookie) -> Instruction:
    return governor.cancel_proposal(canceller=proposal.proposer.address, number=proposal.number)
