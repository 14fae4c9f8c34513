"""Bytes of a finding that one oracle tells the others, and of the commitment before it (docs/findings.md)."""

import hashlib
import struct
from dataclasses import dataclass
from typing import Self

from hypernode.domain.finding import Cannot, Finding, Repeated, Shut, Varies
from hypernode.domain.result import Ending, Result
from hypernode.domain.status import RejectReason
from hypernode.errors import DomainError

CONTENT_DOMAIN = b"hn/commit/1"
MESSAGE_DOMAIN = b"hn/finding/1"
# kind, reason, ending, exit code, root, seconds, peak memory
_CONTENT = struct.Struct("<BBBB32sIQ")
CONTENT_BYTES = 48
SALT_BYTES = 32
# domain; cluster, job; sequence, attempt; receipt hash; stage; commitment
_MESSAGE = struct.Struct("<16s32s32sQB32sB32s")
MESSAGE_BYTES = 154

SHUT, REPEATED, VARIES, CANNOT = 1, 2, 3, 4
_NOTHING = Result(Ending.EXITED)


def content(finding: Finding) -> bytes:
    """Return the 48 bytes of a finding. Raise `DomainError` for one that is not told: a gate that is open."""
    match finding:
        case Shut():
            return _packed(SHUT, finding.reason)
        case Repeated():
            return _packed(REPEATED, 0, finding.result, finding.seconds, finding.peak_memory)
        case Varies():
            return _packed(VARIES)
        case Cannot():
            return _packed(CANNOT)
    raise DomainError(f"{finding} is not told to other oracles")


def finding_of(data: bytes) -> Finding:
    """Return the finding of 48 bytes; raise `DomainError` for any other bytes, or a second spelling."""
    if len(data) != CONTENT_BYTES:
        raise DomainError(f"a finding has {CONTENT_BYTES} bytes, not {len(data)}")
    kind, reason, ending, exit_code, root, seconds, peak_memory = _CONTENT.unpack(data)
    try:
        finding = _of_kind(kind, reason, ending, exit_code, root, seconds, peak_memory)
    except ValueError as cause:
        raise DomainError(f"the finding names an unknown number: {cause}") from cause
    if content(finding) != data:
        raise DomainError("the finding has bytes that its kind does not use")
    return finding


def _of_kind(
    kind: int, reason: int, ending: int, exit_code: int, root: bytes, seconds: int, peak_memory: int
) -> Finding:
    if kind == SHUT:
        return Shut(RejectReason(reason))
    if kind == REPEATED:
        return Repeated(Result(Ending(ending), exit_code, root), seconds, peak_memory)
    if kind == VARIES:
        return Varies()
    if kind == CANNOT:
        return Cannot("")
    raise DomainError(f"{kind} is not a kind of finding")


def _packed(
    kind: int, reason: int = 0, result: Result = _NOTHING, seconds: int = 0, peak_memory: int = 0
) -> bytes:
    try:
        return _CONTENT.pack(kind, reason, result.ending, result.exit_code, result.root, seconds, peak_memory)
    except struct.error as cause:
        raise DomainError(f"a number of the finding is out of range: {cause}") from cause


def commitment(oracle: bytes, told: bytes, salt: bytes) -> bytes:
    """Return SHA-256 over the oracle's key, which makes copies useless, the content and a secret salt."""
    if len(oracle) != 32 or len(told) != CONTENT_BYTES or len(salt) != SALT_BYTES:
        raise DomainError("a commitment is over a key of 32 bytes, a content of 48 and a salt of 32")
    return hashlib.sha256(CONTENT_DOMAIN.ljust(16, b"\0") + oracle + told + salt).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingMessage:
    """What an oracle signs: its commitment, on one submission, at one stage (1 or 2)."""

    cluster: bytes
    job: bytes
    sequence: int
    attempt: int
    receipt_hash: bytes
    stage: int
    commitment: bytes

    def __post_init__(self) -> None:
        keys = (self.cluster, self.job, self.receipt_hash, self.commitment)
        if any(len(key) != 32 for key in keys) or self.stage not in (1, 2):
            raise DomainError("keys and hashes of a finding have 32 bytes, its stage is 1 or 2")

    def encode(self) -> bytes:
        try:
            return _MESSAGE.pack(
                MESSAGE_DOMAIN,
                self.cluster,
                self.job,
                self.sequence,
                self.attempt,
                self.receipt_hash,
                self.stage,
                self.commitment,
            )
        except struct.error as cause:
            raise DomainError(f"a number of the finding is out of range: {cause}") from cause

    @classmethod
    def decode(cls, data: bytes) -> Self:
        if len(data) != MESSAGE_BYTES or not data.startswith(MESSAGE_DOMAIN.ljust(16, b"\0")):
            raise DomainError("these are not the bytes of a finding")
        _, cluster, job, sequence, attempt, receipt_hash, stage, committed = _MESSAGE.unpack(data)
        return cls(
            cluster=cluster,
            job=job,
            sequence=sequence,
            attempt=attempt,
            receipt_hash=receipt_hash,
            stage=stage,
            commitment=committed,
        )

    def digest(self) -> bytes:
        """Return the 32 bytes that are signed."""
        return hashlib.sha256(self.encode()).digest()
