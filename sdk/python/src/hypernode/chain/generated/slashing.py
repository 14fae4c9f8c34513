"""Owns the typed client of the slashing program. Written by `make generate`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from hypernode.chain import layout
from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.chain.layout import Event, ProgramAccount, Reader
from hypernode.domain.fault import FaultReason, ReportStatus
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("3uryKioSZhC2NwVpUEg5vg94QXANB1GaH4eEJHGuNSSA")


@dataclass(frozen=True)
class SlashingParams:
    """Parameters that the authority sets."""

    bond: int
    appeal_bond: int
    voting_period: int
    appeal_period: int
    min_validator_stake: int
    quorum_bps: int
    appeal_quorum_bps: int
    reason_bps: tuple[int, ...]
    daily_cap_bps: int
    burn_bps: int
    buyer_bps: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            bond=read.unsigned(8),
            appeal_bond=read.unsigned(8),
            voting_period=read.signed(8),
            appeal_period=read.signed(8),
            min_validator_stake=read.unsigned(8),
            quorum_bps=read.unsigned(2),
            appeal_quorum_bps=read.unsigned(2),
            reason_bps=tuple(read.unsigned(2) for _ in range(5)),
            daily_cap_bps=read.unsigned(2),
            burn_bps=read.unsigned(2),
            buyer_bps=read.unsigned(2),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.unsigned(self.bond, 8),
                layout.unsigned(self.appeal_bond, 8),
                layout.signed(self.voting_period, 8),
                layout.signed(self.appeal_period, 8),
                layout.unsigned(self.min_validator_stake, 8),
                layout.unsigned(self.quorum_bps, 2),
                layout.unsigned(self.appeal_quorum_bps, 2),
                layout.sequence([layout.unsigned(item, 2) for item in self.reason_bps], 5),
                layout.unsigned(self.daily_cap_bps, 2),
                layout.unsigned(self.burn_bps, 2),
                layout.unsigned(self.buyer_bps, 2),
            )
        )


@dataclass(frozen=True)
class Fault(ProgramAccount):
    """The account `Fault`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("667da7b55da7fb7f")
    SIZE: ClassVar[int] = 129

    accused: Address
    # Job, or the digest of the evidence if there is no job.
    subject: Address
    # Number of the job, so that a job created again at the same address is a different one.
    sequence: int
    # Report that was executed.
    report: Address
    slashed: int
    executed_at: int
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            accused=read.address(),
            subject=read.address(),
            sequence=read.unsigned(8),
            report=read.address(),
            slashed=read.unsigned(8),
            executed_at=read.signed(8),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.accused),
                layout.address(self.subject),
                layout.unsigned(self.sequence, 8),
                layout.address(self.report),
                layout.unsigned(self.slashed, 8),
                layout.signed(self.executed_at, 8),
                layout.unsigned(self.bump, 1),
            )
        )


