"""Tests of job receipts: which checks hold for honest ones, and that every mutation is found."""

from dataclasses import replace
from typing import Any

import pytest

from hypernode.chain.keys import verify
from hypernode.domain.attestation import Blame, Decision, Reason
from hypernode.domain.check import Check, CheckResult
from hypernode.domain.draw import MAINNET
from hypernode.domain.job_receipt import holds, verify_job_receipt
from hypernode.domain.job_receipt_document import JobReceiptDocument
from hypernode.domain.status import Outcome, Verdict
from hypernode.errors import InvalidJobReceipt
from tests.support.documents import a_receipt, an_address, digest, vectors
from tests.support.job_receipts import (
    DOCUMENTS,
    MUTATIONS,
    a_cluster,
    a_job_receipt,
    checked,
    key_of,
    mutated,
    settled_repeated,
)
from tests.support.job_receipts import vectors as written

VECTORS = vectors("job_receipt")
CASES = {case["name"]: case for case in VECTORS["cases"]}


def check(document: JobReceiptDocument, name: str) -> Check:
    found = verify_job_receipt(document.to_document(), a_cluster(), verify)
    return next(one for one in found if one.name == name)


def test_the_vectors_are_those_that_the_generator_writes():
    assert written() == VECTORS, "run python -m tests.support.job_receipts"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_honest_receipt_holds_and_survives_reading(name: str):
    document = CASES[name]["document"]
    assert JobReceiptDocument.from_document(document).to_document() == document
    found = verify_job_receipt(document, a_cluster(), verify)
    assert holds(found)
    assert [[one.name, one.result.value] for one in found] == CASES[name]["checks"]


def test_every_receipt_has_the_same_checks_in_the_same_order():
    assert len({tuple(name for name, _ in case["checks"]) for case in CASES.values()}) == 1


def test_there_are_thirty_mutations_and_each_fails():
    assert len(VECTORS["mutations"]) == len(MUTATIONS) >= 30
    for case in VECTORS["mutations"]:
        found = checked(mutated(CASES[case["document"]]["document"], tuple(case["path"]), case["value"]))
        assert found.get("refused") == case.get("refused"), case["path"]
        assert found.get("failed") == case.get("failed"), case["path"]
        assert found.get("refused") or found["failed"], case["path"]


@pytest.mark.parametrize("junk", [None, [], "text", 7, {}])
def test_anything_else_is_refused(junk: Any):
    with pytest.raises(InvalidJobReceipt):
        verify_job_receipt(junk, a_cluster(), verify)


def test_a_failed_check_names_its_member():
    document = replace(settled_repeated(), genesis=digest("another"))
    found = check(document, "cluster")
    assert (found.result, found.member) == (CheckResult.FAILS, "genesis")


def test_two_oracles_are_needed_where_two_of_three_decide():
    document = settled_repeated()
    one = replace(document, attestations=document.attestations[:1])
    twice = replace(document, attestations=document.attestations[:1] * 2)
    assert check(one, "quorum").result is CheckResult.FAILS
    assert check(twice, "quorum").result is CheckResult.FAILS
    assert check(twice, "attestations").member == "attestations[1].oracle"


def test_an_oracle_of_another_epoch_does_not_count():
    (first, *others) = a_cluster().epochs
    oracle = replace(first.oracles[0], key=key_of("stranger").address)
    other = replace(first, oracles=(oracle, *first.oracles[1:]))
    cluster = a_cluster(epochs=(other, *others))
    found = verify_job_receipt(settled_repeated().to_document(), cluster, verify)
    assert not holds(found)


def test_another_draw_geometry_is_another_draw():
    (first, *others) = a_cluster().epochs
    cluster = a_cluster(epochs=(replace(first, geometry=replace(MAINNET, distance=16)), *others))
    found = verify_job_receipt(settled_repeated().to_document(), cluster, verify)
    assert [one.member for one in found if one.result is CheckResult.FAILS] == ["draw.blocks"]


def test_a_receipt_of_another_node_is_evidence_only_for_a_verdict_that_says_so():
    wrong = a_receipt(node=an_address("elsewhere"), worker_key=key_of("worker").address)
    verdict = Decision(verdict=Verdict.REJECT, reason=Reason.WRONG_NODE, blame=Blame.TIMEOUT)
    options: dict[str, Any] = {"receipt": wrong, "node": an_address("node"), "is_drawn": False}
    convicted = a_job_receipt(outcome=Outcome.REJECTED, decision=verdict, **options)
    assert check(convicted, "receipt facts").result is CheckResult.NOT_CHECKED
    accept = Decision(verdict=Verdict.ACCEPT, result=wrong.result)
    paid = a_job_receipt(decision=accept, **options)
    assert check(paid, "receipt facts").member == "receipt.node"


def test_a_drawn_job_that_nobody_repeated_fails():
    accept = Decision(verdict=Verdict.ACCEPT, result=a_receipt().result)
    assert check(a_job_receipt(decision=accept), "audit").result is CheckResult.FAILS
    assert check(a_job_receipt(decision=accept, is_drawn=False), "audit").result is CheckResult.HOLDS


def test_a_spec_and_a_receipt_in_another_format_fail_though_their_hashes_hold():
    document = settled_repeated().to_document()
    document["spec"]["resources"]["pids"] = "many"
    found = verify_job_receipt(document, a_cluster(), verify)
    assert "spec.resources.pids" in [one.member for one in found]
