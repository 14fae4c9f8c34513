"""The oracles' exchange about one submission: who is asked, and when the verdict is reached."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypernode.domain.attestation import Audit, Decision
from hypernode.domain.finding import Claim, Finding, Findings, Passed, Repeated, Shut, Step
from hypernode.domain.result import NO_RESULT
from hypernode.domain.verdict import decide

# Seconds of a verdict that are not runs: the draw's finality (p50 of mainnet), and exchange and settlement.
DRAW_SECONDS, EXCHANGE_SECONDS = 28, 4
FLOOR_SECONDS = 600

# A member's answer in stage one (False) or two (True); None is silence.
Ask = Callable[[int, bool], Finding | None]


@dataclass(frozen=True, slots=True)
class Trial:
    """How one submission ended. No decision: the job is late, and its buyer gets the cap back."""

    decision: Decision | None
    oracle_runs: int = 0
    replica_runs: int = 0
    # Runs whose finding matched the verdict: the pool pays no others.
    paid_runs: int = 0
    delay: int = DRAW_SECONDS + EXCHANGE_SECONDS


def undrawn(claim: Claim, is_shut: Shut | None) -> Trial:
    """Judge by the gates alone."""
    members: dict[int, Finding] = {n: is_shut or Passed() for n in range(claim.quorum)}
    decision = decide(claim, Findings(members=members))
    return Trial(decision if isinstance(decision, Decision) else None)


def drawn(claim: Claim, ask: Ask, replicas: Sequence[Repeated]) -> Trial:
    """Ask the panel in its order, then in stage two, until there is a verdict or all have answered."""
    delay, runs = DRAW_SECONDS + EXCHANGE_SECONDS, 0
    members: dict[int, Finding] = {}
    for position in range(claim.oracles):
        finding = ask(position, False)
        if finding is None:
            delay += claim.timeout_seconds * 3 // 2 + FLOOR_SECONDS // 4
        else:
            members[position] = finding
            runs += 1
            delay += _seconds(finding)
        step = decide(claim, Findings(members=members))
        if isinstance(step, Decision):
            return Trial(step, runs, 0, _matching(step, members), delay)
        if step is Step.STAGE_TWO:
            return _stage_two(claim, ask, replicas, members, delay)
    return Trial(None, runs, 0, 0, delay)


def _stage_two(
    claim: Claim, ask: Ask, replicas: Sequence[Repeated], first: dict[int, Finding], delay: int
) -> Trial:
    members: dict[int, Finding] = {}
    runs = len(first)
    used = longest = 0
    for position in range(claim.oracles):
        finding = ask(position, True)
        if finding is not None:
            members[position] = finding
            runs += _times(claim, finding)
            longest = max(longest, _times(claim, finding) * _seconds(finding))
        if position + 1 < claim.quorum:
            continue
        while True:
            step = decide(
                claim,
                Findings(
                    members=members,
                    stage_two=True,
                    replicas=replicas[:used],
                    more_replicas=len(replicas) - used,
                    is_closing=position + 1 == claim.oracles,
                ),
            )
            if step is not Step.REPLICAS:
                break
            delay += replicas[used].seconds
            used += 1
        if isinstance(step, Decision):
            again = {n: found for n, found in members.items() if _times(claim, found) == 2}
            paid = _matching(step, first) + _matching(step, members) + _matching(step, again) + used
            return Trial(step, runs, used, paid, delay + longest + EXCHANGE_SECONDS)
    return Trial(None, runs, used, 0, delay + longest)


def _times(claim: Claim, finding: Finding) -> int:
    """Return a member's runs in stage two: it runs the job again only if its result is not the node's."""
    return 1 if isinstance(finding, Repeated) and finding.result == claim.result else 2


def _matching(decision: Decision, members: dict[int, Finding]) -> int:
    """Count the findings that earn: those with the verdict's result; all where there is no single one."""
    if decision.audit is not Audit.REPEATED or decision.result == NO_RESULT:
        return len(members)
    return sum(
        isinstance(finding, Repeated) and finding.result == decision.result for finding in members.values()
    )


def _seconds(finding: Finding) -> int:
    return finding.seconds if isinstance(finding, Repeated) else 0
