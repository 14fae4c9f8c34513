"""Reader of the DAO on chain: settings, proposals, their instructions, and the possible next steps."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from hypernode.chain import addresses
from hypernode.chain.generated import governance
from hypernode.chain.generated.governance import Config, InstructionAdded, Proposal, VoteRecord
from hypernode.chain.instruction import Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.ports import ChainEvent, ChainPort
from hypernode.domain.governance import GovernedInstruction
from hypernode.domain.proposals import Standing, actions
from hypernode.domain.types import ZERO_ADDRESS
from hypernode.domain.words import Window
from hypernode.errors import ChainError, ConfigError, DomainError

_WHO = {"proposer": "the proposer", "stakers": "stakers", "guardian": "the guardian", "anyone": "anyone"}
_WHAT = {
    "add_instruction": "add an instruction",
    "activate": "open the vote",
    "cancel": "cancel it",
    "vote": "vote",
    "finalize": "have the votes counted",
    "queue": "queue it",
    "expire": "declare it expired",
    "execute": "execute it",
    "veto": "veto it",
    "close_proposal": "close it, which returns its rent to the payer",
    "close_vote": "close their votes, which returns the rent",
}


class NoGovernance(ConfigError):
    """This cluster has no DAO yet."""


class UnknownProposal(DomainError):
    """No proposal has this number."""


class ContentMissing(ChainError):
    """The RPC endpoint no longer has the transaction that announced an instruction of a proposal."""


class GovernanceReader:
    """Settings, proposals and votes of the DAO; reading needs no key."""

    def __init__(self, chain: ChainPort) -> None:
        self._chain = chain

    async def now(self) -> int:
        """Return the chain's time in Unix seconds."""
        return (await self._chain.clock()).unix_timestamp

    async def config(self) -> Config:
        """Return the DAO's settings."""
        found = await self._chain.read(Config, addresses.dao_config())
        if found is None:
            raise NoGovernance("this cluster has no DAO yet")
        return found

    async def proposal(self, number: int) -> Proposal:
        """Return one proposal by its number."""
        found = await self._chain.read(Proposal, addresses.proposal(number))
        if found is None:
            count = (await self.config()).proposal_count
            how = "was closed" if number < count else "does not exist"
            raise UnknownProposal(f"proposal {number} {how}")
        return found

    async def proposals(self) -> list[Proposal]:
        """Return the proposals that are not closed, newest first."""
        found = (await self._chain.read_all(Proposal)).values()
        return sorted(found, key=lambda proposal: -proposal.id)

    async def votes(self, number: int) -> list[VoteRecord]:
        """Return the votes on a proposal that are still on chain, heaviest first."""
        found = await self._chain.read_all(VoteRecord, proposal=addresses.proposal(number))
        return sorted(found.values(), key=lambda vote: -vote.weight)

    async def contents(self, number: int) -> tuple[Instruction, ...]:
        """Return what a proposal will do, as announced, and only what its hashes confirm."""
        proposal = await self.proposal(number)
        events = await self._chain.events_of(addresses.proposal(number), governance.PROGRAM_ID)
        told = {hashlib.sha256(content).digest(): content for content in _announced(events, number)}
        missing = [index for index in range(proposal.count) if proposal.instructions[index] not in told]
        if missing:
            raise ContentMissing(
                f"this node does not remember instruction {missing[0]} of proposal {number}",
                fix="use an RPC endpoint that keeps the whole history",
            )
        hashes = proposal.instructions[: proposal.count]
        return tuple(
            dao_instructions.plain_instruction(GovernedInstruction.decode(told[sha])) for sha in hashes
        )


def standing(proposal: Proposal, config: Config) -> Standing:
    """Return what decides who may act on a proposal."""
    return Standing(
        status=proposal.status,
        kind=proposal.kind,
        proposer=proposal.proposer,
        count=proposal.count,
        created_at=proposal.created_at,
        execution_window=proposal.execution_window,
        voting_ends_at=proposal.voting_ends_at,
        eta=proposal.eta,
        ended_at=proposal.ended_at,
        guardian=config.guardian if config.guardian != ZERO_ADDRESS else None,
        guardian_until=config.guardian_expires_at,
    )


def outlook(proposal: Proposal, config: Config, now: int) -> tuple[Window, ...]:
    """Return the possible next steps of a proposal, and when each is possible."""
    return tuple(
        Window(f"{_WHO[action.by]} may {_WHAT[action.instruction]}", action.opens_at, action.closes_at or 0)
        for action in actions(standing(proposal, config), now)
    )


def _announced(events: Sequence[ChainEvent], number: int) -> list[bytes]:
    """Pick what was announced for a proposal; the program emits it, so nobody else can."""
    found = [entry.event for entry in events]
    return [event.content for event in found if isinstance(event, InstructionAdded) and event.id == number]
