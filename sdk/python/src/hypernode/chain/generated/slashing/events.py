"""Events of the slashing program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain.layout import Event, Reader
from hypernode.domain.fault import FaultReason, ReportStatus
from hypernode.domain.types import Address

from .addresses import PROGRAM_ID


class AuthorityAccepted(Event):
    """The event `AuthorityAccepted`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("a6c0dbbc29d1c31a")

    old_authority: Address
    new_authority: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            old_authority=read.address(),
            new_authority=read.address(),
        )
        read.finish()
        return decoded


class AuthorityProposed(Event):
    """The event `AuthorityProposed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("f4755e7035972359")

    authority: Address
    pending_authority: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            authority=read.address(),
            pending_authority=read.address(),
        )
        read.finish()
        return decoded


class ConfigInitialized(Event):
    """The event `ConfigInitialized`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("b531c89c13a7b25b")

    authority: Address
    mint: Address
    vault: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            authority=read.address(),
            mint=read.address(),
            vault=read.address(),
        )
        read.finish()
        return decoded


class DueClaimed(Event):
    """The event `DueClaimed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("7db269d4e27ae1f0")

    report: Address
    wallet: Address
    amount: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            wallet=read.address(),
            amount=read.unsigned(8),
        )
        read.finish()
        return decoded


class FaultReported(Event):
    """The event `FaultReported`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("ff479d66c17e7502")

    report: Address
    accused: Address
    reporter: Address
    evidence: bytes
    reason: FaultReason
    # Most that the report can take.
    amount: int
    bond: int
    total_weight: int
    voting_ends_at: int
    new_status: ReportStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            accused=read.address(),
            reporter=read.address(),
            evidence=read.raw(32),
            reason=read.member(FaultReason, 1),
            amount=read.unsigned(8),
            bond=read.unsigned(8),
            total_weight=read.unsigned(8),
            voting_ends_at=read.signed(8),
            new_status=read.member(ReportStatus, 1),
        )
        read.finish()
        return decoded


class ParamsSet(Event):
    """The event `ParamsSet`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("396f21fc784c62f5")

    bond: int
    appeal_bond: int
    voting_period: int
    appeal_period: int
    min_validator_stake: int
    quorum_bps: int
    appeal_quorum_bps: int
    reason_bps: tuple[int, ...]
    daily_cap_bps: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            bond=read.unsigned(8),
            appeal_bond=read.unsigned(8),
            voting_period=read.signed(8),
            appeal_period=read.signed(8),
            min_validator_stake=read.unsigned(8),
            quorum_bps=read.unsigned(2),
            appeal_quorum_bps=read.unsigned(2),
            reason_bps=tuple(read.unsigned(2) for _ in range(3)),
            daily_cap_bps=read.unsigned(2),
        )
        read.finish()
        return decoded


class RecordClosed(Event):
    """The event `RecordClosed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("63985908174f9902")

    accused: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            accused=read.address(),
        )
        read.finish()
        return decoded


class ReportAppealed(Event):
    """The event `ReportAppealed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("0b04b14171444380")

    report: Address
    accused: Address
    appeal_bond: int
    voting_ends_at: int
    old_status: ReportStatus
    new_status: ReportStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            accused=read.address(),
            appeal_bond=read.unsigned(8),
            voting_ends_at=read.signed(8),
            old_status=read.member(ReportStatus, 1),
            new_status=read.member(ReportStatus, 1),
        )
        read.finish()
        return decoded