@dataclass(frozen=True)
class Config(ProgramAccount):
    """The account `Config`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("9b0caae01efacc82")
    SIZE: ClassVar[int] = 166

    # Sets the parameters of future reports. It has no power over open reports, the vault or stakes.
    authority: Address
    # Wallet that may accept the authority; zero if none is proposed.
    pending_authority: Address
    # Mint of HYPER.
    mint: Address
    # Bonds of a reporter and of an appeal.
    bond: int
    appeal_bond: int
    # Seconds of each voting round, and from a confirmation to its execution.
    voting_period: int
    appeal_period: int
    min_validator_stake: int
    # Share of the total weight, without the accused's, that must vote to uphold.
    quorum_bps: int
    appeal_quorum_bps: int
    # Share of the stake that each reason costs.
    reason_bps: tuple[int, ...]
    # Most of the stake at the start of a day that the day may take.
    daily_cap_bps: int
    # Shares of a slash. The bounty gets the rest.
    burn_bps: int
    buyer_bps: int
    bump: int
    vault_bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            authority=read.address(),
            pending_authority=read.address(),
            mint=read.address(),
            bond=read.unsigned(8),
            appeal_bond=read.unsigned(8),
            voting_period=read.signed(8),
            appeal_period=read.signed(8),
            min_validator_stake=read.unsigned(8),
            quorum_bps=read.unsigned(2),
            appeal_quorum_bps=read.unsigned(2),
            reason_bps=tuple(read.unsigned(2) for _ in range(5)),
            daily_cap_bps=read.unsigned(2),
            burn_bps=read.unsigned(2),
            buyer_bps=read.unsigned(2),
            bump=read.unsigned(1),
            vault_bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.authority),
                layout.address(self.pending_authority),
                layout.address(self.mint),
                layout.unsigned(self.bond, 8),
                layout.unsigned(self.appeal_bond, 8),
                layout.signed(self.voting_period, 8),
                layout.signed(self.appeal_period, 8),
                layout.unsigned(self.min_validator_stake, 8),
                layout.unsigned(self.quorum_bps, 2),
                layout.unsigned(self.appeal_quorum_bps, 2),
                layout.sequence([layout.unsigned(item, 2) for item in self.reason_bps], 5),
                layout.unsigned(self.daily_cap_bps, 2),
                layout.unsigned(self.burn_bps, 2),
                layout.unsigned(self.buyer_bps, 2),
                layout.unsigned(self.bump, 1),
                layout.unsigned(self.vault_bump, 1),
            )
        )


@dataclass(frozen=True)
class Report(ProgramAccount):
    """The account `Report`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("e8f6e5e3f269be02")
    SIZE: ClassVar[int] = 421

    accused: Address
    reporter: Address
    # Paid the rent and gets it back.
    payer: Address
    # Harmed buyer; zero if there is none.
    buyer: Address
    # Job; zero if the reason needs none.
    job: Address
    # SHA-256 of the evidence, which is part of its content id.
    evidence: bytes
    sequence: int
    # Attempt of the job in an attested report; zero otherwise.
    attempt: int
    reason: FaultReason
    status: ReportStatus
    # Whether oracles attested the fault. Such a report has no bond and no first round.
    attested: bool
    # Voting round: 1, or 2 after an appeal.
    round: int
    # Validators that voted in this round.
    voters: int
    # Time of the opening. Only weight locked before it votes.
    opened_at: int
    voting_ends_at: int
    # Time of the confirmation; zero before.
    confirmed_at: int
    # End of the appeal period and start of the execution; zero until confirmed.
    executable_at: int
    # Time of the end; zero while open.
    ended_at: int
    # Parameters as of the opening. Later changes by the authority do not apply.
    voting_period: int
    appeal_period: int
    min_validator_stake: int
    appeal_price: int
    quorum_bps: int
    appeal_quorum_bps: int
    slash_bps: int
    daily_cap_bps: int
    burn_bps: int
    buyer_bps: int
    # Total weight at the opening, without the accused's.
    total_weight: int
    uphold_weight: int
    overturn_weight: int
    # Weight of the first round's votes to uphold; set by an appeal.
    first_uphold_weight: int
    # Bonds in the vault until the report ends.
    bond: int
    appeal_bond: int
    slashed: int
    burned: int
    # Dues in the vault until they are claimed.
    reporter_due: int
    buyer_due: int
    accused_due: int
    validators_due: int
    # Validators' share before claims, the weight that shares it, and the weight that has not claimed.
    validators_share: int
    winning_weight: int
    unclaimed_weight: int
    bump: int
    # Bump of this job's fault account.
    fault_bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            accused=read.address(),
            reporter=read.address(),
            payer=read.address(),
            buyer=read.address(),
            job=read.address(),
            evidence=read.raw(32),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            reason=read.member(FaultReason, 1),
            status=read.member(ReportStatus, 1),
            attested=read.boolean(),
            round=read.unsigned(1),
            voters=read.unsigned(2),
            opened_at=read.signed(8),
            voting_ends_at=read.signed(8),
            confirmed_at=read.signed(8),
            executable_at=read.signed(8),
            ended_at=read.signed(8),
            voting_period=read.signed(8),
            appeal_period=read.signed(8),
            min_validator_stake=read.unsigned(8),
            appeal_price=read.unsigned(8),
            quorum_bps=read.unsigned(2),
            appeal_quorum_bps=read.unsigned(2),
            slash_bps=read.unsigned(2),
            daily_cap_bps=read.unsigned(2),
            burn_bps=read.unsigned(2),
            buyer_bps=read.unsigned(2),
            total_weight=read.unsigned(8),
            uphold_weight=read.unsigned(8),
            overturn_weight=read.unsigned(8),
            first_uphold_weight=read.unsigned(8),
            bond=read.unsigned(8),
            appeal_bond=read.unsigned(8),
            slashed=read.unsigned(8),
            burned=read.unsigned(8),
            reporter_due=read.unsigned(8),
            buyer_due=read.unsigned(8),
            accused_due=read.unsigned(8),
            validators_due=read.unsigned(8),
            validators_share=read.unsigned(8),
            winning_weight=read.unsigned(8),
            unclaimed_weight=read.unsigned(8),
            bump=read.unsigned(1),
            fault_bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.accused),
                layout.address(self.reporter),
                layout.address(self.payer),
                layout.address(self.buyer),
                layout.address(self.job),
                layout.raw(self.evidence, 32),
                layout.unsigned(self.sequence, 8),
                layout.unsigned(self.attempt, 1),
                layout.unsigned(self.reason, 1),
                layout.unsigned(self.status, 1),
                layout.boolean(self.attested),
                layout.unsigned(self.round, 1),
                layout.unsigned(self.voters, 2),
                layout.signed(self.opened_at, 8),
                layout.signed(self.voting_ends_at, 8),
                layout.signed(self.confirmed_at, 8),
                layout.signed(self.executable_at, 8),
                layout.signed(self.ended_at, 8),
                layout.signed(self.voting_period, 8),
                layout.signed(self.appeal_period, 8),
                layout.unsigned(self.min_validator_stake, 8),
                layout.unsigned(self.appeal_price, 8),
                layout.unsigned(self.quorum_bps, 2),
                layout.unsigned(self.appeal_quorum_bps, 2),
                layout.unsigned(self.slash_bps, 2),
                layout.unsigned(self.daily_cap_bps, 2),
                layout.unsigned(self.burn_bps, 2),
                layout.unsigned(self.buyer_bps, 2),
                layout.unsigned(self.total_weight, 8),
                layout.unsigned(self.uphold_weight, 8),
                layout.unsigned(self.overturn_weight, 8),
                layout.unsigned(self.first_uphold_weight, 8),
                layout.unsigned(self.bond, 8),
                layout.unsigned(self.appeal_bond, 8),
                layout.unsigned(self.slashed, 8),
                layout.unsigned(self.burned, 8),
                layout.unsigned(self.reporter_due, 8),
                layout.unsigned(self.buyer_due, 8),
                layout.unsigned(self.accused_due, 8),
                layout.unsigned(self.validators_due, 8),
                layout.unsigned(self.validators_share, 8),
                layout.unsigned(self.winning_weight, 8),
                layout.unsigned(self.unclaimed_weight, 8),
                layout.unsigned(self.bump, 1),
                layout.unsigned(self.fault_bump, 1),
            )
        )


