"""Owns the typed client of the governance program. Written by `make generate`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from hypernode.chain import layout
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.layout import Event, ProgramAccount, Reader
from hypernode.domain.governance import ProposalKind, ProposalStatus, VoteChoice
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("8xANJ4UNc1yxGvkeFvcYhJChwMHgU8GpH8zxAnTyhVRx")


@dataclass(frozen=True)
class Floors:
    """Lower bounds of the times: 1 hour, 1 day and 2 days on public clusters."""

    voting_period: int
    timelock_parameters: int
    timelock_critical: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            voting_period=read.signed(8),
            timelock_parameters=read.signed(8),
            timelock_critical=read.signed(8),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.signed(self.voting_period, 8),
                layout.signed(self.timelock_parameters, 8),
                layout.signed(self.timelock_critical, 8),
            )
        )


@dataclass(frozen=True)
class InstructionMeta:
    """One account of an instruction and its flags."""

    address: Address
    # Bit 0 signer, bit 1 writable.
    flags: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            address=read.address(),
            flags=read.unsigned(1),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.address(self.address),
                layout.unsigned(self.flags, 1),
            )
        )


@dataclass(frozen=True)
class GovernanceParams:
    """Parameters that a proposal may change."""

    quorum_bps: int
    proposal_threshold: int
    voting_period: int
    timelock_parameters: int
    timelock_critical: int
    execution_window: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            quorum_bps=read.unsigned(2),
            proposal_threshold=read.unsigned(8),
            voting_period=read.signed(8),
            timelock_parameters=read.signed(8),
            timelock_critical=read.signed(8),
            execution_window=read.signed(8),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.unsigned(self.quorum_bps, 2),
                layout.unsigned(self.proposal_threshold, 8),
                layout.signed(self.voting_period, 8),
                layout.signed(self.timelock_parameters, 8),
                layout.signed(self.timelock_critical, 8),
                layout.signed(self.execution_window, 8),
            )
        )


@dataclass(frozen=True)
class VoteRecord(ProgramAccount):
    """The account `VoteRecord`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("70097ba5ea099da7")
    SIZE: ClassVar[int] = 121

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


@dataclass(frozen=True)
class Config(ProgramAccount):
    """The account `Config`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("9b0caae01efacc82")
    SIZE: ClassVar[int] = 262

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


@dataclass(frozen=True)
class Release(ProgramAccount):
    """The account `Release`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("e5316094a7bc1131")
    SIZE: ClassVar[int] = 57

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


