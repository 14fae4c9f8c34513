"""Events of the governance program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain.layout import Event, Reader
from hypernode.domain.governance import ProposalKind, ProposalStatus, VoteChoice
from hypernode.domain.types import Address

from .addresses import PROGRAM_ID


class AuthorityAdopted(Event):
    """The event `AuthorityAdopted`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("ecafc506956a3b30")

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


class GovernanceInitialized(Event):
    """The event `GovernanceInitialized`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("29bb671a2a2c1e0f")

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


class GuardianSet(Event):
    """The event `GuardianSet`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("9f319b9cb0581dbe")

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


class InstructionAdded(Event):
    """`content` is the hashed bytes. A reader can rebuild the instruction from them."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("19fa8b557a6b66ee")

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


class OperationsSet(Event):
    """The event `OperationsSet`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("fd1579a7132529e0")

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


class ParamsSet(Event):
    """The event `ParamsSet`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("396f21fc784c62f5")

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


class Paused(Event):
    """The event `Paused`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("acf805fd31ffffe8")

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


class ProposalActivated(Event):
    """The event `ProposalActivated`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("a5cd6a22144d4fdb")

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


class ProposalCancelled(Event):
    """The event `ProposalCancelled`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("fd3b682e814e090e")

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


class ProposalClosed(Event):
    """The event `ProposalClosed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("395a2fa46937611b")

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


class ProposalCreated(Event):
    """The event `ProposalCreated`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("ba08a06c510d33ce")

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


class ProposalExecuted(Event):
    """A text proposal has no instruction: its `index` and `count` are 0."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("5cd5bdc965536f53")

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


class ProposalExpired(Event):
    """The event `ProposalExpired`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("30080a34d585a6df")

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


class ProposalFinalized(Event):
    """The event `ProposalFinalized`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("9f68d2dc56d13d33")

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


class ProposalQueued(Event):
    """The event `ProposalQueued`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("7f1f6b1102774827")

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


class ProposalVetoed(Event):
    """The event `ProposalVetoed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("b91d4d1786fb9b1b")

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


class Released(Event):
    """amount = community + burned + operations. The totals include this release."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("e8e5ff8865bd0fdc")

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


class TreasurySpent(Event):
    """The event `TreasurySpent`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("4696f23513790f58")

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


class VoteClosed(Event):
    """The event `VoteClosed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("f0a78369a8571dae")

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


class Voted(Event):
    """The event `Voted`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("bd4a657f6dd65f82")

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