@dataclass(frozen=True)
class Record(ProgramAccount):
    """The account `Record`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("fee975fc4ca6928b")
    SIZE: ClassVar[int] = 139

    accused: Address
    # Paid the rent and gets it back.
    payer: Address
    # Reports that hold the stake.
    open_reports: int
    # Start of the current day, the stake at that time, and the amount slashed since.
    day_start: int
    day_stake: int
    day_slashed: int
    # Time of the last execution by reason; zero if there was none.
    last_executed: tuple[int, ...]
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            accused=read.address(),
            payer=read.address(),
            open_reports=read.unsigned(2),
            day_start=read.signed(8),
            day_stake=read.unsigned(8),
            day_slashed=read.unsigned(8),
            last_executed=tuple(read.signed(8) for _ in range(5)),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.accused),
                layout.address(self.payer),
                layout.unsigned(self.open_reports, 2),
                layout.signed(self.day_start, 8),
                layout.unsigned(self.day_stake, 8),
                layout.unsigned(self.day_slashed, 8),
                layout.sequence([layout.signed(item, 8) for item in self.last_executed], 5),
                layout.unsigned(self.bump, 1),
            )
        )


@dataclass(frozen=True)
class Vote(ProgramAccount):
    """The account `Vote`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("605b68399123ac9b")
    SIZE: ClassVar[int] = 123

    report: Address
    validator: Address
    # Paid the rent and gets it back.
    payer: Address
    # Opening time of the report. It differs for a later report at the same address.
    opened_at: int
    weight: int
    round: int
    uphold: bool
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            validator=read.address(),
            payer=read.address(),
            opened_at=read.signed(8),
            weight=read.unsigned(8),
            round=read.unsigned(1),
            uphold=read.boolean(),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.report),
                layout.address(self.validator),
                layout.address(self.payer),
                layout.signed(self.opened_at, 8),
                layout.unsigned(self.weight, 8),
                layout.unsigned(self.round, 1),
                layout.boolean(self.uphold),
                layout.unsigned(self.bump, 1),
            )
        )


