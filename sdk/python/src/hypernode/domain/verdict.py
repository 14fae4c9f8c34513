"""The verdict on one submission: a pure function of findings, so that honest oracles sign the same bytes.

docs/verdict.md has the table; each row names its number here.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from hypernode.domain.attestation import Audit, Blame, Decision, Reason
from hypernode.domain.finding import (
    MIN_CLASS,
    NEEDED_REPLICAS,
    Cannot,
    Claim,
    Finding,
    Findings,
    Matches,
    Repeated,
    Shut,
    Step,
    exactly,
)
from hypernode.domain.metering import is_excessive
from hypernode.domain.pricing import BPS
from hypernode.domain.result import MACHINE_LIMITS, NO_RESULT, Ending, Result
from hypernode.domain.status import Verdict


def decide(claim: Claim, findings: Findings, matches: Matches = exactly) -> Decision | Step:
    """Return the verdict, or what is missing for one."""
    if not claim.is_repeated:
        return _gates_only(claim, findings)
    if not findings.stage_two:
        return _first_stage(claim, findings, matches)
    return _SecondStage(claim, findings, matches).decide()


def _gates_only(claim: Claim, findings: Findings) -> Decision | Step:
    shut = _most_shut(findings.members, claim.quorum)
    if shut is not None:  # row 1
        return _reject(shut, Audit.NONE, Blame.TIMEOUT)
    passed = sum(not isinstance(finding, Shut) for finding in findings.members.values())
    if passed >= claim.quorum:  # row 2
        return Decision(verdict=Verdict.ACCEPT, result=claim.result)
    return Step.WAIT


def _first_stage(claim: Claim, findings: Findings, matches: Matches) -> Decision | Step:
    agreeing = []
    for finding in findings.members.values():
        if not isinstance(finding, Repeated) or not matches(claim.result, finding.result):
            return Step.STAGE_TWO  # row 4
        if is_excessive(claim.seconds, finding.seconds, claim.baseline_bps):
            return Step.STAGE_TWO  # metering
        agreeing.append(finding.seconds)
    if not agreeing:
        return Step.WAIT
    silent = max(findings.members) + 1 - len(agreeing)
    if len(agreeing) >= 1 + silent:  # row 3
        return _accept(claim.result, Audit.REPEATED, lower_median(agreeing))
    return Step.WAIT


class _SecondStage:
    """Rows 5 to 12."""

    def __init__(self, claim: Claim, findings: Findings, matches: Matches) -> None:
        self._claim, self._findings, self._matches = claim, findings, matches
        self._repeated = {
            member: finding
            for member, finding in sorted(findings.members.items())
            if isinstance(finding, Repeated)
        }
        self._agreeing = [found for found in self._repeated.values() if matches(claim.result, found.result)]
        self._missing = claim.oracles - len(findings.members)
        self._may_wait = bool(self._missing) and not findings.is_closing

    def decide(self) -> Decision | Step:
        quorum = self._claim.quorum
        shut = _most_shut(self._findings.members, quorum)
        if shut is not None:  # row 5
            return _reject(shut, Audit.REPEATED, Blame.FAULT)
        for row in (self._limit, self._mismatch):
            found = row()
            if found is not None:
                return found
        if len(self._agreeing) >= quorum:  # row 9
            return self._metering()
        if self._count(Cannot) >= quorum:  # row 10
            return self._impossible()
        if self._largest() + self._missing < quorum:  # row 11
            return _accept(self._claim.result, Audit.UNREPEATABLE)
        return Step.WAIT  # row 12

    def _limit(self) -> Decision | Step | None:
        """Row 6: the node claims a limit that k members did not hit."""
        claimed = self._claim.result.ending
        others = [found for found in self._repeated.values() if found.result.ending is not claimed]
        if claimed not in MACHINE_LIMITS or len(others) < self._claim.quorum:
            return None
        side = self._side(
            lambda replica: replica.result.ending is claimed,
            lambda replica: replica.result.ending is not claimed,
        )
        if isinstance(side, Decision | Step):
            return side
        if side is None:
            return _reject(Reason.LIMIT, Audit.REPEATED, Blame.NONE)
        far = sum(self._is_far_below(found, claimed) for found in others)
        if far >= self._claim.quorum:
            return _reject(Reason.LIMIT, Audit.REPEATED, Blame.FAULT)
        if far + self._missing >= self._claim.quorum and self._may_wait:
            return Step.WAIT
        return _reject(Reason.LIMIT, Audit.REPEATED, Blame.TIMEOUT)

    def _is_far_below(self, found: Repeated, claimed: Ending) -> bool:
        """Return True if an honest node cannot have hit the limit: it needs far less."""
        if claimed is Ending.MEMORY:
            return 2 * found.peak_memory <= self._claim.memory_bytes
        return is_excessive(self._claim.timeout_seconds, found.seconds, self._claim.baseline_bps)

    def _mismatch(self) -> Decision | Step | None:
        """Rows 7, 8 and the second half of 11: k members agree on another result."""
        found = self._other_result()
        if found is None:
            return None
        other, own = found
        side = self._side(
            lambda replica: self._matches(self._claim.result, replica.result),
            lambda replica: self._matches(other, replica.result),
        )
        if isinstance(side, Decision | Step):
            return side
        blame = Blame.FAULT if side else Blame.NONE
        return _reject(Reason.OUTPUT_MISMATCH, Audit.REPEATED, blame, other, own=own)

    def _other_result(self) -> tuple[Result, int] | None:
        """Return what k members agree on and the node does not, and the lower median of their time."""
        differing = [found for found in self._repeated.values() if found not in self._agreeing]
        for group in combinations(differing, self._claim.quorum):
            if all(self._matches(one.result, other.result) for one, other in combinations(group, 2)):
                return group[0].result, lower_median([found.seconds for found in group])
        return None

    def _side(
        self, for_node: Callable[[Repeated], bool], for_oracles: Callable[[Repeated], bool]
    ) -> Decision | Step | bool | None:
        """Ask the node's machine class. True: the node is wrong. None: the class cannot say.

        A replica that says a third thing says nothing: a lazy replica convicts and acquits no node.
        """
        replicas, more = self._findings.replicas, self._findings.more_replicas
        node = sum(for_node(replica) for replica in replicas)
        oracles = sum(for_oracles(replica) for replica in replicas)
        if max(node, oracles) >= NEEDED_REPLICAS:
            return True if oracles > node else _accept(self._claim.result, Audit.UNREPEATABLE)
        return Step.REPLICAS if max(node, oracles) + more >= NEEDED_REPLICAS else None

    def _metering(self) -> Decision | Step:
        claim, quorum = self._claim, self._claim.quorum
        found = sorted(finding.seconds for finding in self._agreeing)
        over = sum(is_excessive(claim.seconds, own, claim.baseline_bps) for own in found)
        if over < quorum and len(found) - over < quorum and self._may_wait:
            return Step.WAIT
        # The k-th smallest: k members measured at most this, so k - 1 corrupt ones cannot lower it.
        own = found[quorum - 1]
        if over < quorum:
            return _accept(claim.result, Audit.REPEATED, own)
        side = self._side(
            lambda replica: not is_excessive(claim.seconds, replica.seconds, BPS),
            lambda replica: is_excessive(claim.seconds, replica.seconds, BPS),
        )
        if isinstance(side, Decision | Step):
            return side
        if side:
            return _reject(Reason.USAGE_IMPLAUSIBLE, Audit.REPEATED, Blame.METERING, own=own)
        return _accept(claim.result, Audit.REPEATED, own, Blame.METERING)

    def _impossible(self) -> Decision | Step:
        if self._claim.others >= MIN_CLASS:
            return Step.REPLICATE
        return impossible(self._claim)

    def _largest(self) -> int:
        """Return how many members stand behind the row nearest to k. No row but 11 may still be open."""
        results = [found.result for found in self._repeated.values()]
        sizes = [sum(self._matches(one, other) for other in results) for one in results]
        claimed = self._claim.result.ending
        if claimed in MACHINE_LIMITS:
            sizes.append(sum(result.ending is not claimed for result in results))
        return max(len(self._agreeing), self._count(Shut), self._count(Cannot), *sizes)

    def _count(self, kind: type[Shut | Cannot]) -> int:
        return sum(isinstance(finding, kind) for finding in self._findings.members.values())


def lower_median(seconds: Sequence[int]) -> int:
    """Return the middle one, or the lower of the two middle ones."""
    return sorted(seconds)[(len(seconds) - 1) // 2]


def impossible(claim: Claim) -> Decision:
    """Return the verdict on a job that nobody can repeat: the buyer chose who bears that."""
    if claim.pays_impossible:
        return _accept(claim.result, Audit.IMPOSSIBLE)
    return _reject(Reason.IMPOSSIBLE, Audit.IMPOSSIBLE, Blame.NONE)


def _most_shut(members: Mapping[int, Finding], quorum: int) -> Reason | None:
    """Return the gate that most members name, the lowest number among equals, if k members name any."""
    counts = Counter(finding.reason for finding in members.values() if isinstance(finding, Shut))
    if counts.total() < quorum:
        return None
    return min(counts, key=lambda reason: (-counts[reason], reason))


def _accept(result: Result, audit: Audit, own: int = 0, blame: Blame = Blame.NONE) -> Decision:
    return Decision(verdict=Verdict.ACCEPT, result=result, audit=audit, own=own, blame=blame)


def _reject(
    reason: Reason, audit: Audit, blame: Blame, result: Result = NO_RESULT, *, own: int = 0
) -> Decision:
    return Decision(verdict=Verdict.REJECT, reason=reason, result=result, audit=audit, own=own, blame=blame)
