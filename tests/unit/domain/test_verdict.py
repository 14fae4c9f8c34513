"""Tests of the verdict against the shared vectors: every row of the table in docs/verdict.md."""

from typing import Any

import pytest

from hypernode.domain.attestation import Attestation, Audit, Blame, Decision, Reason
from hypernode.domain.finding import (
    Cannot,
    Claim,
    Finding,
    Findings,
    Passed,
    Repeated,
    Shut,
    Step,
    Varies,
    must_repeat,
)
from hypernode.domain.replicas import decide_by_replicas
from hypernode.domain.result import Ending, Result
from hypernode.domain.sentence import Frozen, price, sentence
from hypernode.domain.status import Verdict
from hypernode.domain.verdict import decide
from hypernode.errors import DomainError
from tests.support.documents import digest, vectors

CASES = vectors("verdict")["cases"]
ROWS = {*range(1, 13), "metering", "replicas"}


def result_of(fields: dict[str, Any]) -> Result:
    return Result(Ending(fields["ending"]), fields["exit_code"], bytes.fromhex(fields["root"]))


def finding_of(fields: dict[str, Any]) -> Finding:
    match fields["kind"]:
        case "repeated":
            return repeated_of(fields)
        case "shut":
            return Shut(Reason(fields["reason"]))
        case "varies":
            return Varies()
        case "cannot":
            return Cannot("image")
        case "passed":
            return Passed()
    raise AssertionError(fields)


def repeated_of(fields: dict[str, Any]) -> Repeated:
    return Repeated(result_of(fields["result"]), fields["seconds"], int(fields["peak_memory"]))


def decision_of(fields: dict[str, Any]) -> Decision:
    return Decision(
        verdict=Verdict(fields["verdict"]),
        reason=Reason(fields["reason"]),
        result=result_of(fields["result"]),
        audit=Audit(fields["audit"]),
        own=fields["own"],
        blame=Blame(fields["blame"]),
    )


def claim_of(fields: dict[str, Any]) -> Claim:
    return Claim(
        **{
            **fields,
            "result": result_of(fields["result"]),
            "memory_bytes": int(fields["memory_bytes"]),
        }
    )


def judge(case: dict[str, Any]) -> tuple[Decision | Step, list[int] | None]:
    claim = claim_of(case["claim"])
    replicas = [repeated_of(fields) for fields in case["replicas"]]
    if case["by_replicas"]:
        found = decide_by_replicas(claim, replicas)
        return (found, None) if isinstance(found, Step) else (found.decision, list(found.at_fault))
    findings = Findings(
        members={int(position): finding_of(fields) for position, fields in case["members"].items()},
        stage_two=case["stage_two"],
        replicas=replicas,
        more_replicas=case["more_replicas"],
        is_closing=case["is_closing"],
    )
    return decide(claim, findings), None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['row']}: {case['name']}")
def test_verdicts_are_those_of_the_table(case: dict[str, Any]) -> None:
    found, at_fault = judge(case)
    if "step" in case:
        assert found is Step[case["step"]]
        return
    assert found == decision_of(case["decision"])
    assert at_fault == case.get("at_fault")


@pytest.mark.parametrize(
    "case", [case for case in CASES if "decision" in case], ids=lambda case: case["name"]
)
def test_money_and_digest_follow_from_the_decision(case: dict[str, Any]) -> None:
    decision, money, claim = decision_of(case["decision"]), case["money"], case["claim"]
    attestation = Attestation(
        **{name: digest(name) for name in ("cluster", "program", "job", "node")},
        receipt_hash=digest("receipt"),
        sequence=7,
        attempt=1,
        submitted_slot=2**40 + 5,
        seconds=claim["seconds"],
        epoch=3,
        draw_id=digest("draw")[:8],
        decision=decision,
    )
    assert attestation.digest().hex() == case["digest"]
    job = Frozen(
        rate=int(money["rate"]),
        cap=int(money["cap"]),
        timeout_seconds=claim["timeout_seconds"],
        audit_bps=money["audit_bps"],
        quorum=claim["quorum"],
        factor=money["factor"],
        ratio_bps=money["ratio_bps"],
        baseline_bps=claim["baseline_bps"],
        seconds=claim["seconds"],
    )
    assert price(job, decision) == int(money["price"])
    assert sentence(job, decision, int(money["stake"])) == int(money["sentence"])


def test_every_row_of_the_table_has_a_vector() -> None:
    assert {case["row"] for case in CASES} == ROWS


def test_a_tolerance_convicts_only_what_lies_outside_of_it() -> None:
    """Members agree pairwise, though not by equality; the first of them names the root."""

    def near(one: Result, other: Result) -> bool:
        return abs(one.root[0] - other.root[0]) <= 2

    def number(value: int) -> Repeated:
        return Repeated(Result(Ending.EXITED, 0, bytes([value]) + bytes(31)), 100)

    def verdict(claimed: int, *members: int) -> Decision | Step:
        claim = Claim(
            oracles=3,
            quorum=2,
            drawn=True,
            result=number(claimed).result,
            seconds=100,
            timeout_seconds=1_000,
        )
        findings = Findings(
            members={position: number(value) for position, value in enumerate(members)},
            stage_two=True,
            replicas=[number(members[0])] * 2,
        )
        return decide(claim, findings, near)

    inside, outside, spread = verdict(10, 11, 12, 9), verdict(10, 14, 15, 10), verdict(10, 13, 16, 7)
    assert isinstance(inside, Decision)
    assert inside.verdict is Verdict.ACCEPT
    assert isinstance(outside, Decision)
    assert (outside.blame, outside.result.root[0]) == (Blame.FAULT, 14)
    assert isinstance(spread, Decision)
    assert (spread.verdict, spread.audit) == (Verdict.ACCEPT, Audit.UNREPEATABLE)


@pytest.mark.parametrize("ending", Ending)
def test_claimed_limits_are_always_drawn(ending: Ending) -> None:
    assert must_repeat(Result(ending)) is (ending in (Ending.TIME, Ending.MEMORY))


@pytest.mark.parametrize(
    ("ending", "exit_code", "root"),
    [(Ending.TIME, 1, bytes(32)), (Ending.OUTPUTS, 0, b"\1" * 32), (Ending.EXITED, 256, bytes(32))],
)
def test_a_result_has_one_spelling(ending: Ending, exit_code: int, root: bytes) -> None:
    with pytest.raises(DomainError):
        Result(ending, exit_code, root)