@dataclass(frozen=True)
class AuthorityAccepted(Event):
    """The event `AuthorityAccepted`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("a6c0dbbc29d1c31a")

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


@dataclass(frozen=True)
class AuthorityProposed(Event):
    """The event `AuthorityProposed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("f4755e7035972359")

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


@dataclass(frozen=True)
class ConfigInitialized(Event):
    """The event `ConfigInitialized`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("b531c89c13a7b25b")

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


@dataclass(frozen=True)
class DueClaimed(Event):
    """The event `DueClaimed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("7db269d4e27ae1f0")

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


@dataclass(frozen=True)
class FaultAttested(Event):
    """The event `FaultAttested`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("a88775f78d82e877")

    report: Address
    accused: Address
    reporter: Address
    buyer: Address
    job: Address
    sequence: int
    attempt: int
    evidence: bytes
    reason: FaultReason
    signers: int
    total_weight: int
    executable_at: int
    new_status: ReportStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            accused=read.address(),
            reporter=read.address(),
            buyer=read.address(),
            job=read.address(),
            sequence=read.unsigned(8),
            attempt=read.unsigned(1),
            evidence=read.raw(32),
            reason=read.member(FaultReason, 1),
            signers=read.unsigned(1),
            total_weight=read.unsigned(8),
            executable_at=read.signed(8),
            new_status=read.member(ReportStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class FaultReported(Event):
    """The event `FaultReported`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("ff479d66c17e7502")

    report: Address
    accused: Address
    reporter: Address
    buyer: Address
    job: Address
    sequence: int
    evidence: bytes
    reason: FaultReason
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
            buyer=read.address(),
            job=read.address(),
            sequence=read.unsigned(8),
            evidence=read.raw(32),
            reason=read.member(FaultReason, 1),
            bond=read.unsigned(8),
            total_weight=read.unsigned(8),
            voting_ends_at=read.signed(8),
            new_status=read.member(ReportStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ParamsSet(Event):
    """The event `ParamsSet`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("396f21fc784c62f5")

    bond: int
    appeal_bond: int
    voting_period: int
    appeal_period: int
    min_validator_stake: int
    quorum_bps: int
    appeal_quorum_bps: int
    reason_bps: tuple[int, ...]
    daily_cap_bps: int
    burn_bps: int
    buyer_bps: int

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
            reason_bps=tuple(read.unsigned(2) for _ in range(5)),
            daily_cap_bps=read.unsigned(2),
            burn_bps=read.unsigned(2),
            buyer_bps=read.unsigned(2),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class RecordClosed(Event):
    """The event `RecordClosed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("63985908174f9902")

    accused: Address

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            accused=read.address(),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ReportAppealed(Event):
    """The event `ReportAppealed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("0b04b14171444380")

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


@dataclass(frozen=True)
class ReportClosed(Event):
    """The event `ReportClosed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("bf9743ed543a236d")

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


@dataclass(frozen=True)
class ReportExecuted(Event):
    """The event `ReportExecuted`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("a2bfb2aa44081aee")

    report: Address
    accused: Address
    job: Address
    sequence: int
    reason: FaultReason
    slashed: int
    burned: int
    buyer_due: int
    # Bounty and returned bond.
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
            buyer_due=read.unsigned(8),
            reporter_due=read.unsigned(8),
            validators_due=read.unsigned(8),
            old_status=read.member(ReportStatus, 1),
            new_status=read.member(ReportStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ReportMooted(Event):
    """The event `ReportMooted`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("90f8207075c321be")

    report: Address
    accused: Address
    reporter_due: int
    accused_due: int
    old_status: ReportStatus
    new_status: ReportStatus

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            report=read.address(),
            accused=read.address(),
            reporter_due=read.unsigned(8),
            accused_due=read.unsigned(8),
            old_status=read.member(ReportStatus, 1),
            new_status=read.member(ReportStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class ReportResolved(Event):
    """The voting ended: the report is confirmed, upheld, or dismissed with every bond due to the accused."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("b0698d59fd0fce35")

    report: Address
    accused: Address
    round: int
    uphold_weight: int
    overturn_weight: int
    voters: int
    executable_at: int
    accused_due: int
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
            accused_due=read.unsigned(8),
            old_status=read.member(ReportStatus, 1),
            new_status=read.member(ReportStatus, 1),
        )
        read.finish()
        return decoded


@dataclass(frozen=True)
class VoteBountyClaimed(Event):
    """The event `VoteBountyClaimed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("22b18e99ec9b9091")

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


@dataclass(frozen=True)
class VoteClosed(Event):
    """The event `VoteClosed`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("f0a78369a8571dae")

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


@dataclass(frozen=True)
class Voted(Event):
    """The event `Voted`."""

    PROGRAM: ClassVar[Address] = PROGRAM_ID
    DISCRIMINATOR: ClassVar[bytes] = bytes.fromhex("bd4a657f6dd65f82")

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


def init_config(
    *,
    authority: Address,
    config: Address,
    mint: Address,
    vault: Address,
    program_data: Address,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Create the configuration and the vault, once. The signer must be the program's upgrade authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True, writable=True),
            AccountMeta(config, writable=True),
            AccountMeta(mint),
            AccountMeta(vault, writable=True),
            AccountMeta(program_data),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("17eb73e8a86001e7"),
    )


def propose_authority(
    *,
    authority: Address,
    config: Address,
    new_authority: Address,
) -> Instruction:
    """Propose the next authority, which must accept. The zero address withdraws the proposal."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config, writable=True),
        ),
        bytes.fromhex("1494ecc64c77638e") + layout.address(new_authority),
    )


def accept_authority(
    *,
    new_authority: Address,
    config: Address,
) -> Instruction:
    """Accept the proposed authority."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(new_authority, signer=True),
            AccountMeta(config, writable=True),
        ),
        bytes.fromhex("6b56c65b210c6ba0"),
    )


