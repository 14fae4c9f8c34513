"""The receipt against the shared vectors, and the bytes of a stop."""

import pytest

from hypernode.domain.receipt import Receipt, receipt_hash, receipt_signing_bytes, stop_bytes
from hypernode.errors import DomainError, HashMismatch, InvalidReceipt
from tests.support.documents import a_receipt, vectors


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


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ending": "Exited"}, "ending"),
        ({"ending": "killed"}, "ending"),
        ({"ending": "stopped"}, "stop"),
        ({"stop": "00" * 64}, "stop"),
        ({"stop": "00"}, "stop"),
        ({"salt": ""}, "salt"),
        ({"type": "hn/receipt/1"}, "type"),
    ],
)
def test_an_ending_and_its_stop_belong_together(changes, field):
    with pytest.raises(InvalidReceipt) as refusal:
        Receipt.from_document({**a_receipt().to_document(), **changes})
    assert refusal.value.field == field


@pytest.mark.parametrize("case", vectors("receipt_hash")["stops"], ids=lambda case: case["name"])
def test_stops_are_those_of_the_vectors(case):
    data = stop_bytes(
        bytes.fromhex(case["cluster"]), case["program"], case["job"], int(case["sequence"]), case["attempt"]
    )
    assert (data.hex(), len(data)) == (case["encoded"], 114)


@pytest.mark.parametrize(("sequence", "attempt"), [(2**64, 1), (0, 256), (-1, 0)])
def test_a_stop_out_of_range_is_refused(sequence, attempt):
    job = a_receipt().job
    with pytest.raises(DomainError):
        stop_bytes(bytes(32), job, job, sequence, attempt)