class ReportClosed(Event):
    """The event `ReportClosed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("bf9743ed543a236d")

    report: Address
    accused: Address
    # Remainders of rounding, and dues that were not claimed in time.
    burned: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            accused=read.address(),
            burned=read.unsigned(8),
        )
        read.finish()
        return decoded


class ReportExecuted(Event):
    """The event `ReportExecuted`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("a2bfb2aa44081aee")

    report: Address
    accused: Address
    job: Address
    sequence: int
    reason: FaultReason
    slashed: int
    burned: int
    # Returned bond.
    reporter_due: int
    validators_due: int
    old_status: ReportStatus
    new_status: ReportStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            accused=read.address(),
            job=read.address(),
            sequence=read.unsigned(8),
            reason=read.member(FaultReason, 1),
            slashed=read.unsigned(8),
            burned=read.unsigned(8),
            reporter_due=read.unsigned(8),
            validators_due=read.unsigned(8),
            old_status=read.member(ReportStatus, 1),
            new_status=read.member(ReportStatus, 1),
        )
        read.finish()
        return decoded


class ReportResolved(Event):
    """The voting ended: the report is confirmed, upheld, or dismissed with the bonds due to the accused."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("b0698d59fd0fce35")

    report: Address
    accused: Address
    round: int
    uphold_weight: int
    overturn_weight: int
    voters: int
    executable_at: int
    # What the report will take.
    amount: int
    accused_due: int
    validators_due: int
    old_status: ReportStatus
    new_status: ReportStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            accused=read.address(),
            round=read.unsigned(1),
            uphold_weight=read.unsigned(8),
            overturn_weight=read.unsigned(8),
            voters=read.unsigned(2),
            executable_at=read.signed(8),
            amount=read.unsigned(8),
            accused_due=read.unsigned(8),
            validators_due=read.unsigned(8),
            old_status=read.member(ReportStatus, 1),
            new_status=read.member(ReportStatus, 1),
        )
        read.finish()
        return decoded


class SentenceOpened(Event):
    """A job's verdict was brought. The report is confirmed and the job is closed."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("ada295b7f2cf94d8")

    report: Address
    accused: Address
    job: Address
    sequence: int
    attempt: int
    # Hash of the job's receipt; zero after a timeout.
    evidence: bytes
    reason: FaultReason
    # Sentence of the job, and the part of it that the stake still has.
    sentence: int
    amount: int
    total_weight: int
    executable_at: int
    new_status: ReportStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            accused=read.address(),
            job=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            evidence=read.raw(32),
            reason=read.member(FaultReason, 1),
            sentence=read.unsigned(8),
            amount=read.unsigned(8),
            total_weight=read.unsigned(8),
            executable_at=read.signed(8),
            new_status=read.member(ReportStatus, 1),
        )
        read.finish()
        return decoded


class VoteClosed(Event):
    """The event `VoteClosed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("f0a78369a8571dae")

    report: Address
    validator: Address
    round: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            validator=read.address(),
            round=read.unsigned(1),
        )
        read.finish()
        return decoded


class Voted(Event):
    """The event `Voted`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("bd4a657f6dd65f82")

    report: Address
    validator: Address
    round: int
    uphold: bool
    weight: int
    uphold_weight: int
    overturn_weight: int
    voters: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            validator=read.address(),
            round=read.unsigned(1),
            uphold=read.boolean(),
            weight=read.unsigned(8),
            uphold_weight=read.unsigned(8),
            overturn_weight=read.unsigned(8),
            voters=read.unsigned(2),
        )
        read.finish()
        return decoded


class VoteFeeClaimed(Event):
    """The event `VoteFeeClaimed`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("c127295f5dc1d0bf")

    report: Address
    validator: Address
    round: int
    amount: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            validator=read.address(),
            round=read.unsigned(1),
            amount=read.unsigned(8),
        )
        read.finish()
        return decoded


EVENT_TYPES: Final[tuple[type[Event], ...]] = (
    AuthorityAccepted,
    AuthorityProposed,
    ConfigInitialized,
    DueClaimed,
    FaultReported,
    ParamsSet,
    RecordClosed,
    ReportAppealed,
    ReportClosed,
    ReportExecuted,
    ReportResolved,
    SentenceOpened,
    VoteClosed,
    Voted,
    VoteFeeClaimed,
)
