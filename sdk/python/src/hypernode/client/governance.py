"""Client of the DAO for proposers, voters and the guardian. Each call prepares a `Plan`."""

from __future__ import annotations

from collections.abc import Sequence

from hypernode.chain import addresses
from hypernode.chain.decoding import decode_call
from hypernode.chain.generated.governance import Proposal, VoteRecord
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.chain.transactions import compute_budget
from hypernode.client.plan import NotNow, Plan, TooLate, VotingOver, carry_out
from hypernode.client.proposals import GovernanceReader, outlook
from hypernode.client.staker import NothingStaked
from hypernode.domain.governance import ProposalKind, ProposalStatus, VoteChoice
from hypernode.domain.money import format_hyper
from hypernode.domain.proposals import DRAFT_LIFE
from hypernode.domain.staking import votable
from hypernode.domain.types import Address
from hypernode.domain.words import Window, length
from hypernode.errors import ConfigError, DomainError

Status = ProposalStatus
# Ten times what hashing the largest instruction takes.
ADD_UNITS = 100_000


class TooLittleWeight(DomainError):
    """The stake does not weigh enough, or was locked too late."""


class AlreadyVoted(DomainError):
    """A wallet votes once."""


class NotGuardian(ConfigError):
    """Only the guardian may do this, and only while its mandate lasts."""