def set_params(
    *,
    authority: Address,
    config: Address,
    params: SlashingParams,
) -> Instruction:
    """Set the parameters of future reports."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(authority, signer=True),
            AccountMeta(config, writable=True),
        ),
        bytes.fromhex("1beab2349302bb8d") + params.encode(),
    )


def report(
    *,
    reporter: Address,
    payer: Address,
    config: Address,
    pool: Address,
    stake: Address,
    report: Address,
    record: Address,
    fault: Address,
    vault: Address,
    source: Address,
    evidence: bytes,
    reason: FaultReason,
    job: Address,
    sequence: int,
    buyer: Address,
    staking_program: Address = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Report the owner of a stake, with a bond. The stake is held until the report has ended."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(reporter, signer=True),
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config),
            AccountMeta(pool),
            AccountMeta(stake, writable=True),
            AccountMeta(report, writable=True),
            AccountMeta(record, writable=True),
            AccountMeta(fault),
            AccountMeta(vault, writable=True),
            AccountMeta(source, writable=True),
            AccountMeta(staking_program),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("6079f554b22d305b")
        + layout.raw(evidence, 32)
        + layout.unsigned(reason, 1)
        + layout.address(job)
        + layout.unsigned(sequence, 8)
        + layout.address(buyer),
    )


def report_attested(
    *,
    reporter: Address,
    payer: Address,
    config: Address,
    pool: Address,
    stake: Address,
    report: Address,
    record: Address,
    fault: Address,
    evidence: bytes,
    reason: FaultReason,
    job: Address,
    sequence: int,
    attempt: int,
    buyer: Address,
    expires_at: int,
    oracle_set: Address = Address("p5rKZFEMj3ozqunJAxuQABjNjc1gxg1KXHavaByJWQK"),
    staking_program: Address = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"),
    system_program: Address = Address("11111111111111111111111111111111"),
    instructions: Address = Address("Sysvar1nstructions1111111111111111111111111"),
) -> Instruction:
    """Report a fault that oracles attested. The instruction right before holds their signatures."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(reporter, signer=True),
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config),
            AccountMeta(oracle_set),
            AccountMeta(pool),
            AccountMeta(stake, writable=True),
            AccountMeta(report, writable=True),
            AccountMeta(record, writable=True),
            AccountMeta(fault),
            AccountMeta(staking_program),
            AccountMeta(system_program),
            AccountMeta(instructions),
        ),
        bytes.fromhex("f33b98fe1ff3d7d2")
        + layout.raw(evidence, 32)
        + layout.unsigned(reason, 1)
        + layout.address(job)
        + layout.unsigned(sequence, 8)
        + layout.unsigned(attempt, 1)
        + layout.address(buyer)
        + layout.signed(expires_at, 8),
    )


