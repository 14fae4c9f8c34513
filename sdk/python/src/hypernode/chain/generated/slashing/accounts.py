"""Accounts of the slashing program. Written by `make generate`."""

from typing import Final, Self

from hypernode.chain import layout
from hypernode.chain.layout import ProgramAccount, Reader
from hypernode.domain.fault import FaultReason, ReportStatus
from hypernode.domain.types import Address

from .addresses import PROGRAM_ID


class Config(ProgramAccount):
    """The account `Config`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("9b0caae01efacc82")
    SIZE = 166
    PLACES = {
        "authority": (8, 32),
        "pending_authority": (40, 32),
        "mint": (72, 32),
        "bond": (104, 8),
        "appeal_bond": (112, 8),
        "voting_period": (120, 8),
        "appeal_period": (128, 8),
        "min_validator_stake": (136, 8),
        "quorum_bps": (144, 2),
        "appeal_quorum_bps": (146, 2),
        "reason_bps": (148, 6),
        "daily_cap_bps": (154, 2),
        "report_count": (156, 8),
        "bump": (164, 1),
        "vault_bump": (165, 1),
    }

    # Sets the parameters of future reports. It has no power over open reports, the vault or stakes.
    authority: Address
    # Wallet that may accept the authority; zero if none is proposed.
    pending_authority: Address
    # Mint of HYPER.
    mint: Address
    # Floors of a reporter's bond and of an appeal's.
    bond: int
    appeal_bond: int
    # Seconds of each voting round, and from a confirmation to its execution.
    voting_period: int
    appeal_period: int
    min_validator_stake: int
    # Share of the total weight, without the accused's, that must vote to uphold; in an appeal, to overturn.
    quorum_bps: int
    appeal_quorum_bps: int
    # Share of the stake that each reason of a report by bond costs.
    reason_bps: tuple[int, ...]
    # Most of the stake at the start of a day that the day may take.
    daily_cap_bps: int
    # Reports opened so far. It numbers them, so that no vote counts for a later report at the same address.
    report_count: int
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
            reason_bps=tuple(read.unsigned(2) for _ in range(3)),
            daily_cap_bps=read.unsigned(2),
            report_count=read.unsigned(8),
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
                layout.sequence([layout.unsigned(item, 2) for item in self.reason_bps], 3),
                layout.unsigned(self.daily_cap_bps, 2),
                layout.unsigned(self.report_count, 8),
                layout.unsigned(self.bump, 1),
                layout.unsigned(self.vault_bump, 1),
            )
        )


class Report(ProgramAccount):
    """The account `Report`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("e8f6e5e3f269be02")
    SIZE = 397
    PLACES = {
        "number": (8, 8),
        "accused": (16, 32),
        "reporter": (48, 32),
        "payer": (80, 32),
        "job": (112, 32),
        "sequence": (144, 8),
        "evidence": (152, 32),
        "attempt": (184, 1),
        "reason": (185, 1),
        "status": (186, 1),
        "round": (187, 1),
        "voters": (188, 2),
        "opened_at": (190, 8),
        "voting_ends_at": (198, 8),
        "confirmed_at": (206, 8),
        "executable_at": (214, 8),
        "ended_at": (222, 8),
        "voting_period": (230, 8),
        "appeal_period": (238, 8),
        "min_validator_stake": (246, 8),
        "appeal_price": (254, 8),
        "quorum_bps": (262, 2),
        "appeal_quorum_bps": (264, 2),
        "daily_cap_bps": (266, 2),
        "amount": (268, 8),
        "total_weight": (276, 8),
        "uphold_weight": (284, 8),
        "overturn_weight": (292, 8),
        "first_uphold_weight": (300, 8),
        "first_overturn_weight": (308, 8),
        "bond": (316, 8),
        "appeal_bond": (324, 8),
        "slashed": (332, 8),
        "burned": (340, 8),
        "reporter_due": (348, 8),
        "accused_due": (356, 8),
        "validators_due": (364, 8),
        "validators_share": (372, 8),
        "winning_weight": (380, 8),
        "unclaimed_weight": (388, 8),
        "bump": (396, 1),
    }

    # Number of the report. It is never reused; this address may be.
    number: int
    accused: Address
    # Wallet with a bond; zero if the report is a verdict on a job.
    reporter: Address
    # Paid the rent and gets it back.
    payer: Address
    # Job that was rejected or timed out, with its number and attempt; zero in a report by bond.
    job: Address
    sequence: int
    # SHA-256 of the evidence, which is part of its content id. For a job, its receipt's hash; zero after a timeout.
    evidence: bytes
    attempt: int
    reason: FaultReason
    status: ReportStatus
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
    daily_cap_bps: int
    # What the report takes: the sentence of the job, or a share of the stake that was free at the opening. From the
    # confirmation the stake holds it.
    amount: int
    # Total weight at the opening, without the accused's.
    total_weight: int
    uphold_weight: int
    overturn_weight: int
    # Weights of the first round's votes; set by an appeal.
    first_uphold_weight: int
    first_overturn_weight: int
    # Bonds in the vault until the report ends.
    bond: int
    appeal_bond: int
    slashed: int
    burned: int
    # Dues in the vault until they are claimed.
    reporter_due: int
    accused_due: int
    validators_due: int
    # Validators' share before claims, the weight that shares it, and the weight that has not claimed.
    validators_share: int
    winning_weight: int
    unclaimed_weight: int
    bump: int

    @classmethod
    def decode(cls, data: bytes) -> Self:
        read = Reader.after(cls.DISCRIMINATOR, data)
        decoded = cls(
            number=read.unsigned(8),
            accused=read.address(),
            reporter=read.address(),
            payer=read.address(),
            job=read.address(),
            sequence=read.unsigned(8),
            evidence=read.raw(32),
            attempt=read.unsigned(1),
            reason=read.member(FaultReason, 1),
            status=read.member(ReportStatus, 1),
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
            daily_cap_bps=read.unsigned(2),
            amount=read.unsigned(8),
            total_weight=read.unsigned(8),
            uphold_weight=read.unsigned(8),
            overturn_weight=read.unsigned(8),
            first_uphold_weight=read.unsigned(8),
            first_overturn_weight=read.unsigned(8),
            bond=read.unsigned(8),
            appeal_bond=read.unsigned(8),
            slashed=read.unsigned(8),
            burned=read.unsigned(8),
            reporter_due=read.unsigned(8),
            accused_due=read.unsigned(8),
            validators_due=read.unsigned(8),
            validators_share=read.unsigned(8),
            winning_weight=read.unsigned(8),
            unclaimed_weight=read.unsigned(8),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.unsigned(self.number, 8),
                layout.address(self.accused),
                layout.address(self.reporter),
                layout.address(self.payer),
                layout.address(self.job),
                layout.unsigned(self.sequence, 8),
                layout.raw(self.evidence, 32),
                layout.unsigned(self.attempt, 1),
                layout.unsigned(self.reason, 1),
                layout.unsigned(self.status, 1),
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
                layout.unsigned(self.daily_cap_bps, 2),
                layout.unsigned(self.amount, 8),
                layout.unsigned(self.total_weight, 8),
                layout.unsigned(self.uphold_weight, 8),
                layout.unsigned(self.overturn_weight, 8),
                layout.unsigned(self.first_uphold_weight, 8),
                layout.unsigned(self.first_overturn_weight, 8),
                layout.unsigned(self.bond, 8),
                layout.unsigned(self.appeal_bond, 8),
                layout.unsigned(self.slashed, 8),
                layout.unsigned(self.burned, 8),
                layout.unsigned(self.reporter_due, 8),
                layout.unsigned(self.accused_due, 8),
                layout.unsigned(self.validators_due, 8),
                layout.unsigned(self.validators_share, 8),
                layout.unsigned(self.winning_weight, 8),
                layout.unsigned(self.unclaimed_weight, 8),
                layout.unsigned(self.bump, 1),
            )
        )


