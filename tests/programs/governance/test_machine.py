"""Any order of anyone's acts, at any time: a proposal goes where the model says only."""

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.markets import Config as MarketsConfig
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.keys import Key
from hypernode.domain.governance import ProposalKind, ProposalStatus, VoteChoice, passes, quorum
from hypernode.errors import ProgramError
from tests.programs.governance.dao import (
    PARAMS,
    TIMELOCK_PARAMETERS,
    VOTING_PERIOD,
    WINDOW,
    DaoWorld,
    a_proposal,
    a_voter,
)
from tests.programs.world import DAY, HYPER

S = ProposalStatus
STAKES = (1_000 * HYPER, 3_000 * HYPER, 9_000 * HYPER)
STEPS = (1, 3_600, DAY, VOTING_PERIOD - 1, VOTING_PERIOD, TIMELOCK_PARAMETERS, WINDOW - 1, WINDOW, 8 * DAY)


@dataclass
class Model:
    """What a proposal with two instructions should be."""

    created_at: int
    weights: tuple[int, ...]
    status: ProposalStatus = S.DRAFT
    ends_at: int = 0
    eta: int = 0
    executed: int = 0
    sums: dict[VoteChoice, int] = field(default_factory=lambda: dict.fromkeys(VoteChoice, 0))
    voted: set[int] = field(default_factory=set)

    def allows(self, act: str, now: int, voter: int = 0) -> bool:
        deadline = (self.eta or self.ends_at) + WINDOW
        return {
            "activate": self.status == S.DRAFT and now <= self.created_at + 7 * DAY,
            "vote": self.status == S.ACTIVE and now < self.ends_at and voter not in self.voted,
            "finalize": self.status == S.ACTIVE and now >= self.ends_at,
            "queue": self.status == S.SUCCEEDED and now < deadline,
            "execute": self.status == S.QUEUED and self.eta <= now < deadline,
            "expire": self.status in {S.SUCCEEDED, S.QUEUED} and now >= deadline,
            "cancel": self.status == S.DRAFT or (self.status == S.ACTIVE and now < self.ends_at),
            "sweep": self.status == S.DRAFT and now > self.created_at + 7 * DAY,
            "veto": self.status in {S.ACTIVE, S.SUCCEEDED, S.QUEUED},
        }[act]

    def do(self, act: str, now: int, voter: int = 0, choice: VoteChoice = VoteChoice.FOR) -> None:
        if act == "activate":
            self.status, self.ends_at = S.ACTIVE, now + VOTING_PERIOD
        elif act == "vote":
            self.voted.add(voter)
            self.sums[choice] += self.weights[voter]
        elif act == "finalize":
            sums = [self.sums[c] for c in (VoteChoice.FOR, VoteChoice.AGAINST, VoteChoice.ABSTAIN)]
            carried = passes(sums, quorum(sum(self.weights), PARAMS.quorum_bps))
            self.status = S.SUCCEEDED if carried else S.DEFEATED
        elif act == "queue":
            self.status, self.eta = S.QUEUED, now + TIMELOCK_PARAMETERS
        elif act == "execute":
            self.executed += 1
            self.status = S.EXECUTED if self.executed == 2 else S.QUEUED
        else:
            ends = {"expire": S.EXPIRED, "veto": S.VETOED}
            self.status = ends.get(act, S.CANCELLED)


class ProposalMachine(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.dao = DaoWorld.ready()
        self.dao.hand_over()
        self.voters = [a_voter(self.dao, f"voter {i}", stake) for i, stake in enumerate(STAKES)]
        calls = [instructions.set_pause(authority=addresses.dao_authority(), flags=flags) for flags in (1, 3)]
        self.proposal = a_proposal(self.voters[0], *calls, kind=ProposalKind.PARAMETERS)
        self.model = Model(self.dao.now, tuple(voter.stake.weight for voter in self.voters))

    @rule(seconds=st.sampled_from(STEPS))
    def wait(self, seconds: int) -> None:
        self.dao.advance(seconds)

    @rule(voter=st.sampled_from(range(3)), choice=st.sampled_from(VoteChoice))
    def vote(self, voter: int, choice: VoteChoice) -> None:
        who = self.voters[voter]
        self.act("vote", who.vote_ix(self.proposal.number, choice), who.key, voter, choice)

    @rule(act=st.sampled_from(["activate", "finalize", "queue", "expire", "cancel", "sweep"]))
    def step(self, act: str) -> None:
        number, proposer, crank = self.proposal.number, self.voters[0].key, self.dao.funded("crank")
        calls = {
            "activate": (self.proposal.activate_ix(), proposer),
            "finalize": (dao_instructions.finalize_proposal(number=number), crank),
            "queue": (dao_instructions.queue_proposal(number=number), crank),
            "expire": (dao_instructions.expire_proposal(number=number), crank),
            "cancel": (dao_instructions.cancel_proposal(canceller=proposer.address, number=number), proposer),
            "sweep": (dao_instructions.cancel_proposal(canceller=crank.address, number=number), crank),
        }
        self.act(act, *calls[act])

    @rule()
    def execute(self) -> None:
        index = min(self.proposal.state.executed, 1)
        self.act("execute", self.proposal.execute_ix(index), self.dao.funded("crank"))

    @rule(doubt=st.integers(0, 9))
    def veto(self, doubt: int) -> None:
        if doubt:
            return
        guardian, version = self.dao.guardian, self.dao.config.version
        call = dao_instructions.veto_proposal(
            guardian=guardian.address, number=self.proposal.number, version=version
        )
        self.act("veto", call, guardian)

    @rule()
    def carry(self) -> None:
        """Walk on as people who want it would, so that long paths are seen too."""
        if self.model.allows("activate", self.dao.now):
            self.step("activate")
        for voter in (1, 2):
            self.vote(voter, VoteChoice.FOR)
        if self.model.status == S.ACTIVE:
            self.dao.at(max(self.dao.now, self.model.ends_at))
            self.step("finalize")
        self.step("queue")
        if self.model.status == S.QUEUED:
            self.dao.at(max(self.dao.now, self.model.eta))

    @invariant()
    def the_chain_agrees(self) -> None:
        if not hasattr(self, "model"):
            return
        state, model = self.proposal.state, self.model
        assert (state.status, state.executed, state.eta) == (model.status, model.executed, model.eta)
        assert state.for_weight == model.sums[VoteChoice.FOR]
        assert state.against_weight == model.sums[VoteChoice.AGAINST]
        assert state.abstain_weight == model.sums[VoteChoice.ABSTAIN]
        assert (state.ended_at != 0) == model.status.is_end
        paused = self.dao.read(MarketsConfig, addresses.config()).paused
        assert paused == (0, 1, 3)[model.executed]

    def act(
        self, name: str, call: Instruction, signer: Key, voter: int = 0, choice: VoteChoice = VoteChoice.FOR
    ) -> None:
        now = self.dao.now
        if self.model.allows(name, now, voter):
            self.dao.run([call], [signer])
            self.model.do(name, now, voter, choice)
            return
        before = self.dao.everything()
        assert isinstance(self.dao.failure([call], [signer]), ProgramError)
        assert self.dao.everything() == before


ProposalMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestProposalMachine = ProposalMachine.TestCase
