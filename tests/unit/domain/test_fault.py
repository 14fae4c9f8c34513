"""What oracles sign about a fault, against the shared vectors."""

from typing import Any

import pytest

from hypernode.domain.fault import FAULT_BYTES, Fault, FaultReason, ReportStatus
from hypernode.errors import DomainError
from tests.support.documents import a_fault, digest, vectors

MUTATIONS: list[dict[str, Any]] = [
    *({name: digest("other")} for name in ("cluster", "program", "accused", "job")),
    *({name: digest("other")} for name in ("evidence", "buyer", "reporter")),
    *({name: 2} for name in ("sequence", "attempt", "epoch", "expires_at")),
    {"reason": FaultReason.JOB_TIMEOUT},
]


@pytest.mark.parametrize("case", vectors("fault")["cases"], ids=lambda case: case["name"])
def test_fault_bytes_and_digest_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    fields = case["fields"]
    digests = ("cluster", "program", "accused", "job", "evidence", "buyer", "reporter")
    values: dict[str, Any] = {name: bytes.fromhex(fields[name]) for name in digests}
    values |= {name: int(fields[name]) for name in ("sequence", "attempt", "epoch", "expires_at")}
    fault = Fault(**values, reason=FaultReason(fields["reason"]))
    assert fault.encode().hex() == case["encoded"]
    assert fault.digest().hex() == case["digest"]
    assert Fault.decode(fault.encode()) == fault


def test_every_field_of_a_fault_changes_its_digest() -> None:
    digests = {a_fault(**changes).digest() for changes in MUTATIONS}
    assert len(digests | {a_fault().digest()}) == len(MUTATIONS) + 1


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": FaultReason.MALICIOUS},
        {"accused": b"short"},
        {"sequence": 2**64},
        {"attempt": 256},
        {"expires_at": 2**63},
    ],
)
def test_a_fault_refuses_what_the_program_would_not_accept(changes: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        a_fault(**changes).encode()


@pytest.mark.parametrize("data", [b"", bytes(FAULT_BYTES), b"hn/fault/1"])
def test_a_fault_is_not_read_from_other_bytes(data: bytes) -> None:
    with pytest.raises(DomainError):
        Fault.decode(data)


@pytest.mark.parametrize("reason", [1, 5, 255])
def test_a_fault_that_oracles_do_not_attest_is_not_read(reason: int) -> None:
    data = bytearray(a_fault().encode())
    data[147] = reason
    with pytest.raises(DomainError):
        Fault.decode(bytes(data))


def test_a_report_ends_in_three_ways() -> None:
    ends = {status for status in ReportStatus if status.is_end}
    assert ends == {ReportStatus.DISMISSED, ReportStatus.EXECUTED, ReportStatus.MOOT}