def vote(
    *,
    validator: Address,
    payer: Address,
    report: Address,
    stake: Address,
    vote: Address,
    uphold: bool,
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Vote to uphold or overturn a report, with a stake that was locked before the report."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(validator, signer=True),
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(report, writable=True),
            AccountMeta(stake),
            AccountMeta(vote, writable=True),
            AccountMeta(system_program),
        ),
        bytes.fromhex("e36e9b17887eac19") + layout.boolean(uphold),
    )


def resolve(
    *,
    config: Address,
    report: Address,
    record: Address,
    stake: Address,
    staking_program: Address = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"),
) -> Instruction:
    """Count the votes when the voting is over or decided. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config),
            AccountMeta(report, writable=True),
            AccountMeta(record, writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(staking_program),
        ),
        bytes.fromhex("f696ecce6c3f3a0a"),
    )


def appeal(
    *,
    accused: Address,
    config: Address,
    report: Address,
    vault: Address,
    source: Address,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Appeal for a second round with more validators, with a bond."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(accused, signer=True),
            AccountMeta(config),
            AccountMeta(report, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(source, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("fa5b01f4b3344bec"),
    )


def execute(
    *,
    payer: Address,
    config: Address,
    report: Address,
    record: Address,
    fault: Address,
    pool: Address,
    stake: Address,
    stake_vault: Address,
    accumulator: Address,
    vault: Address,
    mint: Address,
    staking_program: Address = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"),
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    system_program: Address = Address("11111111111111111111111111111111"),
) -> Instruction:
    """Slash the accused's stake and book the dues. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(payer, signer=True, writable=True),
            AccountMeta(config),
            AccountMeta(report, writable=True),
            AccountMeta(record, writable=True),
            AccountMeta(fault, writable=True),
            AccountMeta(pool, writable=True),
            AccountMeta(stake, writable=True),
            AccountMeta(stake_vault, writable=True),
            AccountMeta(accumulator),
            AccountMeta(vault, writable=True),
            AccountMeta(mint, writable=True),
            AccountMeta(staking_program),
            AccountMeta(token_program),
            AccountMeta(system_program),
        ),
        bytes.fromhex("82ddf29a0dc1bd1d"),
    )


def dismiss_moot(
    *,
    config: Address,
    report: Address,
    record: Address,
    fault: Address,
    stake: Address,
    staking_program: Address = Address("BRAtWUsRbfjsg1dvnuRuCEk5cayZwhnhBXWxqhobPYSG"),
) -> Instruction:
    """End a report about a job that another report has punished. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config),
            AccountMeta(report, writable=True),
            AccountMeta(record, writable=True),
            AccountMeta(fault),
            AccountMeta(stake, writable=True),
            AccountMeta(staking_program),
        ),
        bytes.fromhex("bc80d5a748eb8568"),
    )


def claim_due(
    *,
    config: Address,
    report: Address,
    vault: Address,
    destination: Address,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Pay the report's dues to the owner of a token account. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config),
            AccountMeta(report, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("04a8f572d78df558"),
    )


def claim_vote_bounty(
    *,
    config: Address,
    report: Address,
    vote: Address,
    payer: Address,
    vault: Address,
    destination: Address,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Pay a validator who voted to uphold an executed report, and close the vote. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config),
            AccountMeta(report, writable=True),
            AccountMeta(vote, writable=True),
            AccountMeta(payer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(destination, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("923c142dee6757d6"),
    )


def close_vote(
    *,
    report: Address,
    vote: Address,
    payer: Address,
) -> Instruction:
    """Close a vote that has nothing to claim. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(report),
            AccountMeta(vote, writable=True),
            AccountMeta(payer, writable=True),
        ),
        bytes.fromhex("899857f9aaef853b"),
    )


