import json

import pytest
from pydantic import BaseModel, ValidationError

from hypernode.wire import attestations, jobs, nodes, problem, quotes
from hypernode.wire.attestations import AttestationIn
from hypernode.wire.fields import WireModel
from hypernode.wire.nodes import Hello, Log, Offer, hello_signing_bytes, node_message, server_message
from hypernode.wire.problem import Problem
from tests.support.documents import an_address, an_attestation, digest

SIGNATURE = "1" * 64
CID = "bafkrei" + "a" * 52


def an_offer(**changes):
    members = {
        "offer_id": "offer",
        "job": an_address("job"),
        "attempt": 1,
        "spec_cid": CID,
        "cap": 2**64 - 1,
        "rate": 5,
        "timeout_seconds": 600,
        "expires_at": 1_000,
    }
    return Offer(**{**members, **changes})


@pytest.mark.parametrize("module", [attestations, jobs, nodes, problem, quotes])
def test_every_model_is_frozen_and_reads_newer_peers(module):
    models = [
        model
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == module.__name__
    ]
    assert models
    for model in models:
        assert issubclass(model, WireModel)
        assert model.model_config["frozen"]
        assert model.model_config["extra"] == "ignore"


def test_u64_travels_as_a_decimal_string_and_comes_back_whole():
    frame = an_offer().model_dump_json()
    assert json.loads(frame)["cap"] == "18446744073709551615"
    assert server_message.validate_json(frame) == an_offer()


@pytest.mark.parametrize("amount", [-1, 2**64, "-1", "1.5", "1e3", "", " 1", "9" * 30, True, 1.0, None])
def test_other_amounts_are_refused(amount):
    with pytest.raises(ValidationError):
        an_offer(cap=amount)


@pytest.mark.parametrize("job", ["", "1", "0" * 44, "1" * 45, SIGNATURE])
def test_other_addresses_are_refused(job):
    with pytest.raises(ValidationError):
        an_offer(job=job)


@pytest.mark.parametrize("cid", ["", CID.upper(), CID + "a", "bafybei" + "a" * 52])
def test_other_cids_are_refused(cid):
    with pytest.raises(ValidationError):
        an_offer(spec_cid=cid)


@pytest.mark.parametrize(
    "frame",
    [
        {
            "type": "hello",
            "node": an_address("node"),
            "worker_key": an_address("worker_key"),
            "signature": SIGNATURE,
            "hardware": {"cpu_millis": 2_000, "memory_mib": 4_096},
            "worker_version": "0.1.0",
        },
        {"type": "heartbeat", "active_jobs": [], "free_slots": 1},
        {"type": "accept", "offer_id": "a"},
        {"type": "decline", "offer_id": "a", "reason": "busy"},
        {"type": "assigned", "offer_id": "a", "signature": SIGNATURE},
        {"type": "log", "job": an_address("job"), "attempt": 1, "chunk": "hello"},
        {
            "type": "receipt",
            "job": an_address("job"),
            "attempt": 1,
            "receipt_cid": CID,
            "signature": SIGNATURE,
        },
    ],
    ids=lambda frame: frame["type"],
)
def test_a_node_frame_is_known_by_its_type(frame):
    message = node_message.validate_python(frame)
    assert message.type == frame["type"]
    assert node_message.validate_json(message.model_dump_json()) == message


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "challenge", "nonce": digest("nonce").hex()},
        {"type": "welcome", "heartbeat_seconds": 5, "lease_seconds": 15},
        {"type": "heartbeat_ack"},
        {"type": "assignment", "offer_id": "a", "transaction": "AA=="},
        {"type": "error", "error": "SignatureInvalid", "detail": "it is not", "offer_id": None},
    ],
    ids=lambda frame: frame["type"],
)
def test_a_server_frame_is_known_by_its_type(frame):
    message = server_message.validate_python(frame)
    assert json.loads(message.model_dump_json()) == frame


@pytest.mark.parametrize(
    "frame", [{}, {"type": "bye"}, {"type": "accept"}, {"type": "challenge", "nonce": ""}]
)
def test_a_frame_of_no_known_type_is_refused(frame):
    with pytest.raises(ValidationError):
        node_message.validate_python(frame)


def test_a_log_frame_has_a_bounded_chunk():
    with pytest.raises(ValidationError):
        Log(job=an_address("job"), attempt=1, chunk="x" * (16 * 1024 + 1))


def test_hello_signs_the_nonce_in_its_own_domain():
    assert hello_signing_bytes(digest("nonce")) == b"hn/node-hello/1" + digest("nonce")
    assert Hello.model_fields["signature"].is_required()


def test_an_attestation_travels_with_its_digest_and_signature():
    attestation = an_attestation(sequence=2**63)
    sent = AttestationIn.of(attestation, an_address("oracle"), SIGNATURE)
    assert AttestationIn.model_validate_json(sent.model_dump_json()) == sent
    assert (sent.decision(), sent.digest) == (attestation.decision, attestation.digest().hex())


def test_a_problem_names_the_error():
    told = Problem(
        type="about:blank", title="Conflict", status=409, detail="taken", error="JobAlreadyAssigned"
    )
    assert json.loads(told.model_dump_json())["error"] == "JobAlreadyAssigned"
