"""What stands behind the result of a job before anyone pays for it: repetition by oracles, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hypernode.domain.draw import ALWAYS, NEVER
from hypernode.domain.spec import JobSpec
from hypernode.domain.status import DeterminismClass

# Classes whose honest runs agree bit by bit.
REPEATABLE = (DeterminismClass.D0, DeterminismClass.D1)


class VerificationLevel(StrEnum):
    ALWAYS = "always"
    SAMPLED = "sampled"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verification:
    """`audit_bps` of such jobs are repeated. `reason` says why none is; it is null for the other levels."""

    level: VerificationLevel
    audit_bps: int
    reason: str | None = None

    @property
    def sentence(self) -> str:
        """Say it to the buyer."""
        if self.level is VerificationLevel.ALWAYS:
            return "verified: oracles repeat every such job"
        if self.level is VerificationLevel.SAMPLED:
            share = f"{self.audit_bps / 100:g} %"
            return f"verified by chance: oracles repeat {share} of such jobs, drawn after delivery"
        return f"not verified: {self.reason}; you pay for whatever the node delivers"


def beyond_oracles(spec: JobSpec) -> str | None:
    """Return why oracles cannot repeat a job; None if they can."""
    if spec.determinism is DeterminismClass.D4:
        return "runs of class D4 cannot be repeated"
    if spec.determinism not in REPEATABLE:
        return f"runs of class {spec.determinism} differ, and nothing compares them yet"
    return "the oracles have no GPU" if spec.resources.gpu.count else None


def verification(spec: JobSpec, audit_bps: int, *, never_repeated: bool = False) -> Verification:
    """Return what a job of this spec gets in a market with this audit rate.

    `never_repeated`: the oracles have tried this spec and could not say what it gives.
    """
    reason = beyond_oracles(spec)
    if reason is None and never_repeated:
        reason = "it gave other results each time when oracles repeated it before"
    if reason is None and audit_bps == NEVER:
        reason = "this market has no job repeated"
    if reason is not None:
        return Verification(VerificationLevel.NONE, 0, reason)
    level = VerificationLevel.ALWAYS if audit_bps == ALWAYS else VerificationLevel.SAMPLED
    return Verification(level, audit_bps)