class GovernanceClient(GovernanceReader):
    """The DAO, seen by one wallet. Each call prepares a `Plan`; `send` signs and sends it."""

    def __init__(self, chain: ChainPort, wallet: Key) -> None:
        super().__init__(chain)
        self._wallet = wallet

    @property
    def owner(self) -> Address:
        """The wallet's address."""
        return self._wallet.address

    async def propose(
        self,
        kind: ProposalKind,
        description_hash: bytes,
        calls: Sequence[Instruction] = (),
        *,
        activate: bool = True,
    ) -> Plan:
        """Make a proposal with these instructions and, unless it is to stay a draft, open the vote."""
        config, now = await self.config(), await self.now()
        weight = await self._weight(now)
        if weight < config.proposal_threshold:
            raise TooLittleWeight(
                f"to propose takes weight {format_hyper(config.proposal_threshold)} that was locked before,"
                f" {self.owner} has {format_hyper(weight)}"
            )
        number = config.proposal_count
        create = dao_instructions.create_proposal(
            proposer=self.owner, number=number, kind=kind, description_hash=description_hash
        )
        batches = [(create,), *(self._add(number, index, call) for index, call in enumerate(calls))]
        wait = (
            config.timelock_parameters
            if kind in (ProposalKind.TEXT, ProposalKind.PARAMETERS)
            else config.timelock_critical
        )
        if activate:
            batches.append((dao_instructions.activate_proposal(proposer=self.owner, number=number),))
            window = Window("votes count", closes_at=now + config.voting_period)
        else:
            window = Window("instructions can be added, and the vote opened,", closes_at=now + DRAFT_LIFE)
        notes = (
            *(f"will do: {decode_call(call)}" for call in calls),
            f"if it is carried it waits {length(wait)} before it can be executed,"
            f" for {length(config.execution_window)}",
        )
        what = f"propose number {number} ({kind.label})" + ("" if activate else " as a draft")
        cut = f"proposal {number} is a draft now; cancel it, or add to it and activate it"
        return Plan(what, tuple(batches), windows=(window,), notes=notes, if_cut_off=cut)

    async def add(self, number: int, call: Instruction) -> Plan:
        """Add an instruction to a draft of one's own."""
        proposal = await self._in(number, Status.DRAFT)
        window = Window("more can be added", closes_at=proposal.created_at + DRAFT_LIFE)
        notes = (f"will do: {decode_call(call)}",)
        what = f"add to proposal {number}"
        batch = self._add(number, proposal.count, call)
        return Plan(what, (batch,), windows=(window,), notes=notes)

    async def activate(self, number: int) -> Plan:
        """Open the vote on a draft; nothing can be added after that."""
        proposal = await self._in(number, Status.DRAFT)
        window = Window("votes count", closes_at=await self.now() + proposal.voting_period)
        step = dao_instructions.activate_proposal(proposer=self.owner, number=number)
        return Plan(f"open the vote on proposal {number}", ((step,),), windows=(window,))

    async def vote(self, number: int, choice: VoteChoice) -> Plan:
        """Vote with the weight that was locked before the proposal was made."""
        proposal = await self._in(number, Status.ACTIVE)
        ends = proposal.voting_ends_at
        if await self.now() >= ends:
            raise await self._not_now(proposal, VotingOver)
        record = addresses.vote_record(number, self.owner)
        cast = await self._chain.read(VoteRecord, record)
        if cast is not None:
            raise AlreadyVoted(f"{self.owner} voted {cast.choice.label} on proposal {number}", about=number)
        weight = await self._weight(proposal.created_at)
        if not weight:
            raise TooLittleWeight(
                f"nothing of the stake of {self.owner} was locked before proposal {number} was made",
                fix="it has a vote on what is proposed from now on",
            )
        step = dao_instructions.vote(voter=self.owner, number=number, choice=choice)
        notes = (f"with weight {format_hyper(weight)}; a vote cannot be changed",)
        what = f"vote {choice.label} on proposal {number}"
        return Plan(what, ((step,),), windows=(Window("votes count", closes_at=ends),), notes=notes)

    async def finalize(self, number: int) -> Plan:
        """Have the votes counted once the vote is over."""
        proposal = await self._in(number, Status.ACTIVE)
        if await self.now() < proposal.voting_ends_at:
            raise await self._not_now(proposal)
        late = proposal.voting_ends_at + proposal.execution_window
        window = Window("if it was carried, it can be queued", closes_at=late)
        step = dao_instructions.finalize_proposal(number=number)
        return Plan(f"count the votes on proposal {number}", ((step,),), windows=(window,))

    async def queue(self, number: int) -> Plan:
        """Start the wait of what was carried."""
        proposal = await self._in(number, Status.SUCCEEDED)
        now = await self.now()
        if now >= proposal.voting_ends_at + proposal.execution_window:
            raise await self._not_now(proposal, TooLate)
        eta = now + proposal.timelock
        window = Window("it can be executed", eta, eta + proposal.execution_window)
        return Plan(
            f"queue proposal {number}",
            ((dao_instructions.queue_proposal(number=number),),),
            windows=(window,),
        )

    async def execute(self, number: int) -> Plan:
        """Do what was voted for: all that is not done yet, each in a transaction of its own."""
        proposal = await self._in(number, Status.QUEUED)
        late = proposal.eta + proposal.execution_window
        if not proposal.eta <= await self.now() < late:
            raise await self._not_now(proposal)
        calls = await self.contents(number)
        left = list(enumerate(calls))[proposal.executed :]
        steps = [
            dao_instructions.execute_proposal(number=number, index=index, instruction=call)
            for index, call in left
        ] or [dao_instructions.execute_proposal(number=number)]
        notes = tuple(f"does: {decode_call(call)}" for _, call in left) or ("a text: nothing is called",)
        transactions = tuple((step,) for step in steps)
        cut = f"what ran before stays done; read proposal {number} to see which instruction is next"
        return Plan(f"execute proposal {number}", transactions, notes=notes, if_cut_off=cut)

    async def expire(self, number: int) -> Plan:
        """Declare that a carried proposal was not queued, or not executed, in time."""
        await self._in(number, Status.SUCCEEDED, Status.QUEUED)
        return Plan(
            f"declare proposal {number} expired", ((dao_instructions.expire_proposal(number=number),),)
        )

    async def cancel(self, number: int) -> Plan:
        """Take back a proposal of one's own before its vote is over, or clear away a stale draft."""
        proposal, now = await self._in(number, Status.DRAFT, Status.ACTIVE), await self.now()
        stale = proposal.status is Status.DRAFT and now > proposal.created_at + DRAFT_LIFE
        if self.owner != proposal.proposer and not stale:
            raise NotNow(
                f"proposal {number} is {proposal.proposer}'s, who alone may cancel it",
                fix="vote against it, or wait for the vote",
            )
        step = dao_instructions.cancel_proposal(canceller=self.owner, number=number)
        return Plan(f"cancel proposal {number}, for good", ((step,),))

    async def veto(self, number: int) -> Plan:
        """Stop a proposal as the guardian."""
        await self._in(number, Status.ACTIVE, Status.SUCCEEDED, Status.QUEUED)
        version = await self._mandate()
        step = dao_instructions.veto_proposal(guardian=self.owner, number=number, version=version)
        return Plan(f"veto proposal {number}, for good", ((step,),))

    async def pause(self, flags: int) -> Plan:
        """Add pause flags of the markets program as the guardian; only a vote lifts them."""
        step = dao_instructions.guardian_pause(
            guardian=self.owner, flags=flags, version=await self._mandate()
        )
        notes = ("no refund and no withdrawal is stopped; only a vote lifts the pause",)
        return Plan("pause " + pause_words(flags), ((step,),), notes=notes)

    async def close(self, number: int) -> Plan:
        """Give the rent of a proposal that ended long ago back to who paid it."""
        proposal = await self._in(number, *(status for status in Status if status.is_end))
        step = dao_instructions.close_proposal(number=number, payer=proposal.payer)
        return Plan(f"close proposal {number}; its rent goes to {proposal.payer}", ((step,),))

    async def send(self, plan: Plan) -> tuple[str, ...]:
        """Sign and send a plan, and return the transactions' signatures."""
        return await carry_out(self._chain, plan, self._wallet)

    def _add(self, number: int, index: int, call: Instruction) -> tuple[Instruction, ...]:
        """Name the index too: two transactions with the same bytes are one, and add one instruction."""
        step = dao_instructions.add_instruction(proposer=self.owner, number=number, instruction=call)
        return (step, *compute_budget(ADD_UNITS + index))

    async def _weight(self, at: int) -> int:
        stake = await self._chain.stake(self.owner)
        if stake is None:
            raise NothingStaked(f"{self.owner} has no stake, so no vote")
        return votable(stake, at)

    async def _in(self, number: int, *statuses: ProposalStatus) -> Proposal:
        proposal = await self.proposal(number)
        if proposal.status not in statuses:
            raise await self._not_now(proposal)
        return proposal

    async def _not_now(self, proposal: Proposal, error: type[NotNow] = NotNow) -> NotNow:
        now = await self.now()
        windows = outlook(proposal, await self.config(), now)
        can = "; ".join(window.words(now) for window in windows[:3])
        return error(f"proposal {proposal.id} is {proposal.status.label}: {can}", about=proposal.id)

    async def _mandate(self) -> int:
        """Return the version that the guardian's signature names."""
        config = await self.config()
        if config.guardian != self.owner or await self.now() >= config.guardian_expires_at:
            raise NotGuardian(f"{self.owner} is not the guardian now")
        return config.version


def pause_words(flags: int) -> str:
    """Name what pause flags of the markets program stop."""
    stopped = [name for bit, name in ((1, "new jobs"), (2, "new nodes")) if flags & bit]
    return " and ".join(stopped) or "nothing"