def close_report(
    *,
    config: Address,
    report: Address,
    payer: Address,
    vault: Address,
    mint: Address,
    token_program: Address = Address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
) -> Instruction:
    """Close an ended report without dues, or 90 days after its end. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(config),
            AccountMeta(report, writable=True),
            AccountMeta(payer, writable=True),
            AccountMeta(vault, writable=True),
            AccountMeta(mint, writable=True),
            AccountMeta(token_program),
        ),
        bytes.fromhex("6e0582020cefa633"),
    )


def close_record(
    *,
    record: Address,
    payer: Address,
) -> Instruction:
    """Close a record that is no longer in use. Any wallet may call this."""
    return Instruction(
        PROGRAM_ID,
        (
            AccountMeta(record, writable=True),
            AccountMeta(payer, writable=True),
        ),
        bytes.fromhex("6fc07abc26eaf2f9"),
    )


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (
    Fault,
    Config,
    Report,
    Record,
    Vote,
)


EVENT_TYPES: Final[tuple[type[Event], ...]] = (
    AuthorityAccepted,
    AuthorityProposed,
    ConfigInitialized,
    DueClaimed,
    FaultAttested,
    FaultReported,
    ParamsSet,
    RecordClosed,
    ReportAppealed,
    ReportClosed,
    ReportExecuted,
    ReportMooted,
    ReportResolved,
    VoteBountyClaimed,
    VoteClosed,
    Voted,
)


INSTRUCTIONS: Final[Mapping[bytes, str]] = {
    bytes.fromhex("17eb73e8a86001e7"): "init_config",
    bytes.fromhex("1494ecc64c77638e"): "propose_authority",
    bytes.fromhex("6b56c65b210c6ba0"): "accept_authority",
    bytes.fromhex("1beab2349302bb8d"): "set_params",
    bytes.fromhex("6079f554b22d305b"): "report",
    bytes.fromhex("f33b98fe1ff3d7d2"): "report_attested",
    bytes.fromhex("e36e9b17887eac19"): "vote",
    bytes.fromhex("f696ecce6c3f3a0a"): "resolve",
    bytes.fromhex("fa5b01f4b3344bec"): "appeal",
    bytes.fromhex("82ddf29a0dc1bd1d"): "execute",
    bytes.fromhex("bc80d5a748eb8568"): "dismiss_moot",
    bytes.fromhex("04a8f572d78df558"): "claim_due",
    bytes.fromhex("923c142dee6757d6"): "claim_vote_bounty",
    bytes.fromhex("899857f9aaef853b"): "close_vote",
    bytes.fromhex("6e0582020cefa633"): "close_report",
    bytes.fromhex("6fc07abc26eaf2f9"): "close_record",
}


ACCOUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "init_config": (
        "authority",
        "config",
        "mint",
        "vault",
        "program_data",
        "token_program",
        "system_program",
    ),
    "propose_authority": (
        "authority",
        "config",
    ),
    "accept_authority": (
        "new_authority",
        "config",
    ),
    "set_params": (
        "authority",
        "config",
    ),
    "report": (
        "reporter",
        "payer",
        "config",
        "pool",
        "stake",
        "report",
        "record",
        "fault",
        "vault",
        "source",
        "staking_program",
        "token_program",
        "system_program",
    ),
    "report_attested": (
        "reporter",
        "payer",
        "config",
        "oracle_set",
        "pool",
        "stake",
        "report",
        "record",
        "fault",
        "staking_program",
        "system_program",
        "instructions",
    ),
    "vote": (
        "validator",
        "payer",
        "report",
        "stake",
        "vote",
        "system_program",
    ),
    "resolve": (
        "config",
        "report",
        "record",
        "stake",
        "staking_program",
    ),
    "appeal": (
        "accused",
        "config",
        "report",
        "vault",
        "source",
        "token_program",
    ),
    "execute": (
        "payer",
        "config",
        "report",
        "record",
        "fault",
        "pool",
        "stake",
        "stake_vault",
        "accumulator",
        "vault",
        "mint",
        "staking_program",
        "token_program",
        "system_program",
    ),
    "dismiss_moot": (
        "config",
        "report",
        "record",
        "fault",
        "stake",
        "staking_program",
    ),
    "claim_due": (
        "config",
        "report",
        "vault",
        "destination",
        "token_program",
    ),
    "claim_vote_bounty": (
        "config",
        "report",
        "vote",
        "payer",
        "vault",
        "destination",
        "token_program",
    ),
    "close_vote": (
        "report",
        "vote",
        "payer",
    ),
    "close_report": (
        "config",
        "report",
        "payer",
        "vault",
        "mint",
        "token_program",
    ),
    "close_record": (
        "record",
        "payer",
    ),
}
