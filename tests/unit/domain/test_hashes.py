"""The execution hash, the receipt and the attestation, against the shared vectors."""

import dataclasses
from typing import Any

import pytest

from hypernode.domain.attestation import ATTESTATION_BYTES, Attestation
from hypernode.domain.canonical import canonical_bytes, canonical_hash
from hypernode.domain.execution import Execution, exec_hash
from hypernode.domain.receipt import Receipt, receipt_hash, receipt_signing_bytes
from hypernode.domain.status import RejectReason, Verdict
from hypernode.errors import DomainError, HashMismatch, InvalidReceipt
from tests.support.documents import a_receipt, an_attestation, an_execution, digest, vectors


@pytest.mark.parametrize("case", vectors("exec_hash")["cases"], ids=lambda case: case["name"])
def test_exec_hash_is_the_one_of_the_vectors(case):
    document = case["document"]
    execution = Execution(
        cluster=bytes.fromhex(document["cluster"]),
        program=document["program"],
        job=document["job"],
        sequence=int(document["sequence"]),
        attempt=document["attempt"],
        spec_hash=bytes.fromhex(document["spec_hash"]),
        exit_code=document["exit_code"],
        output_root=bytes.fromhex(document["output_root"]),
    )
    assert canonical_bytes(execution.to_document()).decode() == case["canonical"]
    assert exec_hash(execution).hex() == case["hash"]


def test_exec_hash_has_no_member_that_honest_replicas_disagree_on():
    names = {field.name for field in dataclasses.fields(an_execution())}
    assert not names & {
        "node",
        "worker_key",
        "logs",
        "started_at",
        "finished_at",
        "seconds_used",
        "usage",
        "runtime",
    }


@pytest.mark.parametrize("case", vectors("receipt_hash")["cases"], ids=lambda case: case["name"])
def test_receipt_hash_is_the_one_of_the_vectors(case):
    receipt = Receipt.from_document(case["document"])
    assert receipt.to_bytes().decode() == case["canonical"]
    assert receipt_hash(receipt).hex() == case["hash"]
    assert receipt_signing_bytes(receipt_hash(receipt)).hex() == case["signing_bytes"]


def test_receipt_is_read_back_only_under_its_hash():
    receipt = a_receipt()
    assert Receipt.from_bytes(receipt.to_bytes(), receipt_hash(receipt)) == receipt
    with pytest.raises(HashMismatch):
        Receipt.from_bytes(a_receipt(seconds_used=43).to_bytes(), receipt_hash(receipt))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"job": "1"}, "job"),
        ({"node": "0OIl"}, "node"),
        ({"sequence": 7}, "sequence"),
        ({"sequence": "007"}, "sequence"),
        ({"sequence": str(2**64)}, "sequence"),
        ({"sequence": "٣"}, "sequence"),
        ({"sequence": "9" * 5_000}, "sequence"),
        ({"attempt": 256}, "attempt"),
        ({"logs_truncated": 0}, "logs_truncated"),
        ({"exit_code": -1}, "exit_code"),
        ({"seconds_used": 2**32}, "seconds_used"),
        ({"usage": {"cpu_ns": "1", "peak_memory_bytes": "1", "output_bytes": "1", "gpu": "1"}}, "usage.gpu"),
        ({"runtime": {}}, "runtime.engine"),
        ({"extra": 1}, "extra"),
    ],
)
def test_malformed_receipt_names_the_member(changes, field):
    with pytest.raises(InvalidReceipt) as refusal:
        Receipt.from_document({**a_receipt().to_document(), **changes})
    assert refusal.value.field == field


@pytest.mark.parametrize("case", vectors("attestation")["cases"], ids=lambda case: case["name"])
def test_attestation_bytes_and_digest_are_those_of_the_vectors(case):
    fields = case["fields"]
    digests = ("cluster", "program", "job", "node", "exec_hash", "output_root", "receipt_hash")
    numbers = ("sequence", "attempt", "seconds_used", "epoch", "expires_at")
    values: dict[str, Any] = {name: bytes.fromhex(fields[name]) for name in digests}
    values |= {name: int(fields[name]) for name in numbers}
    attestation = Attestation(
        **values,
        verdict=Verdict(fields["verdict"]),
        reason=RejectReason(fields["reason"]),
    )
    assert attestation.encode().hex() == case["encoded"]
    assert attestation.digest().hex() == case["digest"]
    assert Attestation.decode(attestation.encode()) == attestation


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": Verdict.REJECT},
        {"reason": RejectReason.LATE},
        {"job": b"short"},
        {"sequence": 2**64},
        {"attempt": 256},
        {"seconds_used": -1},
        {"expires_at": 2**63},
    ],
)
def test_attestation_refuses_what_the_program_could_not_read(changes):
    with pytest.raises(DomainError):
        an_attestation(**changes).encode()


@pytest.mark.parametrize("data", [b"", bytes(ATTESTATION_BYTES), b"hn/attestation/1"])
def test_attestation_is_not_read_from_other_bytes(data):
    with pytest.raises(DomainError):
        Attestation.decode(data)


@pytest.mark.parametrize(("verdict", "reason"), [(0, 0), (3, 0), (2, 10), (2, 13)])
def test_attestation_with_an_unknown_verdict_is_refused(verdict, reason):
    data = bytearray(an_attestation().encode())
    data[253:255] = bytes([verdict, reason])
    with pytest.raises(DomainError):
        Attestation.decode(bytes(data))


def test_domains_keep_documents_apart():
    body = {"job": digest("job").hex()}
    kinds = ("hn/spec/1", "hn/exec/1", "hn/receipt/1", "hn/outputs/1")
    assert len({canonical_hash({"type": kind, **body}) for kind in kinds}) == len(kinds)
