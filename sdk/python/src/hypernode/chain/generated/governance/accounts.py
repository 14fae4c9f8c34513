"""Accounts of the governance program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain import layout
from hypernode.chain.layout import ProgramAccount, Reader
from hypernode.domain.governance import ProposalKind, ProposalStatus, VoteChoice
from hypernode.domain.types import Address

from .addresses import PROGRAM_ID


class VoteRecord(ProgramAccount):
    """The account `VoteRecord`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("70097ba5ea099da7")
    SIZE = 121
    PLACES = {
        "proposal": (8, 32),
        "voter": (40, 32),
        "payer": (72, 32),
        "weight": (104, 8),
        "voted_at": (112, 8),
        "choice": (120, 1),
    }

    proposal: Address
    voter: Address
    # Paid the rent and gets it back.
    payer: Address
    weight: int
    voted_at: int
    choice: VoteChoice

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            voter=read.address(),
            payer=read.address(),
            weight=read.unsigned(8),
            voted_at=read.signed(8),
            choice=read.member(VoteChoice, 1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.proposal),
                layout.address(self.voter),
                layout.address(self.payer),
                layout.unsigned(self.weight, 8),
                layout.signed(self.voted_at, 8),
                layout.unsigned(self.choice, 1),
            )
        )


class Config(ProgramAccount):
    """The account `Config`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("9b0caae01efacc82")
    SIZE = 262
    PLACES = {
        "mint": (8, 32),
        "pool": (40, 32),
        "operations": (72, 32),
        "guardian": (104, 32),
        "guardian_expires_at": (136, 8),
        "version": (144, 8),
        "proposal_count": (152, 8),
        "release_count": (160, 8),
        "community_total": (168, 8),
        "burned_total": (176, 8),
        "operations_total": (184, 8),
        "proposal_threshold": (192, 8),
        "voting_period": (200, 8),
        "timelock_parameters": (208, 8),
        "timelock_critical": (216, 8),
        "execution_window": (224, 8),
        "min_voting_period": (232, 8),
        "min_timelock_parameters": (240, 8),
        "min_timelock_critical": (248, 8),
        "quorum_bps": (256, 2),
        "bump": (258, 1),
        "authority_bump": (259, 1),
        "treasury_bump": (260, 1),
        "unlocks_bump": (261, 1),
    }

    # Mint of HYPER.
    mint: Address
    # The staking program's pool. Its total weight is the base of the quorum.
    pool: Address
    # Token account that gets the operations' part of each release.
    operations: Address
    # Guardian, who may veto and pause; zero if there is none.
    guardian: Address
    guardian_expires_at: int
    # Grows by one at each change of the guardian or the parameters, which invalidates the guardian's earlier
    # signatures.
    version: int
    # Number of proposals created; the next proposal's number.
    proposal_count: int
    # Number of releases, and the totals that they moved.
    release_count: int
    community_total: int
    burned_total: int
    operations_total: int
    # Weight that a proposer's stake needs.
    proposal_threshold: int
    voting_period: int
    # Seconds between queue and execution: of text and parameter proposals, and of all others.
    timelock_parameters: int
    timelock_critical: int
    # Seconds in which a proposal may be queued after its vote, and executed after its timelock.
    execution_window: int
    # Lower bounds of what a proposal may set. They are chosen once, at the initialisation.
    min_voting_period: int
    min_timelock_parameters: int
    min_timelock_critical: int
    # Share of the total weight that must vote.
    quorum_bps: int
    bump: int
    authority_bump: int
    treasury_bump: int
    unlocks_bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            mint=read.address(),
            pool=read.address(),
            operations=read.address(),
            guardian=read.address(),
            guardian_expires_at=read.signed(8),
            version=read.unsigned(8),
            proposal_count=read.unsigned(8),
            release_count=read.unsigned(8),
            community_total=read.unsigned(8),
            burned_total=read.unsigned(8),
            operations_total=read.unsigned(8),
            proposal_threshold=read.unsigned(8),
            voting_period=read.signed(8),
            timelock_parameters=read.signed(8),
            timelock_critical=read.signed(8),
            execution_window=read.signed(8),
            min_voting_period=read.signed(8),
            min_timelock_parameters=read.signed(8),
            min_timelock_critical=read.signed(8),
            quorum_bps=read.unsigned(2),
            bump=read.unsigned(1),
            authority_bump=read.unsigned(1),
            treasury_bump=read.unsigned(1),
            unlocks_bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.mint),
                layout.address(self.pool),
                layout.address(self.operations),
                layout.address(self.guardian),
                layout.signed(self.guardian_expires_at, 8),
                layout.unsigned(self.version, 8),
                layout.unsigned(self.proposal_count, 8),
                layout.unsigned(self.release_count, 8),
                layout.unsigned(self.community_total, 8),
                layout.unsigned(self.burned_total, 8),
                layout.unsigned(self.operations_total, 8),
                layout.unsigned(self.proposal_threshold, 8),
                layout.signed(self.voting_period, 8),
                layout.signed(self.timelock_parameters, 8),
                layout.signed(self.timelock_critical, 8),
                layout.signed(self.execution_window, 8),
                layout.signed(self.min_voting_period, 8),
                layout.signed(self.min_timelock_parameters, 8),
                layout.signed(self.min_timelock_critical, 8),
                layout.unsigned(self.quorum_bps, 2),
                layout.unsigned(self.bump, 1),
                layout.unsigned(self.authority_bump, 1),
                layout.unsigned(self.treasury_bump, 1),
                layout.unsigned(self.unlocks_bump, 1),
            )
        )


class Release(ProgramAccount):
    """The account `Release`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("e5316094a7bc1131")
    SIZE = 57
    PLACES = {
        "number": (8, 8),
        "released_at": (16, 8),
        "amount": (24, 8),
        "community": (32, 8),
        "burned": (40, 8),
        "operations": (48, 8),
        "bump": (56, 1),
    }

    number: int
    released_at: int
    # amount = community + burned + operations.
    amount: int
    community: int
    burned: int
    operations: int
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            number=read.unsigned(8),
            released_at=read.signed(8),
            amount=read.unsigned(8),
            community=read.unsigned(8),
            burned=read.unsigned(8),
            operations=read.unsigned(8),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.unsigned(self.number, 8),
                layout.signed(self.released_at, 8),
                layout.unsigned(self.amount, 8),
                layout.unsigned(self.community, 8),
                layout.unsigned(self.burned, 8),
                layout.unsigned(self.operations, 8),
                layout.unsigned(self.bump, 1),
            )
        )


