"""The bytes that an oracle signs over a verdict; they name one job only (docs/attestation.md)."""

import hashlib
import struct
from dataclasses import dataclass
from typing import Self

from hypernode.domain.status import RejectReason, Verdict
from hypernode.errors import DomainError

DOMAIN = b"hn/attestation/1"
# domain; cluster, program, job, sequence, attempt, node; exec, output, receipt; seconds, verdict, reason;
# epoch, expiry
_LAYOUT = struct.Struct("<16s32s32s32sQB32s32s32s32sIBBQq")
ATTESTATION_BYTES = 271

# As the markets program has them: keys in an oracle set, and how many of them may have to sign. More
# signatures fit no transaction, so under a higher threshold no job could be settled.
MAX_ORACLES = 16
MAX_THRESHOLD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """One oracle's verdict on one attempt of one job, on one cluster and program."""

    cluster: bytes
    program: bytes
    job: bytes
    sequence: int
    attempt: int
    node: bytes
    exec_hash: bytes
    output_root: bytes
    receipt_hash: bytes
    seconds_used: int
    verdict: Verdict
    reason: RejectReason
    epoch: int
    expires_at: int

    def __post_init__(self) -> None:
        parts = (
            self.cluster,
            self.program,
            self.job,
            self.node,
            self.exec_hash,
            self.output_root,
            self.receipt_hash,
        )
        if any(len(part) != 32 for part in parts):
            raise DomainError("keys and hashes of an attestation have 32 bytes")
        if (self.verdict is Verdict.ACCEPT) != (self.reason is RejectReason.NONE):
            raise DomainError("a rejecting verdict names the gate, an accepting one names none")

    def encode(self) -> bytes:
        try:
            return _LAYOUT.pack(
                DOMAIN,
                self.cluster,
                self.program,
                self.job,
                self.sequence,
                self.attempt,
                self.node,
                self.exec_hash,
                self.output_root,
                self.receipt_hash,
                self.seconds_used,
                self.verdict,
                self.reason,
                self.epoch,
                self.expires_at,
            )
        except struct.error as cause:
            raise DomainError(f"a number of the attestation is out of range: {cause}") from cause

    @classmethod
    def decode(cls, data: bytes) -> Self:
        if len(data) != ATTESTATION_BYTES or not data.startswith(DOMAIN):
            raise DomainError("these are not the bytes of an attestation")
        (_, cluster, program, job, sequence, attempt, node, execution, outputs, receipt, *rest) = (
            _LAYOUT.unpack(data)
        )
        seconds_used, verdict, reason, epoch, expires_at = rest
        if verdict not in set(Verdict) or reason not in set(RejectReason):
            raise DomainError(f"no attestation has verdict {verdict} with reason {reason}")
        return cls(
            cluster=cluster,
            program=program,
            job=job,
            sequence=sequence,
            attempt=attempt,
            node=node,
            exec_hash=execution,
            output_root=outputs,
            receipt_hash=receipt,
            seconds_used=seconds_used,
            verdict=Verdict(verdict),
            reason=RejectReason(reason),
            epoch=epoch,
            expires_at=expires_at,
        )

    def digest(self) -> bytes:
        """Return the 32 bytes that are signed."""
        return hashlib.sha256(self.encode()).digest()
