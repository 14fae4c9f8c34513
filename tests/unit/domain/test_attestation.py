"""Tests of the third version of the attestation, against the shared vectors."""

from dataclasses import replace
from typing import Any

import pytest

from hypernode.domain.attestation import (
    ATTESTATION_BYTES,
    Attestation,
    Audit,
    Blame,
    Decision,
    Reason,
    is_sound,
)
from hypernode.domain.result import Ending, Result
from hypernode.domain.status import Verdict
from hypernode.errors import DomainError
from tests.support.documents import digest, vectors

VECTORS = vectors("attestation")
ACCEPTED = Decision(
    verdict=Verdict.ACCEPT,
    result=Result(Ending.EXITED, 1, digest("root")),
    audit=Audit.REPEATED,
    own=40,
)
KEYS = ("cluster", "program", "job", "node", "receipt_hash")
MUTATIONS: list[dict[str, Any]] = [
    *({name: digest("other")} for name in KEYS),
    *({name: 2} for name in ("sequence", "attempt", "submitted_slot", "seconds", "epoch")),
    {"draw_id": bytes(8)},
    *(
        {"decision": replace(ACCEPTED, **changes)}
        for changes in (
            {"result": Result(Ending.EXITED, 2, digest("root"))},
            {"result": Result(Ending.EXITED, 1, digest("other"))},
            {"result": Result(Ending.TIME)},
            {"audit": Audit.REPLICATED},
            {"own": 41},
            {"blame": Blame.METERING},
            {"verdict": Verdict.REJECT, "reason": Reason.OUTPUT_MISMATCH},
            {"verdict": Verdict.REJECT, "reason": Reason.MISSING_BLOB},
        )
    ),
]


def an_attestation(**changes: Any) -> Attestation:
    members: dict[str, Any] = {
        **{name: digest(name) for name in KEYS},
        "sequence": 7,
        "attempt": 1,
        "submitted_slot": 1_000,
        "seconds": 42,
        "epoch": 3,
        "draw_id": digest("draw")[:8],
        "decision": ACCEPTED,
    }
    return Attestation(**{**members, **changes})


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_bytes_and_digest_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    fields = case["fields"]
    result = fields["result"]
    members: dict[str, Any] = {
        **{name: bytes.fromhex(fields[name]) for name in (*KEYS, "draw_id")},
        **{name: int(fields[name]) for name in ("sequence", "attempt", "submitted_slot", "seconds", "epoch")},
    }
    attestation = Attestation(
        **members,
        decision=Decision(
            verdict=Verdict(fields["verdict"]),
            reason=Reason(fields["reason"]),
            result=Result(Ending(result["ending"]), result["exit_code"], bytes.fromhex(result["root"])),
            audit=Audit(fields["audit"]),
            own=fields["own"],
            blame=Blame(fields["blame"]),
        ),
    )
    assert attestation.encode().hex() == case["encoded"]
    assert attestation.digest().hex() == case["digest"]
    assert Attestation.decode(attestation.encode()) == attestation


def test_every_field_changes_the_digest() -> None:
    digests = {an_attestation(**changes).digest() for changes in MUTATIONS}
    assert len(digests | {an_attestation().digest()}) == len(MUTATIONS) + 1


def test_the_sound_combinations_are_those_of_the_vectors() -> None:
    taken = {tuple(case.values()) for case in VECTORS["sound"]["taken"]}
    found = {
        (verdict, reason, audit, own, blame)
        for verdict in Verdict
        for reason in Reason
        for audit in Audit
        for own in (0, 1)
        for blame in Blame
        if is_sound(verdict, reason, audit, own, blame)
    }
    assert found == taken


def test_no_sentence_but_a_timeouts_comes_without_an_audit() -> None:
    for reason in Reason:
        for blame in (Blame.FAULT, Blame.METERING):
            assert not is_sound(Verdict.REJECT, reason, Audit.NONE, 0, blame)


@pytest.mark.parametrize("changes", [{"job": b""}, {"draw_id": b""}, {"seconds": 2**32}, {"attempt": 256}])
def test_what_the_program_cannot_hold_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        an_attestation(**changes).encode()


@pytest.mark.parametrize("data", [b"", bytes(ATTESTATION_BYTES), b"hn/attestation/3"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(DomainError):
        Attestation.decode(data)


@pytest.mark.parametrize("offset", [205, 206, 207, 241, 254])
def test_an_unknown_number_is_refused(offset: int) -> None:
    data = bytearray(an_attestation().encode())
    data[offset] = 99
    with pytest.raises(DomainError):
        Attestation.decode(bytes(data))
