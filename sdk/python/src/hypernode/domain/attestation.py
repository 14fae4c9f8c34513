"""The bytes that oracles sign over a verdict; they name one submission only (docs/attestation.md)."""

import hashlib
import struct
from dataclasses import dataclass
from typing import Self

from hypernode.domain.draw import DRAW_ID_BYTES
from hypernode.domain.result import NO_RESULT, Ending, Result
from hypernode.domain.status import Named, RejectReason, Verdict
from hypernode.errors import DomainError

DOMAIN = b"hn/attestation/3"
# domain; cluster, program, job, sequence, attempt, node, receipt; slot, seconds, epoch;
# verdict, reason, ending, exit code, root, audit, draw id, own, blame
_LAYOUT = struct.Struct("<16s32s32s32sQB32s32sQIQBBBB32sB8sIB")
ATTESTATION_BYTES = 255

# As the markets program has them: keys in an oracle set, and how many of them may have to sign. More
# signatures fit no transaction, so under a higher threshold no job could be settled.
MIN_THRESHOLD = 2
MAX_THRESHOLD = 4


Reason = RejectReason

# Reasons that need no repetition: evidence is missing, wrong, late, or claims more time than the chain saw.
GATES = (*range(Reason.SPEC_MISMATCH, Reason.OUTPUT_MISMATCH), Reason.USAGE_IMPLAUSIBLE)


class Audit(Named):
    """What stands behind a verdict."""

    NONE = 0
    REPEATED = 1
    UNREPEATABLE = 2
    IMPOSSIBLE = 3
    REPLICATED = 4


class Blame(Named):
    """Which sentence a rejection carries; an accepting verdict blames at most the metering."""

    NONE = 0
    TIMEOUT = 1
    FAULT = 2
    METERING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What k oracles agree on. `own` is the oracles' seconds, 0 if nothing was repeated."""

    verdict: Verdict
    reason: Reason = Reason.NONE
    result: Result = NO_RESULT
    audit: Audit = Audit.NONE
    own: int = 0
    blame: Blame = Blame.NONE

    def __post_init__(self) -> None:
        if not is_sound(self.verdict, self.reason, self.audit, self.own, self.blame):
            raise DomainError(
                f"no verdict has {self.verdict.label} with {self.reason.label}, "
                f"{self.audit.label}, {self.own} s and {self.blame.label}"
            )


def is_sound(verdict: Verdict, reason: Reason, audit: Audit, own: int, blame: Blame) -> bool:
    """Return True if the program takes these values together. It takes no sentence without an audit."""
    measured = audit in (Audit.REPEATED, Audit.REPLICATED)
    if own and not measured:
        return False
    if verdict is Verdict.ACCEPT:
        unblamed = blame is Blame.NONE or (blame is Blame.METERING and audit is Audit.REPEATED)
        return reason is Reason.NONE and unblamed
    if reason is Reason.NONE or audit is Audit.UNREPEATABLE:
        return False
    if audit is Audit.NONE:
        return blame is Blame.TIMEOUT and reason not in (
            Reason.OUTPUT_MISMATCH,
            Reason.LIMIT,
            Reason.IMPOSSIBLE,
        )
    if audit is Audit.IMPOSSIBLE or reason is Reason.IMPOSSIBLE:
        return audit is Audit.IMPOSSIBLE and reason is Reason.IMPOSSIBLE and blame is Blame.NONE
    return blame is not Blame.METERING or reason is Reason.USAGE_IMPLAUSIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """One verdict on one submission, on one cluster and program, by one epoch's oracles."""

    cluster: bytes
    program: bytes
    job: bytes
    sequence: int
    attempt: int
    node: bytes
    receipt_hash: bytes
    submitted_slot: int
    seconds: int
    epoch: int
    draw_id: bytes
    decision: Decision

    def __post_init__(self) -> None:
        keys = (self.cluster, self.program, self.job, self.node, self.receipt_hash)
        if any(len(key) != 32 for key in keys) or len(self.draw_id) != DRAW_ID_BYTES:
            raise DomainError("keys and hashes of an attestation have 32 bytes, its draw id has 8")

    def encode(self) -> bytes:
        decision = self.decision
        try:
            return _LAYOUT.pack(
                DOMAIN,
                self.cluster,
                self.program,
                self.job,
                self.sequence,
                self.attempt,
                self.node,
                self.receipt_hash,
                self.submitted_slot,
                self.seconds,
                self.epoch,
                decision.verdict,
                decision.reason,
                decision.result.ending,
                decision.result.exit_code,
                decision.result.root,
                decision.audit,
                self.draw_id,
                decision.own,
                decision.blame,
            )
        except struct.error as cause:
            raise DomainError(f"a number of the attestation is out of range: {cause}") from cause

    @classmethod
    def decode(cls, data: bytes) -> Self:
        if len(data) != ATTESTATION_BYTES or not data.startswith(DOMAIN):
            raise DomainError("these are not the bytes of an attestation")
        _, cluster, program, job, sequence, attempt, node, receipt, *rest = _LAYOUT.unpack(data)
        slot, seconds, epoch, verdict, reason, ending, exit_code, root, audit, draw_id, own, blame = rest
        try:
            decision = Decision(
                verdict=Verdict(verdict),
                reason=Reason(reason),
                result=Result(Ending(ending), exit_code, root),
                audit=Audit(audit),
                own=own,
                blame=Blame(blame),
            )
        except ValueError as cause:
            raise DomainError(f"the attestation names an unknown number: {cause}") from cause
        return cls(
            cluster=cluster,
            program=program,
            job=job,
            sequence=sequence,
            attempt=attempt,
            node=node,
            receipt_hash=receipt,
            submitted_slot=slot,
            seconds=seconds,
            epoch=epoch,
            draw_id=draw_id,
            decision=decision,
        )

    def digest(self) -> bytes:
        """Return the 32 bytes that are signed."""
        return hashlib.sha256(self.encode()).digest()
