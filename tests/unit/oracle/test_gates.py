"""Each gate shuts for its own reason: one changed fact, one named gate."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hypernode.chain.generated.markets import PROGRAM_ID
from hypernode.chain.keys import Key
from hypernode.domain.merkle import OutputFile
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import Receipt, stop_bytes
from hypernode.domain.result import Ending
from hypernode.domain.status import RejectReason
from hypernode_oracle.verification.gates import (
    Claim,
    GateFailed,
    check_outputs,
    check_receipt,
    check_spec,
    check_stop,
)
from tests.support.claims import MANIFEST, SPEC, a_claim, a_receipt

OTHER = "SysvarC1ock11111111111111111111111111111111"


def check_all(claim: Claim, receipt: Receipt, manifest: OutputManifest = MANIFEST) -> None:
    check_receipt(claim, receipt)
    check_spec(claim, SPEC, receipt)
    check_stop(claim, receipt)
    check_outputs(receipt, SPEC, manifest)


def test_an_honest_claim_passes_every_gate() -> None:
    check_all(a_claim(), a_receipt())


def of_job(**changes: object) -> Callable[[Claim], Claim]:
    return lambda claim: replace(claim, job=replace(claim.job, **changes))  # type: ignore[arg-type]


JOB_CASES: dict[str, tuple[Callable[[Claim], Claim], RejectReason]] = {
    "another attempt": (of_job(attempt=2), RejectReason.WRONG_NODE),
    "another sequence": (of_job(sequence=99), RejectReason.WRONG_NODE),
    "another node": (of_job(node=OTHER), RejectReason.WRONG_NODE),
    "late": (of_job(submitted_at=10_000), RejectReason.LATE),
    "other seconds": (of_job(seconds_used=3), RejectReason.USAGE_IMPLAUSIBLE),
    "less time passed": (of_job(submitted_at=1_001), RejectReason.USAGE_IMPLAUSIBLE),
}


@pytest.mark.parametrize("name", JOB_CASES)
def test_the_chain_says_otherwise(name: str) -> None:
    change, gate = JOB_CASES[name]
    with pytest.raises(GateFailed) as failed:
        check_all(change(a_claim()), a_receipt())
    assert failed.value.reason is gate


RECEIPT_CASES: dict[str, tuple[dict[str, object], RejectReason]] = {
    "another job": ({"job": OTHER}, RejectReason.WRONG_NODE),
    "another node": ({"node": OTHER}, RejectReason.WRONG_NODE),
    "another key": ({"worker_key": OTHER}, RejectReason.BAD_SIGNATURE),
    "another root": ({"output_root": b"\x09" * 32}, RejectReason.HASH_MISMATCH),
    "more seconds than ran": ({"finished_at": 1_001}, RejectReason.USAGE_IMPLAUSIBLE),
}


@pytest.mark.parametrize("name", RECEIPT_CASES)
def test_the_receipt_says_otherwise(name: str) -> None:
    changes, gate = RECEIPT_CASES[name]
    with pytest.raises(GateFailed) as failed:
        check_all(a_claim(), replace(a_receipt(), **changes))  # type: ignore[arg-type]
    assert failed.value.reason is gate


def test_another_image_is_named() -> None:
    receipt = a_receipt()
    other = replace(receipt, runtime=replace(receipt.runtime, image="sha256:" + "00" * 32))
    with pytest.raises(GateFailed) as failed:
        check_all(a_claim(), other)
    assert failed.value.reason is RejectReason.IMAGE_MISMATCH


def test_a_manifest_of_another_root_is_refused() -> None:
    other = OutputManifest.of([OutputFile("x", 0o644, 1, b"\x01" * 32)])
    with pytest.raises(GateFailed) as failed:
        check_all(a_claim(), a_receipt(), other)
    assert failed.value.reason is RejectReason.HASH_MISMATCH


def test_outputs_beyond_the_limit_are_refused() -> None:
    with pytest.raises(GateFailed) as failed:
        check_outputs(a_receipt(), replace(SPEC, max_output_bytes=1), MANIFEST)
    assert failed.value.reason is RejectReason.OUTPUT_MISMATCH


def test_a_stop_counts_with_the_buyers_signature_alone() -> None:
    buyer, stranger = Key.from_seed(b"\1" * 32), Key.from_seed(b"\2" * 32)
    claim = of_job(buyer=buyer.address)(a_claim())
    job = claim.job
    signed = stop_bytes(claim.cluster, PROGRAM_ID, claim.address, job.sequence, job.attempt)
    stopped = replace(a_receipt(), ending=Ending.STOPPED, stop=buyer.sign(signed))
    check_stop(claim, stopped)
    other = stop_bytes(claim.cluster, PROGRAM_ID, claim.address, job.sequence, 2)
    for forged in (stranger.sign(signed), buyer.sign(other), bytes(64)):
        with pytest.raises(GateFailed) as failed:
            check_stop(claim, replace(stopped, stop=forged))
        assert failed.value.reason is RejectReason.BAD_SIGNATURE