class Record(ProgramAccount):
    """The account `Record`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("fee975fc4ca6928b")
    SIZE = 125
    PLACES = {
        "accused": (8, 32),
        "payer": (40, 32),
        "open_reports": (72, 4),
        "day_start": (76, 8),
        "day_stake": (84, 8),
        "day_slashed": (92, 8),
        "last_executed": (100, 24),
        "bump": (124, 1),
    }

    accused: Address
    # Paid the rent and gets it back.
    payer: Address
    # Open reports by bond.
    open_reports: int
    # Start of the current day, the stake at that time, and the amount that reports by bond took since.
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
            open_reports=read.unsigned(4),
            day_start=read.signed(8),
            day_stake=read.unsigned(8),
            day_slashed=read.unsigned(8),
            last_executed=tuple(read.signed(8) for _ in range(3)),
            bump=read.unsigned(1),
        )
        read.finish()
        return decoded

    def encode(self) -> bytes:
        return self.DISCRIMINATOR + b"".join(
            (
                layout.address(self.accused),
                layout.address(self.payer),
                layout.unsigned(self.open_reports, 4),
                layout.signed(self.day_start, 8),
                layout.unsigned(self.day_stake, 8),
                layout.unsigned(self.day_slashed, 8),
                layout.sequence([layout.signed(item, 8) for item in self.last_executed], 3),
                layout.unsigned(self.bump, 1),
            )
        )


class Vote(ProgramAccount):
    """The account `Vote`."""

    PROGRAM = PROGRAM_ID
    DISCRIMINATOR = bytes.fromhex("605b68399123ac9b")
    SIZE = 123
    PLACES = {
        "report": (8, 32),
        "validator": (40, 32),
        "payer": (72, 32),
        "number": (104, 8),
        "weight": (112, 8),
        "round": (120, 1),
        "uphold": (121, 1),
        "bump": (122, 1),
    }

    report: Address
    validator: Address
    # Paid the rent and gets it back.
    payer: Address
    # Number of the report. It differs for a later report at the same address.
    number: int
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
            number=read.unsigned(8),
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
                layout.unsigned(self.number, 8),
                layout.unsigned(self.weight, 8),
                layout.unsigned(self.round, 1),
                layout.boolean(self.uphold),
                layout.unsigned(self.bump, 1),
            )
        )


ACCOUNT_TYPES: Final[tuple[type[ProgramAccount], ...]] = (
    Config,
    Report,
    Record,
    Vote,
)
