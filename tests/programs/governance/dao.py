"""Stage of the governance tests: a world with a DAO, voters with stakes, and proposals."""

import hashlib
from dataclasses import dataclass

from hypernode.chain import addresses, instructions
from hypernode.chain.generated import staking
from hypernode.chain.generated.governance import Config, Floors, GovernanceParams, Proposal, VoteRecord
from hypernode.chain.generated.staking import Pool, Stake
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.instructions import governance as dao_instructions
from hypernode.chain.instructions.governance import Guardian
from hypernode.chain.keys import Key
from hypernode.chain.layout import Event
from hypernode.domain.governance import ProposalKind, ProposalStatus, VoteChoice
from hypernode.domain.types import Address
from tests.programs.world import DAY, HYPER, ROTATION_PAUSE, World

HOUR = 3_600
YEAR = 365 * DAY
TIMELOCK_PARAMETERS, TIMELOCK_CRITICAL = DAY, 3 * DAY
VOTING_PERIOD, WINDOW = 3 * DAY, 7 * DAY
THRESHOLD = 1_000 * HYPER
PARAMS = GovernanceParams(
    quorum_bps=1_000,
    proposal_threshold=THRESHOLD,
    voting_period=VOTING_PERIOD,
    timelock_parameters=TIMELOCK_PARAMETERS,
    timelock_critical=TIMELOCK_CRITICAL,
    execution_window=WINDOW,
)
FLOORS = Floors(voting_period=HOUR, timelock_parameters=DAY, timelock_critical=2 * DAY)
DESCRIPTION = hashlib.sha256(b"what people read").digest()


class DaoWorld(World):
    """A world whose programs obey a DAO."""

    def __init__(self) -> None:
        super().__init__()
        self.guardian = self.funded("guardian")
        self.operations = self.a_token_account("operations")
        self.run([self.init_config()], [self.authority])
        # The oracles may be rotated again.
        self.advance(ROTATION_PAUSE)
        self.run([self.init_pool()], [self.authority])

    @classmethod
    def ready(cls) -> "DaoWorld":
        world = cls()
        world.run([world.init_governance()], [world.authority])
        return world

    def init_governance(self, payer: Key | None = None, **changes: object) -> Instruction:
        arguments: dict[str, object] = {
            "payer": (payer or self.authority).address,
            "mint": self.mint,
            "operations": self.operations,
            "guardian": Guardian(address=self.guardian.address, expires_at=self.now + YEAR),
            "params": PARAMS,
            "floors": FLOORS,
        }
        return dao_instructions.init_governance(**{**arguments, **changes})  # type: ignore[arg-type]

    def init_rewards(self) -> None:
        make = instructions.init_accumulator(
            authority=self.authority.address, mint=self.mint, fee_window=DAY, community_window=30 * DAY
        )
        self.run([make], [self.authority])

    def hand_over(self) -> None:
        """Give the DAO the authority of markets and staking."""
        dao = addresses.dao_authority()
        propose = [
            instructions.propose_authority(authority=self.authority.address, new_authority=dao),
            instructions.propose_pool_authority(authority=self.authority.address, new_authority=dao),
        ]
        self.run(propose, [self.authority])
        adopt = [
            dao_instructions.adopt(program=propose[0].program, state=addresses.config()),
            dao_instructions.adopt(program=staking.PROGRAM_ID, state=addresses.pool()),
        ]
        self.run(adopt, [self.funded("crank")])

    def crank(self, *batch: Instruction) -> tuple[Event, ...]:
        """Send what anyone may."""
        return self.run(batch, [self.funded("crank")])

    def refuse_crank(self, expected: type | str, *batch: Instruction) -> None:
        self.refuse(expected, batch, [self.funded("crank")])

    @property
    def config(self) -> Config:
        return self.read(Config, addresses.dao_config())

    @property
    def pool(self) -> Pool:
        return self.read(Pool, addresses.pool())


@dataclass(frozen=True)
class Voter:
    world: DaoWorld
    key: Key
    wallet: Address

    @property
    def address(self) -> Address:
        return self.key.address

    @property
    def stake(self) -> Stake:
        return self.world.read(Stake, addresses.stake(self.address))

    def put(self, amount: int, duration: int = YEAR) -> None:
        stake = instructions.stake(owner=self.address, source=self.wallet, amount=amount, duration=duration)
        self.world.run([stake], [self.key])

    def top_up(self, amount: int) -> None:
        more = instructions.top_up_stake(owner=self.address, source=self.wallet, amount=amount)
        self.world.run([more], [self.key])

    def unstake(self) -> None:
        self.world.run([instructions.unstake(owner=self.address)], [self.key])

    def vote_ix(self, number: int, choice: VoteChoice = VoteChoice.FOR) -> Instruction:
        return dao_instructions.vote(voter=self.address, number=number, choice=choice)


