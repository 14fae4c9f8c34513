"""What the members of a panel do: honest ones reach one verdict, whatever fewer than k others do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

import pytest

from hypernode.domain.attestation import Audit, Decision
from hypernode.domain.finding import Cannot, Claim, Finding, Repeated, Shut, Varies
from hypernode.domain.result import Ending, Result
from hypernode.domain.status import RejectReason, Verdict
from hypernode_oracle.panel import FIRST, SECOND, Act, Case, Told, needs_second, next_act

SETS = [(3, 2), (5, 3), (7, 4)]
PATIENCE, FLOOR = 300, 600
HONEST, FORGED, INVENTED = (Result(Ending.EXITED, 0, bytes([byte]) * 32) for byte in (1, 2, 3))
# A member: what it finds at a stage, or None if it stays silent.
Member = Callable[[int], Finding | None]


def true(result: Result = HONEST) -> Member:
    return lambda stage: Repeated(result, 10)


def silent(stage: int) -> None:
    return None


def liar(stage: int) -> Finding:
    return Repeated(INVENTED, 10)


def unable(stage: int) -> Finding:
    return Cannot("no such image")


def varying(stage: int) -> Finding:
    return Repeated(INVENTED, 10) if stage == FIRST else Varies()


@dataclass
class Table:
    """A panel around one board. Commitments and openings arrive in the order of steps; time moves by hand."""

    claim: Claim
    members: list[Member]
    now: int = 0
    told: dict[int, dict[int, Told]] = field(default_factory=lambda: {FIRST: {}, SECOND: {}})
    kept: dict[tuple[int, int], Finding] = field(default_factory=dict)
    second_since: dict[int, int] = field(default_factory=dict)
    runs: int = 0

    def case(self, position: int) -> Case:
        case = Case(
            claim=self.claim,
            position=position,
            told=self.told,
            since=0,
            second_since=self.second_since.get(position),
            patience=PATIENCE,
            now=self.now,
        )
        if case.second_since is None and needs_second(case):
            self.second_since[position] = self.now
            case = replace(case, second_since=self.now)
        return case

    def step(self, position: int) -> Decision | Act:
        """Let one member do what is next for it, once."""
        act = next_act(self.case(position))
        stage = FIRST if act is Act.RUN_ONCE else SECOND
        if act in (Act.RUN_ONCE, Act.RUN_TWICE):
            found = self.members[position](stage)
            if found is None:
                return Act.WAIT
            self.runs += 1
            self.kept[stage, position] = found
            self.told[stage][position] = Told(found if act is Act.RUN_ONCE else None)
        elif act is Act.OPEN:
            self.told[stage][position] = Told(self.kept[stage, position])
        return act

    def verdicts(self, honest: list[int], rounds: int = 60) -> list[Decision | Act]:
        """Let everyone act in turn, with time passing, until all honest members have decided."""
        said: list[Decision | Act] = []
        for _ in range(rounds):
            said = [self.step(position) for position in range(len(self.members))]
            if all(isinstance(said[position], Decision) for position in honest):
                break
            self.now += PATIENCE // 4
        return [said[position] for position in honest]


def a_claim(oracles: int, quorum: int, result: Result = HONEST) -> Claim:
    return Claim(oracles=oracles, quorum=quorum, drawn=True, result=result, seconds=10, timeout_seconds=100)


def agreed(found: list[Decision | Act]) -> Decision:
    decisions = set(found)
    assert len(decisions) == 1, found
    (decision,) = decisions
    assert isinstance(decision, Decision)
    return decision


def panels(oracles: int, quorum: int, bad: Member) -> Iterator[tuple[list[Member], list[int], Result]]:
    """Every place of k - 1 members that are not honest."""
    for places in combinations(range(oracles), quorum - 1):
        for truth in (HONEST,):
            members = [bad if place in places else true(truth) for place in range(oracles)]
            yield members, [place for place in range(oracles) if place not in places], truth


@pytest.mark.parametrize(("oracles", "quorum"), SETS)
def test_an_honest_result_costs_one_run(oracles: int, quorum: int) -> None:
    table = Table(a_claim(oracles, quorum), [true()] * oracles)
    decision = agreed(table.verdicts(list(range(oracles))))
    assert (decision.verdict, decision.audit, table.runs) == (Verdict.ACCEPT, Audit.REPEATED, 1)


@pytest.mark.parametrize(("oracles", "quorum"), SETS)
@pytest.mark.parametrize("bad", [silent, liar, unable, varying], ids=lambda bad: bad.__name__)
def test_fewer_than_k_others_turn_no_honest_result(oracles: int, quorum: int, bad: Member) -> None:
    for members, honest, _ in panels(oracles, quorum, bad):
        table = Table(a_claim(oracles, quorum), members)
        assert agreed(table.verdicts(honest)).verdict is Verdict.ACCEPT


@pytest.mark.parametrize(("oracles", "quorum"), SETS)
@pytest.mark.parametrize("bad", [silent, liar, unable], ids=lambda bad: bad.__name__)
def test_a_forged_result_that_the_first_member_repeats_is_never_paid_as_repeated(
    oracles: int, quorum: int, bad: Member
) -> None:
    for members, honest, _ in panels(oracles, quorum, bad):
        if 0 not in honest:
            continue  # a corrupt first member acquits: inside the chance that the sentence counts on
        table = Table(a_claim(oracles, quorum, FORGED), members)
        decision = agreed(table.verdicts(honest))
        assert (decision.verdict, decision.reason) == (Verdict.REJECT, RejectReason.OUTPUT_MISMATCH)


@pytest.mark.parametrize(("oracles", "quorum"), SETS)
def test_a_program_that_never_repeats_is_paid_and_blames_nobody(oracles: int, quorum: int) -> None:
    table = Table(a_claim(oracles, quorum), [varying] * oracles)
    decision = agreed(table.verdicts(list(range(oracles))))
    assert (decision.verdict, decision.audit) == (Verdict.ACCEPT, Audit.UNREPEATABLE)


@pytest.mark.parametrize(("oracles", "quorum"), SETS)
def test_what_nobody_can_run_is_decided_as_the_buyer_chose(oracles: int, quorum: int) -> None:
    for pays, verdict in ((True, Verdict.ACCEPT), (False, Verdict.REJECT)):
        claim = replace(a_claim(oracles, quorum), pays_impossible=pays)
        decision = agreed(Table(claim, [unable] * oracles).verdicts(list(range(oracles))))
        assert (decision.verdict, decision.audit) == (verdict, Audit.IMPOSSIBLE)


@pytest.mark.parametrize(("oracles", "quorum"), SETS)
def test_missing_evidence_is_rejected_by_k(oracles: int, quorum: int) -> None:
    def shut(stage: int) -> Finding:
        return Shut(RejectReason.MISSING_BLOB)

    decision = agreed(Table(a_claim(oracles, quorum), [shut] * oracles).verdicts(list(range(oracles))))
    assert (decision.verdict, decision.reason) == (Verdict.REJECT, RejectReason.MISSING_BLOB)


@pytest.mark.parametrize(("oracles", "quorum"), SETS)
def test_nobody_opens_before_all_that_run_have_committed(oracles: int, quorum: int) -> None:
    """Or the second member would copy the first one's finding."""
    table = Table(a_claim(oracles, quorum, FORGED), [true()] * oracles)
    table.step(0)
    for position in range(quorum):
        assert table.step(position) is Act.RUN_TWICE
        assert not any(told.finding for told in table.told[SECOND].values())
        if position < quorum - 1:
            assert table.step(position) is Act.WAIT
    assert table.step(0) is Act.OPEN


def test_a_silent_first_member_is_passed_over_after_its_time() -> None:
    table = Table(a_claim(3, 2), [silent, true(), true()])
    assert [table.step(position) for position in (0, 1, 2)] == [Act.WAIT] * 3
    table.now = PATIENCE
    assert table.step(1) is Act.RUN_ONCE
    assert table.step(1) is Act.WAIT, "one agrees and one was silent: that is not enough"
    assert table.step(2) is Act.RUN_ONCE
    assert isinstance(table.step(1), Decision)


def test_a_member_that_commits_and_never_opens_holds_up_nobody() -> None:
    def hiding(stage: int) -> Finding:
        return Repeated(FORGED, 10)

    table = Table(a_claim(3, 2, FORGED), [true(), hiding, true()])
    table.step(0)
    table.step(1)
    table.step(0)
    decisions = []
    for _ in range(40):
        decisions = [table.step(0), table.step(2)]  # the second member is gone
        table.now += PATIENCE // 4
    assert agreed(decisions).verdict is Verdict.REJECT
