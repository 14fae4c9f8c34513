"""Bytes of findings and of commitments to them, against the vectors."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypernode.domain.commitment import (
    CONTENT_BYTES,
    MESSAGE_BYTES,
    FindingMessage,
    commitment,
    content,
    finding_of,
)
from hypernode.domain.finding import Cannot, Finding, Passed, Repeated, Shut, Varies
from hypernode.domain.result import Ending, Result
from hypernode.domain.status import RejectReason
from hypernode.errors import DomainError
from tests.support.documents import vectors

VECTORS = vectors("finding")
results = st.one_of(
    st.builds(Result, st.just(Ending.EXITED), st.integers(0, 255), st.binary(min_size=32, max_size=32)),
    st.sampled_from([Result(ending) for ending in Ending if ending is not Ending.EXITED]),
)
findings = st.one_of(
    st.builds(Shut, st.sampled_from(RejectReason)),
    st.builds(Repeated, results, st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1)),
    st.just(Varies()),
    st.just(Cannot("")),
)


@given(findings)
def test_every_finding_is_read_back(finding: Finding) -> None:
    assert len(content(finding)) == CONTENT_BYTES
    assert finding_of(content(finding)) == finding


@given(findings, st.integers(0, CONTENT_BYTES - 1), st.integers(1, 255))
def test_no_finding_has_two_spellings(finding: Finding, at: int, change: int) -> None:
    data = bytearray(content(finding))
    data[at] ^= change
    try:
        other = finding_of(bytes(data))
    except DomainError:
        return
    assert other != finding


def test_an_open_gate_is_not_told() -> None:
    with pytest.raises(DomainError):
        content(Passed())


@pytest.mark.parametrize("case", VECTORS["commitments"], ids=lambda case: case["name"])
def test_commitments_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    oracle, told, salt = (bytes.fromhex(case[name]) for name in ("oracle", "content", "salt"))
    assert commitment(oracle, told, salt).hex() == case["commitment"]
    assert str(finding_of(told)) == case["finding"]


@pytest.mark.parametrize("case", VECTORS["messages"], ids=lambda case: case["name"])
def test_messages_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    fields = case["fields"]
    values: dict[str, Any] = {name: int(fields[name]) for name in ("sequence", "attempt", "stage")}
    for name in ("cluster", "job", "receipt_hash", "commitment"):
        values[name] = bytes.fromhex(fields[name])
    message = FindingMessage(**values)
    assert (message.encode().hex(), message.digest().hex()) == (case["encoded"], case["digest"])
    assert FindingMessage.decode(bytes.fromhex(case["encoded"])) == message


def test_every_byte_of_a_message_counts() -> None:
    message = FindingMessage.decode(bytes.fromhex(VECTORS["messages"][0]["encoded"]))
    seen = {message.digest()}
    for at in range(16, MESSAGE_BYTES):
        data = bytearray(message.encode())
        data[at] ^= 1
        try:
            seen.add(FindingMessage.decode(bytes(data)).digest())
        except DomainError:
            seen.add(bytes([at]))
    assert len(seen) == 1 + MESSAGE_BYTES - 16


@pytest.mark.parametrize("changes", [{"stage": 0}, {"stage": 3}, {"job": b""}, {"sequence": 2**64}])
def test_what_is_out_of_range_is_refused(changes: dict[str, Any]) -> None:
    message = FindingMessage.decode(bytes.fromhex(VECTORS["messages"][0]["encoded"]))
    fields = {name: getattr(message, name) for name in FindingMessage.__slots__}
    with pytest.raises(DomainError):
        FindingMessage(**{**fields, **changes}).encode()