def a_voter(world: DaoWorld, name: str = "voter", stake: int = 10_000 * HYPER, duration: int = YEAR) -> Voter:
    """A wallet with a stake that is old enough to vote on what comes next."""
    key = world.funded(name)
    voter = Voter(world, key, world.a_token_account(f"{name} wallet", 1_000_000 * HYPER, owner=key.address))
    if stake:
        voter.put(stake, duration)
        world.advance(1)
    return voter


@dataclass(frozen=True)
class ProposalCookie:
    world: DaoWorld
    proposer: Voter
    number: int
    calls: tuple[Instruction, ...] = ()

    @property
    def address(self) -> Address:
        return addresses.proposal(self.number)

    @property
    def state(self) -> Proposal:
        return self.world.read(Proposal, self.address)

    @property
    def status(self) -> ProposalStatus:
        return self.state.status

    def add_ix(self, call: Instruction) -> Instruction:
        return dao_instructions.add_instruction(
            proposer=self.proposer.address, number=self.number, instruction=call
        )

    def activate_ix(self) -> Instruction:
        return dao_instructions.activate_proposal(proposer=self.proposer.address, number=self.number)

    def activate(self) -> "ProposalCookie":
        self.world.run([self.activate_ix()], [self.proposer.key])
        return self

    def vote(self, voter: Voter, choice: VoteChoice = VoteChoice.FOR) -> tuple[Event, ...]:
        return self.world.run([voter.vote_ix(self.number, choice)], [voter.key])

    def record(self, voter: Voter) -> VoteRecord:
        return self.world.read(VoteRecord, addresses.vote_record(self.number, voter.address))

    def finalize(self) -> "ProposalCookie":
        self.world.at(self.state.voting_ends_at)
        self.world.crank(dao_instructions.finalize_proposal(number=self.number))
        return self

    def queue(self) -> "ProposalCookie":
        self.world.crank(dao_instructions.queue_proposal(number=self.number))
        return self

    def carry(self, *voters: Voter) -> "ProposalCookie":
        """Vote for it, count, and queue."""
        self.activate()
        for voter in voters or (self.proposer,):
            self.vote(voter)
        return self.finalize().queue()

    def ripen(self) -> "ProposalCookie":
        self.world.at(self.state.eta)
        return self

    def execute_ix(self, index: int = 0, call: Instruction | None = None) -> Instruction:
        call = call or (self.calls[index] if self.calls else None)
        return dao_instructions.execute_proposal(number=self.number, index=index, instruction=call)

    def execute(self, index: int = 0) -> tuple[Event, ...]:
        return self.world.crank(self.execute_ix(index))


def a_proposal(
    proposer: Voter, *calls: Instruction, kind: ProposalKind = ProposalKind.GENERIC
) -> ProposalCookie:
    """A draft with these instructions; without any, a text."""
    world = proposer.world
    number = world.config.proposal_count
    create = create_ix(proposer, kind=kind if calls else ProposalKind.TEXT)
    proposal = ProposalCookie(world, proposer, number, calls)
    world.run([create], [proposer.key])
    for call in calls:
        world.run([proposal.add_ix(call)], [proposer.key])
    return proposal


def create_ix(proposer: Voter, **changes: object) -> Instruction:
    arguments: dict[str, object] = {
        "proposer": proposer.address,
        "number": proposer.world.config.proposal_count,
        "kind": ProposalKind.TEXT,
        "description_hash": DESCRIPTION,
    }
    return dao_instructions.create_proposal(**{**arguments, **changes})  # type: ignore[arg-type]


def without_signer(instruction: Instruction, index: int = 0) -> Instruction:
    """Drop a signature that an instruction asks for."""
    meta = instruction.accounts[index]
    return instruction.with_account(index, AccountMeta(meta.address, writable=meta.writable))


def upgrade_authority_bytes(world: World, program: Address) -> bytes:
    raw = world.raw(addresses.program_data(program))
    assert raw is not None
    return raw.data[13:45]
