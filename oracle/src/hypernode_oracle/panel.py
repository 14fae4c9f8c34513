"""What an oracle does next about a drawn job: a pure function of what members told (docs/findings.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from hypernode.domain.attestation import Decision
from hypernode.domain.finding import Claim, Finding, Findings, Step
from hypernode.domain.verdict import decide

FIRST, SECOND = 1, 2


class Act(Enum):
    """What is next."""

    WAIT = "wait for other members"
    RUN_ONCE = "repeat the job once, and tell the result"
    RUN_TWICE = "repeat the job until there are two runs, and commit to the result"
    OPEN = "tell what was committed to"


@dataclass(frozen=True, slots=True)
class Told:
    """What one member has committed to at one stage; `finding` is None until it is opened."""

    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Case:
    """A drawn job as one member sees it. Members are positions in the panel; times are chain seconds."""

    claim: Claim
    position: int
    # By stage, then by member.
    told: Mapping[int, Mapping[int, Told]]
    # When the draw was known, and when this member first saw that a second stage is needed.
    since: int
    second_since: int | None
    # Seconds after which a silent member is passed over.
    patience: int
    now: int
    is_closing: bool = False


def next_act(case: Case) -> Decision | Act:
    """Return the decision, once the findings allow one, or what this member does next."""
    first = _first(case)
    return _second(case) if first is Step.STAGE_TWO else _turn(case, first)


def needs_second(case: Case) -> bool:
    """Return True once a finding of the first stage differs from the node's claim."""
    return _first(case) is Step.STAGE_TWO


def _first(case: Case) -> Decision | Step:
    opened = _opened(case.told.get(FIRST, {}))
    if not opened:
        return Step.WAIT
    return decide(case.claim, Findings(members=opened))


def _turn(case: Case, step: Decision | Step) -> Decision | Act:
    """Stage one: one member after the other. A silent one is passed over in time."""
    if isinstance(step, Decision):
        return step
    told = case.told.get(FIRST, {})
    if case.position in told:
        return Act.WAIT
    silent = sum(member not in told for member in range(case.position))
    return Act.RUN_ONCE if case.now >= case.since + silent * case.patience else Act.WAIT


def _second(case: Case) -> Decision | Act:
    """Stage two: the first k members together, the others only if these do not decide."""
    told, quorum = case.told.get(SECOND, {}), case.claim.quorum
    opened = _opened(told)
    step = (
        decide(case.claim, Findings(members=opened, stage_two=True, is_closing=case.is_closing))
        if opened
        else Step.WAIT
    )
    waited = case.second_since is not None and case.now >= case.second_since + case.patience
    if case.position in told:
        if case.position not in opened:
            active = range(quorum) if case.position < quorum else range(case.position + 1)
            return Act.OPEN if waited or all(member in told for member in active) else Act.WAIT
        return step if isinstance(step, Decision) else Act.WAIT
    if isinstance(step, Decision):
        return step
    if case.position < quorum or waited or all(member in opened for member in range(quorum)):
        return Act.RUN_TWICE
    return Act.WAIT


def _opened(told: Mapping[int, Told]) -> dict[int, Finding]:
    return {member: one.finding for member, one in told.items() if one.finding is not None}
