"""A cluster as genesis leaves it, with its DAO, for tests of the SDK on the real programs."""

from __future__ import annotations

import hashlib

from hypernode.chain import addresses, instructions, tokens
from hypernode.chain.keys import Key
from hypernode.chain.lite import LiteChain
from hypernode.client import (
    GovernanceClient,
    Handover,
    SlashingClient,
    TreasuryClient,
)
from hypernode.client.handover import LOCAL_SETTINGS
from hypernode.domain.governance import ProposalKind, VoteChoice
from hypernode.domain.staking import DAY
from tests.programs.world import HYPER, World

TEXT = hashlib.sha256(b"what people read").digest()
STAKE = 10_000 * HYPER
YEAR = 365 * DAY
EVIDENCE = hashlib.sha256(b"what happened").digest()


class Stage:
    """A cluster as genesis leaves it, and wallets with tokens."""

    def __init__(self) -> None:
        self.world = World.ready()
        self.chain = LiteChain(self.world.lite)
        self.operations = self.world.a_token_account("operations")

    def handover(self, key: Key | None = None) -> Handover:
        return Handover(
            self.chain,
            key or self.world.authority,
            mint=self.world.mint,
            operations=self.operations,
            settings=LOCAL_SETTINGS,
        )

    async def bootstrap(self) -> None:
        handover = self.handover()
        await handover.carry_out(await handover.steps())

    def wallet(self, name: str, amount: int = 100_000 * HYPER) -> Key:
        key, mint = self.world.funded(name), self.world.mint
        make = tokens.create_ata(payer=key.address, owner=key.address, mint=mint)
        self.world.run([make], [key])
        self.world.give(addresses.ata(key.address, mint), amount)
        return key

    def staker(self, name: str, amount: int = STAKE) -> Key:
        """A wallet whose stake is older than what comes next."""
        key = self.wallet(name)
        source = addresses.ata(key.address, self.world.mint)
        stake = instructions.stake(owner=key.address, source=source, amount=amount, duration=YEAR)
        self.world.run([instructions.distribute(), stake], [key])
        self.world.advance(1)
        return key

    def governance(self, key: Key) -> GovernanceClient:
        return GovernanceClient(self.chain, key)

    def slasher(self, key: Key) -> SlashingClient:
        return SlashingClient(self.chain, key, mint=self.world.mint)

    def treasury(self, key: Key) -> TreasuryClient:
        return TreasuryClient(self.chain, key, mint=self.world.mint)

    def held(self, key: Key) -> int:
        return self.world.tokens(addresses.ata(key.address, self.world.mint))

    def new_fees(self, protocol_bps: int = 800):
        return instructions.set_fees(
            authority=addresses.dao_authority(),
            treasury=addresses.dao_treasury(),
            stakers=self.world.stakers,
            operations=self.operations,
            protocol_bps=protocol_bps,
            stakers_bps=80,
            operations_bps=200,
        )


async def proposed(stage: Stage, voter: Key, *calls, kind=ProposalKind.GENERIC) -> int:
    client = stage.governance(voter)
    number = (await client.config()).proposal_count
    await client.send(await client.propose(kind, TEXT, calls))
    return number


async def carried(stage: Stage, voter: Key, *calls, kind=ProposalKind.GENERIC) -> int:
    """Return a proposal that waits to be executed."""
    client, number = stage.governance(voter), await proposed(stage, voter, *calls, kind=kind)
    await client.send(await client.vote(number, VoteChoice.FOR))
    stage.world.advance(LOCAL_SETTINGS.params.voting_period)
    await client.send(await client.finalize(number))
    await client.send(await client.queue(number))
    return number
