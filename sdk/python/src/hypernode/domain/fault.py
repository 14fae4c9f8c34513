"""Faults of a node, and the bytes that oracles sign about one (docs/attestation.md)."""

import hashlib
import struct
from dataclasses import dataclass
from typing import Self

from hypernode.domain.status import Named
from hypernode.errors import DomainError

DOMAIN = b"hn/fault/1"
# domain; cluster, program, accused, job, sequence, attempt, reason; evidence, buyer, reporter; epoch, expiry
_LAYOUT = struct.Struct("<10s32s32s32s32sQBB32s32s32sQq")
FAULT_BYTES = 260
# A signature that lived longer could open a second report after the first was dismissed.
MAX_LIFE = 86_400


class FaultReason(Named):
    JOB_TIMEOUT = 0
    OFFLINE = 1
    REPEATED_FAILURES = 2
    INVALID_RESULT = 3
    MALICIOUS = 4

    @property
    def is_objective(self) -> bool:
        """True if oracles can measure it, so that their signatures suffice."""
        return self in (FaultReason.JOB_TIMEOUT, FaultReason.INVALID_RESULT)


class ReportStatus(Named):
    """Where a report stands; the last three are ends."""

    VOTING = 0
    CONFIRMED = 1
    APPEALED = 2
    UPHELD = 3
    DISMISSED = 4
    EXECUTED = 5
    MOOT = 6

    @property
    def is_end(self) -> bool:
        return self >= ReportStatus.DISMISSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault of one wallet at one job, on one cluster and program."""

    cluster: bytes
    program: bytes
    accused: bytes
    job: bytes
    sequence: int
    attempt: int
    reason: FaultReason
    evidence: bytes
    buyer: bytes
    reporter: bytes
    epoch: int
    expires_at: int

    def __post_init__(self) -> None:
        parts = (
            self.cluster,
            self.program,
            self.accused,
            self.job,
            self.evidence,
            self.buyer,
            self.reporter,
        )
        if any(len(part) != 32 for part in parts):
            raise DomainError("keys and hashes of a fault have 32 bytes")
        if not self.reason.is_objective:
            raise DomainError(f"oracles do not attest {self.reason.label}: it takes a vote")

    def encode(self) -> bytes:
        try:
            return _LAYOUT.pack(
                DOMAIN,
                self.cluster,
                self.program,
                self.accused,
                self.job,
                self.sequence,
                self.attempt,
                self.reason,
                self.evidence,
                self.buyer,
                self.reporter,
                self.epoch,
                self.expires_at,
            )
        except struct.error as cause:
            raise DomainError(f"a number of the fault is out of range: {cause}") from cause

    @classmethod
    def decode(cls, data: bytes) -> Self:
        if len(data) != FAULT_BYTES or not data.startswith(DOMAIN):
            raise DomainError("these are not the bytes of a fault")
        _, cluster, program, accused, job, sequence, attempt, reason, *rest = _LAYOUT.unpack(data)
        evidence, buyer, reporter, epoch, expires_at = rest
        if reason not in set(FaultReason):
            raise DomainError(f"no fault has reason {reason}")
        return cls(
            cluster=cluster,
            program=program,
            accused=accused,
            job=job,
            sequence=sequence,
            attempt=attempt,
            reason=FaultReason(reason),
            evidence=evidence,
            buyer=buyer,
            reporter=reporter,
            epoch=epoch,
            expires_at=expires_at,
        )

    def digest(self) -> bytes:
        """Return the 32 bytes that are signed."""
        return hashlib.sha256(self.encode()).digest()
