"""The verdict on a job whose hardware the oracles lack: other nodes of the machine class repeat it."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypernode.domain.attestation import Audit, Blame, Decision, Reason
from hypernode.domain.finding import MAX_REPLICAS, MIN_CLASS, Claim, Matches, Repeated, Step, exactly
from hypernode.domain.status import Verdict
from hypernode.domain.verdict import impossible, lower_median


@dataclass(frozen=True, slots=True)
class Replicated:
    """A verdict by replicas, and the positions of the replicas that have the fault themselves."""

    decision: Decision
    at_fault: tuple[int, ...] = ()


def decide_by_replicas(
    claim: Claim, replicas: Sequence[Repeated], matches: Matches = exactly
) -> Replicated | Step:
    """Return the verdict of other nodes, in the order of the draw.

    The first replica confirms the node alone. If it differs, as many answer as the class has, at most five.
    """
    wanted = min(MAX_REPLICAS, claim.others)
    if wanted < MIN_CLASS:
        return Replicated(impossible(claim))
    same = [matches(claim.result, replica.result) for replica in replicas[:wanted]]
    if not same:
        return Step.REPLICAS
    if same[0]:
        return _accepted(claim, Audit.REPLICATED, replicas[0].seconds)
    if len(same) < wanted:
        return Step.REPLICAS
    # One of five may be wrong; of three or four, none.
    needed = wanted - (wanted == MAX_REPLICAS)
    for replica in replicas[:wanted]:
        agreeing = sum(matches(replica.result, other.result) for other in replicas[:wanted])
        if agreeing >= needed and not matches(claim.result, replica.result):
            return Replicated(
                Decision(
                    verdict=Verdict.REJECT,
                    reason=Reason.OUTPUT_MISMATCH,
                    result=replica.result,
                    audit=Audit.REPLICATED,
                    blame=Blame.FAULT,
                )
            )
    if 2 * sum(same) <= wanted:
        return _accepted(claim, Audit.UNREPEATABLE)
    seconds = [replica.seconds for replica, is_same in zip(replicas, same, strict=False) if is_same]
    wrong = tuple(position for position, is_same in enumerate(same) if not is_same)
    # A replica alone against all others is at fault; two that differ may mean a program that varies.
    own = lower_median(seconds)
    return _accepted(
        claim, Audit.REPLICATED, own, wrong if len(wrong) == 1 and wanted == MAX_REPLICAS else ()
    )


def _accepted(claim: Claim, audit: Audit, own: int = 0, at_fault: tuple[int, ...] = ()) -> Replicated:
    return Replicated(Decision(verdict=Verdict.ACCEPT, result=claim.result, audit=audit, own=own), at_fault)