@dataclass(frozen=True)
class Proposal(ProgramAccount):
    """The account `Proposal`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("1a5ebdbb74883521")
    SIZE: ClassVar[int] = 485

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


@dataclass(frozen=True)
class AuthorityAdopted(Event):
    """The event `AuthorityAdopted`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("ecafc506956a3b30")

    program: Address
    state: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            program=read.address(),
            state=read.address(),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class GovernanceInitialized(Event):
    """The event `GovernanceInitialized`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("29bb671a2a2c1e0f")

    mint: Address
    pool: Address
    operations: Address
    guardian: Address
    guardian_expires_at: int
    version: int
    proposal_threshold: int
    voting_period: int
    timelock_parameters: int
    timelock_critical: int
    execution_window: int
    min_voting_period: int
    min_timelock_parameters: int
    min_timelock_critical: int
    quorum_bps: int

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
            proposal_threshold=read.unsigned(8),
            voting_period=read.signed(8),
            timelock_parameters=read.signed(8),
            timelock_critical=read.signed(8),
            execution_window=read.signed(8),
            min_voting_period=read.signed(8),
            min_timelock_parameters=read.signed(8),
            min_timelock_critical=read.signed(8),
            quorum_bps=read.unsigned(2),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class GuardianSet(Event):
    """The event `GuardianSet`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("9f319b9cb0581dbe")

    old_version: int
    version: int
    old_guardian: Address
    guardian: Address
    guardian_expires_at: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            old_version=read.unsigned(8),
            version=read.unsigned(8),
            old_guardian=read.address(),
            guardian=read.address(),
            guardian_expires_at=read.signed(8),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class InstructionAdded(Event):
    """`content` is the hashed bytes. A reader can rebuild the instruction from them."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("19fa8b557a6b66ee")

    proposal: Address
    id: int
    index: int
    hash: bytes
    content: bytes

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            id=read.unsigned(8),
            index=read.unsigned(1),
            hash=read.raw(32),
            content=read.blob(),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class OperationsSet(Event):
    """The event `OperationsSet`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("fd1579a7132529e0")

    old_operations: Address
    operations: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            old_operations=read.address(),
            operations=read.address(),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ParamsSet(Event):
    """The event `ParamsSet`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("396f21fc784c62f5")

    old_version: int
    version: int
    proposal_threshold: int
    voting_period: int
    timelock_parameters: int
    timelock_critical: int
    execution_window: int
    quorum_bps: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            old_version=read.unsigned(8),
            version=read.unsigned(8),
            proposal_threshold=read.unsigned(8),
            voting_period=read.signed(8),
            timelock_parameters=read.signed(8),
            timelock_critical=read.signed(8),
            execution_window=read.signed(8),
            quorum_bps=read.unsigned(2),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class Paused(Event):
    """The event `Paused`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("acf805fd31ffffe8")

    guardian: Address
    version: int
    old_flags: int
    new_flags: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            guardian=read.address(),
            version=read.unsigned(8),
            old_flags=read.unsigned(1),
            new_flags=read.unsigned(1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ProposalActivated(Event):
    """The event `ProposalActivated`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("a5cd6a22144d4fdb")

    proposal: Address
    id: int
    count: int
    voting_starts_at: int
    voting_ends_at: int
    old_status: ProposalStatus
    new_status: ProposalStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            id=read.unsigned(8),
            count=read.unsigned(1),
            voting_starts_at=read.signed(8),
            voting_ends_at=read.signed(8),
            old_status=read.member(ProposalStatus, 1),
            new_status=read.member(ProposalStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ProposalCancelled(Event):
    """The event `ProposalCancelled`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("fd3b682e814e090e")

    proposal: Address
    id: int
    by: Address
    old_status: ProposalStatus
    new_status: ProposalStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            id=read.unsigned(8),
            by=read.address(),
            old_status=read.member(ProposalStatus, 1),
            new_status=read.member(ProposalStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ProposalClosed(Event):
    """The event `ProposalClosed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("395a2fa46937611b")

    proposal: Address
    id: int
    payer: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            id=read.unsigned(8),
            payer=read.address(),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ProposalCreated(Event):
    """The event `ProposalCreated`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("ba08a06c510d33ce")

    proposal: Address
    id: int
    proposer: Address
    payer: Address
    description_hash: bytes
    created_at: int
    total_weight: int
    quorum_weight: int
    threshold: int
    voting_period: int
    timelock: int
    execution_window: int
    kind: ProposalKind
    new_status: ProposalStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
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
            kind=read.member(ProposalKind, 1),
            new_status=read.member(ProposalStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ProposalExecuted(Event):
    """A text proposal has no instruction: its `index` and `count` are 0."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("5cd5bdc965536f53")

    proposal: Address
    id: int
    index: int
    count: int
    hash: bytes
    old_status: ProposalStatus
    new_status: ProposalStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            id=read.unsigned(8),
            index=read.unsigned(1),
            count=read.unsigned(1),
            hash=read.raw(32),
            old_status=read.member(ProposalStatus, 1),
            new_status=read.member(ProposalStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ProposalExpired(Event):
    """The event `ProposalExpired`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("30080a34d585a6df")

    proposal: Address
    id: int
    executed: int
    old_status: ProposalStatus
    new_status: ProposalStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            id=read.unsigned(8),
            executed=read.unsigned(1),
            old_status=read.member(ProposalStatus, 1),
            new_status=read.member(ProposalStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ProposalFinalized(Event):
    """The event `ProposalFinalized`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("9f68d2dc56d13d33")

    proposal: Address
    id: int
    quorum_weight: int
    for_weight: int
    against_weight: int
    abstain_weight: int
    old_status: ProposalStatus
    new_status: ProposalStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            id=read.unsigned(8),
            quorum_weight=read.unsigned(8),
            for_weight=read.unsigned(8),
            against_weight=read.unsigned(8),
            abstain_weight=read.unsigned(8),
            old_status=read.member(ProposalStatus, 1),
            new_status=read.member(ProposalStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ProposalQueued(Event):
    """The event `ProposalQueued`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("7f1f6b1102774827")

    proposal: Address
    id: int
    eta: int
    executable_until: int
    old_status: ProposalStatus
    new_status: ProposalStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            id=read.unsigned(8),
            eta=read.signed(8),
            executable_until=read.signed(8),
            old_status=read.member(ProposalStatus, 1),
            new_status=read.member(ProposalStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ProposalVetoed(Event):
    """The event `ProposalVetoed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("b91d4d1786fb9b1b")

    proposal: Address
    id: int
    guardian: Address
    version: int
    executed: int
    old_status: ProposalStatus
    new_status: ProposalStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            id=read.unsigned(8),
            guardian=read.address(),
            version=read.unsigned(8),
            executed=read.unsigned(1),
            old_status=read.member(ProposalStatus, 1),
            new_status=read.member(ProposalStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class Released(Event):
    """amount = community + burned + operations. The totals include this release."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("e8e5ff8865bd0fdc")

    release: Address
    number: int
    amount: int
    community: int
    burned: int
    operations: int
    community_total: int
    burned_total: int
    operations_total: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            release=read.address(),
            number=read.unsigned(8),
            amount=read.unsigned(8),
            community=read.unsigned(8),
            burned=read.unsigned(8),
            operations=read.unsigned(8),
            community_total=read.unsigned(8),
            burned_total=read.unsigned(8),
            operations_total=read.unsigned(8),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class TreasurySpent(Event):
    """The event `TreasurySpent`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("4696f23513790f58")

    destination: Address
    amount: int
    # Balance of the treasury after the transfer.
    balance: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            destination=read.address(),
            amount=read.unsigned(8),
            balance=read.unsigned(8),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class VoteClosed(Event):
    """The event `VoteClosed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("f0a78369a8571dae")

    proposal: Address
    voter: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            voter=read.address(),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class Voted(Event):
    """The event `Voted`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("bd4a657f6dd65f82")

    proposal: Address
    id: int
    voter: Address
    choice: VoteChoice
    weight: int
    for_weight: int
    against_weight: int
    abstain_weight: int
    old_status: ProposalStatus
    new_status: ProposalStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            proposal=read.address(),
            id=read.unsigned(8),
            voter=read.address(),
            choice=read.member(VoteChoice, 1),
            weight=read.unsigned(8),
            for_weight=read.unsigned(8),
            against_weight=read.unsigned(8),
            abstain_weight=read.unsigned(8),
            old_status=read.member(ProposalStatus, 1),
            new_status=read.member(ProposalStatus, 1),
        )
        read.finish()
        return decoded


def init_config(
    *,
    payer: Address,
    config: Address,
    authority: Address,
    mint: Address,
    pool: Address,
    treasury: Address,
    unlocks: Address,
    operations: Address,
    program_data: Address,
    guardian: Address,
    guardian_expires_at: int,
    params: GovernanceParams,
    floors: Floors,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create the configuration and both token accounts, once. The signer must be the program's upgrade
    authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config, writable=True),
            AccountMeta(authority),
            AccountMeta(mint),
            AccountMeta(pool),
            AccountMeta(treasury, writable=True),
            AccountMeta(unlocks, writable=True),
            AccountMeta(operations),
            AccountMeta(program_data),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("17eb73e8a86001e7")
        + layout.address(guardian)
        + layout.signed(guardian_expires_at, 8)
        + params.encode()
        + floors.encode(),
    )


def set_params(
    *,
    config: Address,
    params: GovernanceParams,
    authority: Address = Address("69ZeMVnhAbBmxad4MKoTos4HVGBjCRG1hZ9Xwr2MdpbJ"),
) -> Instruction:
    """Set quorum, threshold and times of future proposals. Only an executed proposal may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config, writable=True),
        ),
        bytes.fromhex("1beab2349302bb8d") + params.encode(),
    )


def set_guardian(
    *,
    config: Address,
    guardian: Address,
    expires_at: int,
    authority: Address = Address("69ZeMVnhAbBmxad4MKoTos4HVGBjCRG1hZ9Xwr2MdpbJ"),
) -> Instruction:
    """Set the guardian and the end of its mandate; zeros remove it. Only an executed proposal may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config, writable=True),
        ),
        bytes.fromhex("93f332799aa4321e") + layout.address(guardian) + layout.signed(expires_at, 8),
    )


def set_operations(
    *,
    config: Address,
    unlocks: Address,
    operations: Address,
    authority: Address = Address("69ZeMVnhAbBmxad4MKoTos4HVGBjCRG1hZ9Xwr2MdpbJ"),
) -> Instruction:
    """Set the token account that gets the operations' part. Only an executed proposal may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config, writable=True),
            AccountMeta(unlocks),
            AccountMeta(operations),
        ),
        bytes.fromhex("d5aaededf11b0e84"),
    )


def treasury_transfer(
    *,
    treasury: Address,
    destination: Address,
    amount: int,
    authority: Address = Address("69ZeMVnhAbBmxad4MKoTos4HVGBjCRG1hZ9Xwr2MdpbJ"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Pay from the treasury. Only an executed proposal may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(treasury, writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("ddfc2f20f3595483") + layout.unsigned(amount, 8),
    )


def adopt(
    *,
    authority: Address,
    state: Address,
    program: Address,
) -> Instruction:
    """Accept the authority of a governed program that proposed it. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority),
            AccountMeta(state, writable=True),
            AccountMeta(program),
        ),
        bytes.fromhex("9ae22708c064ba97"),
    )


def create_proposal(
    *,
    proposer: Address,
    payer: Address,
    config: Address,
    pool: Address,
    stake: Address,
    proposal: Address,
    kind: ProposalKind,
    description_hash: bytes,
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create a draft. It keeps the current configuration."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposer, signer=True),
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config, writable=True),
            AccountMeta(pool),
            AccountMeta(stake),
            AccountMeta(proposal, writable=True),
            AccountMeta(system_program),
        ),
        bytes.fromhex("847444aed8a0c616") + layout.unsigned(kind, 1) + layout.raw(description_hash, 32),
    )


def add_instruction(
    *,
    proposer: Address,
    proposal: Address,
    program: Address,
    metas: Sequence[InstructionMeta],
    data: bytes,
) -> Instruction:
    """Add an instruction to a draft. The event carries the content, the proposal stores its hash."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposer, signer=True),
            AccountMeta(proposal, writable=True),
        ),
        bytes.fromhex("0b4688a6ca37f64a")
        + layout.address(program)
        + layout.vector([item.encode() for item in metas])
        + layout.blob(data),
    )


def activate(
    *,
    proposer: Address,
    proposal: Address,
) -> Instruction:
    """Activate a draft: open its vote."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposer, signer=True),
            AccountMeta(proposal, writable=True),
        ),
        bytes.fromhex("c2cb23649737aa52"),
    )


def vote(
    *,
    voter: Address,
    payer: Address,
    proposal: Address,
    stake: Address,
    vote: Address,
    choice: VoteChoice,
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Vote once with the weight that was locked before the proposal: 0 against, 1 for, 2 abstain."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(voter, signer=True),
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(proposal, writable=True),
            AccountMeta(stake),
            AccountMeta(vote, writable=True),
            AccountMeta(instructions),
            AccountMeta(system_program),
        ),
        bytes.fromhex("e36e9b17887eac19") + layout.unsigned(choice, 1),
    )


def finalize(
    *,
    proposal: Address,
) -> Instruction:
    """Count the votes after the voting period. Any wallet may call this."""
    return Instruction(PROGRAM_ID, (AccountMeta(proposal, writable=True),), bytes.fromhex("ab3dda387f730cd9"))


def queue(
    *,
    proposal: Address,
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
) -> Instruction:
    """Start the timelock of a proposal that succeeded. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposal, writable=True),
            AccountMeta(instructions),
        ),
        bytes.fromhex("7040b50ad35543ce"),
    )


def execute(
    *,
    proposal: Address,
    authority: Address,
    index: int,
    flags: bytes,
    data: bytes,
) -> Instruction:
    """Execute the proposal's next instruction with the DAO's authority. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposal, writable=True),
            AccountMeta(authority),
        ),
        bytes.fromhex("82ddf29a0dc1bd1d")
        + layout.unsigned(index, 1)
        + layout.blob(flags)
        + layout.blob(data),
    )


def expire(
    *,
    proposal: Address,
) -> Instruction:
    """End a proposal that was not queued or executed in time. Any wallet may call this."""
    return Instruction(PROGRAM_ID, (AccountMeta(proposal, writable=True),), bytes.fromhex("f353cd3a39c9f792"))


def cancel(
    *,
    canceller: Address,
    proposal: Address,
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
) -> Instruction:
    """Cancel a draft or an open vote. Any wallet may cancel a draft older than 7 days."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(canceller, signer=True),
            AccountMeta(proposal, writable=True),
            AccountMeta(instructions),
        ),
        bytes.fromhex("e8dbdf29dbecdcbe"),
    )


def veto(
    *,
    guardian: Address,
    config: Address,
    proposal: Address,
    version: int,
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
) -> Instruction:
    """End a proposal before its execution. Only the guardian may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(guardian, signer=True),
            AccountMeta(config),
            AccountMeta(proposal, writable=True),
            AccountMeta(instructions),
        ),
        bytes.fromhex("be9845e23d966bd7") + layout.unsigned(version, 8),
    )


def pause(
    *,
    guardian: Address,
    config: Address,
    authority: Address,
    markets_config: Address,
    flags: int,
    version: int,
    markets_program: Address = Address("9VVwASsaFQZpLGeaPccLrNKfzbupLxGbcqsKLEjwoV9n"),
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
) -> Instruction:
    """Add pause flags of the markets program. Only the guardian may call this; a proposal clears flags."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(guardian, signer=True),
            AccountMeta(config),
            AccountMeta(authority),
            AccountMeta(markets_config, writable=True),
            AccountMeta(markets_program),
            AccountMeta(instructions),
        ),
        bytes.fromhex("d316ddfb4a79c12f") + layout.unsigned(flags, 1) + layout.unsigned(version, 8),
    )


def release(
    *,
    payer: Address,
    config: Address,
    authority: Address,
    release: Address,
    unlocks: Address,
    operations: Address,
    mint: Address,
    community: Address = Address("9vmWhpMjQV9WVkcURspoPzyfZjgJx8amEnpcAus9BW5Q"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Split unlocked HYPER: 30 % to the community, 20 % burned, the rest to operations. Any wallet may call it."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config, writable=True),
            AccountMeta(authority),
            AccountMeta(release, writable=True),
            AccountMeta(unlocks, writable=True),
            AccountMeta(community, writable=True),
            AccountMeta(operations, writable=True),
            AccountMeta(mint, writable=True),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("fdf90fce1c7fc1f1"),
    )


def close_vote(
    *,
    voter: Address,
    proposal: Address,
    vote: Address,
    payer: Address,
) -> Instruction:
    """Close the voter's record of a vote whose proposal has ended."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(voter, signer=True),
            AccountMeta(proposal),
            AccountMeta(vote, writable=True),
            AccountMeta(payer, writable=True),
        ),
        bytes.fromhex("899857f9aaef853b"),
    )


def close_proposal(
    *,
    proposal: Address,
    payer: Address,
) -> Instruction:
    """Close a proposal 30 days after its end. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(proposal, writable=True),
            AccountMeta(payer, writable=True),
        ),
        bytes.fromhex("d5b28b1332bf52f5"),
    )


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (
    VoteRecord,
    Config,
    Release,
    Proposal,
)


EVENT_TYPES: Final[tuple[type[Event], ...]] = (
    AuthorityAdopted,
    GovernanceInitialized,
    GuardianSet,
    InstructionAdded,
    OperationsSet,
    ParamsSet,
    Paused,
    ProposalActivated,
    ProposalCancelled,
    ProposalClosed,
    ProposalCreated,
    ProposalExecuted,
    ProposalExpired,
    ProposalFinalized,
    ProposalQueued,
    ProposalVetoed,
    Released,
    TreasurySpent,
    VoteClosed,
    Voted,
)


INSTRUCTIONS: Final[Mapping[bytes, str]] = {
    bytes.fromhex("17eb73e8a86001e7"): "init_config",
    bytes.fromhex("1beab2349302bb8d"): "set_params",
    bytes.fromhex("93f332799aa4321e"): "set_guardian",
    bytes.fromhex("d5aaededf11b0e84"): "set_operations",
    bytes.fromhex("ddfc2f20f3595483"): "treasury_transfer",
    bytes.fromhex("9ae22708c064ba97"): "adopt",
    bytes.fromhex("847444aed8a0c616"): "create_proposal",
    bytes.fromhex("0b4688a6ca37f64a"): "add_instruction",
    bytes.fromhex("c2cb23649737aa52"): "activate",
    bytes.fromhex("e36e9b17887eac19"): "vote",
    bytes.fromhex("ab3dda387f730cd9"): "finalize",
    bytes.fromhex("7040b50ad35543ce"): "queue",
    bytes.fromhex("82ddf29a0dc1bd1d"): "execute",
    bytes.fromhex("f353cd3a39c9f792"): "expire",
    bytes.fromhex("e8dbdf29dbecdcbe"): "cancel",
    bytes.fromhex("be9845e23d966bd7"): "veto",
    bytes.fromhex("d316ddfb4a79c12f"): "pause",
    bytes.fromhex("fdf90fce1c7fc1f1"): "release",
    bytes.fromhex("899857f9aaef853b"): "close_vote",
    bytes.fromhex("d5b28b1332bf52f5"): "close_proposal",
}


ACCOUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "init_config": (
        "payer",
        "config",
        "authority",
        "mint",
        "pool",
        "treasury",
        "unlocks",
        "operations",
        "program_data",
        "token_program",
        "system_program",
    ),
    "set_params": (
        "authority",
        "config",
    ),
    "set_guardian": (
        "authority",
        "config",
    ),
    "set_operations": (
        "authority",
        "config",
        "unlocks",
        "operations",
    ),
    "treasury_transfer": (
        "authority",
        "treasury",
        "destination",
        "token_program",
    ),
    "adopt": (
        "authority",
        "state",
        "program",
    ),
    "create_proposal": (
        "proposer",
        "payer",
        "config",
        "pool",
        "stake",
        "proposal",
        "system_program",
    ),
    "add_instruction": (
        "proposer",
        "proposal",
    ),
    "activate": (
        "proposer",
        "proposal",
    ),
    "vote": (
        "voter",
        "payer",
        "proposal",
        "stake",
        "vote",
        "instructions",
        "system_program",
    ),
    "finalize": ("proposal",),
    "queue": (
        "proposal",
        "instructions",
    ),
    "execute": (
        "proposal",
        "authority",
    ),
    "expire": ("proposal",),
    "cancel": (
        "canceller",
        "proposal",
        "instructions",
    ),
    "veto": (
        "guardian",
        "config",
        "proposal",
        "instructions",
    ),
    "pause": (
        "guardian",
        "config",
        "authority",
        "markets_config",
        "markets_program",
        "instructions",
    ),
    "release": (
        "payer",
        "config",
        "authority",
        "release",
        "unlocks",
        "community",
        "operations",
        "mint",
        "token_program",
        "system_program",
    ),
    "close_vote": (
        "voter",
        "proposal",
        "vote",
        "payer",
    ),
    "close_proposal": (
        "proposal",
        "payer",
    ),
}
