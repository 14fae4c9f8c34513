"""Decisions of oracles, as tests need them: a verdict with what stands behind it."""

from hypernode.domain.attestation import Audit, Blame, Decision, Reason
from hypernode.domain.result import NO_RESULT, Ending, Result
from hypernode.domain.status import Verdict

RESULT = Result(Ending.EXITED, 0, b"\x03" * 32)
OTHER_RESULT = Result(Ending.EXITED, 0, b"\x07" * 32)


def a_decision(verdict: Verdict, seconds: int, reason: Reason | None = None) -> Decision:
    """Accept as repeated in the same time; reject with the audit and the blame that the reason needs."""
    if verdict is Verdict.ACCEPT:
        return Decision(verdict=verdict, result=RESULT, audit=Audit.REPEATED, own=seconds)
    reason = Reason.OUTPUT_MISMATCH if reason is None else reason
    if reason is Reason.IMPOSSIBLE:
        return Decision(verdict=verdict, reason=reason, audit=Audit.IMPOSSIBLE)
    if reason in (Reason.OUTPUT_MISMATCH, Reason.LIMIT):
        return Decision(
            verdict=verdict,
            reason=reason,
            result=OTHER_RESULT,
            audit=Audit.REPEATED,
            own=seconds,
            blame=Blame.FAULT,
        )
    return Decision(verdict=verdict, reason=reason, result=NO_RESULT, blame=Blame.TIMEOUT)