class Proposal(ProgramAccount):
    """The account `Proposal`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("1a5ebdbb74883521")
    SIZE = 485
    PLACES = {
        "id": (8, 8),
        "proposer": (16, 32),
        "payer": (48, 32),
        "description_hash": (80, 32),
        "created_at": (112, 8),
        "total_weight": (120, 8),
        "quorum_weight": (128, 8),
        "threshold": (136, 8),
        "voting_period": (144, 8),
        "timelock": (152, 8),
        "execution_window": (160, 8),
        "voting_starts_at": (168, 8),
        "voting_ends_at": (176, 8),
        "eta": (184, 8),
        "ended_at": (192, 8),
        "for_weight": (200, 8),
        "against_weight": (208, 8),
        "abstain_weight": (216, 8),
        "instructions": (224, 256),
        "count": (480, 1),
        "executed": (481, 1),
        "kind": (482, 1),
        "status": (483, 1),
        "bump": (484, 1),
    }

    id: int
    proposer: Address
    # Paid the rent and gets it back.
    payer: Address
    # SHA-256 of the description text.
    description_hash: bytes
    created_at: int
    # Total weight at creation, and the weight that must vote.
    total_weight: int
    quorum_weight: int
    # Weight that the proposer's stake needed.
    threshold: int
    voting_period: int
    timelock: int
    execution_window: int
    # Zero until the proposal is activated.
    voting_starts_at: int
    voting_ends_at: int
    # First second at which the proposal may be executed; zero until it is queued.
    eta: int
    # Zero until the proposal has ended.
    ended_at: int
    for_weight: int
    against_weight: int
    abstain_weight: int
    # The first `count` entries are in use, the rest are zero.
    instructions: tuple[bytes, ...]
    count: int
    # Number of executed instructions; they run in order.
    executed: int
    kind: ProposalKind
    status: ProposalStatus
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            id=read.unsigned(8),
            proposer=read.address(),
            payer=read.address(),
            description_hash=read.raw(32),
            created_at=read.signed(8),
            total_weight=read.unsigned(8),
            quorum_weight=read.unsigned(8),
            threshold=read.unsigned(8),
            voting_period=read.signed(8),
            timelock=read.signed(8),
            execution_window=read.signed(8),
            voting_starts_at=read.signed(8),
            voting_ends_at=read.signed(8),
            eta=read.signed(8),
            ended_at=read.signed(8),
            for_weight=read.unsigned(8),
            against_weight=read.unsigned(8),
            abstain_weight=read.unsigned(8),
            instructions=tuple(read.raw(32) for _ in range(8)),
            count=read.unsigned(1),
            executed=read.unsigned(1),
            kind=read.member(ProposalKind, 1),
            status=read.member(ProposalStatus, 1),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.unsigned(self.id, 8),
                layout.address(self.proposer),
                layout.address(self.payer),
                layout.raw(self.description_hash, 32),
                layout.signed(self.created_at, 8),
                layout.unsigned(self.total_weight, 8),
                layout.unsigned(self.quorum_weight, 8),
                layout.unsigned(self.threshold, 8),
                layout.signed(self.voting_period, 8),
                layout.signed(self.timelock, 8),
                layout.signed(self.execution_window, 8),
                layout.signed(self.voting_starts_at, 8),
                layout.signed(self.voting_ends_at, 8),
                layout.signed(self.eta, 8),
                layout.signed(self.ended_at, 8),
                layout.unsigned(self.for_weight, 8),
                layout.unsigned(self.against_weight, 8),
                layout.unsigned(self.abstain_weight, 8),
                layout.sequence([layout.raw(item, 32) for item in self.instructions], 8),
                layout.unsigned(self.count, 1),
                layout.unsigned(self.executed, 1),
                layout.unsigned(self.kind, 1),
                layout.unsigned(self.status, 1),
                layout.unsigned(self.bump, 1),
            )
        )


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (
    VoteRecord,
    Config,
    Release,
    Proposal,
)
