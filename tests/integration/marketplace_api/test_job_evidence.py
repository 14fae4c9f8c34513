"""What a finished job leaves behind, over HTTP: outputs, logs, receipts, and the oracles' verdicts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import base58
import pytest

from hypernode.chain.generated.markets import Job
from hypernode.chain.keys import Key
from hypernode.domain.attestation import Attestation
from hypernode.domain.cid import cid_of_bytes, digest_of_cid
from hypernode.domain.commitment import FindingMessage, commitment, content
from hypernode.domain.finding import Repeated
from hypernode.domain.merkle import OutputFile
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import (
    Receipt,
    RuntimeInfo,
    Usage,
    receipt_hash,
    receipt_signing_bytes,
)
from hypernode.domain.result import Ending, Result
from hypernode.domain.status import Verdict
from hypernode.domain.types import address_bytes
from hypernode.wire.attestations import AttestationIn
from tests.integration.marketplace_api.world import NodeDouble, World, a_key, a_spec
from tests.programs.decisions import RESULT, a_decision
from tests.support.documents import an_address
from tests.support.scripted_chain import JobStory

FRAME = b"frame bytes"
MANIFEST = OutputManifest.of([OutputFile("frame.ppm", 0o644, len(FRAME), digest_of_cid(cid_of_bytes(FRAME)))])
LOGS = b"rendered 1 frame\n"


# --- evidence


@dataclass
class Done:
    """A job with a receipt on chain and everything it names in the blob store."""

    story: JobStory
    node: NodeDouble
    receipt: Receipt


@pytest.fixture
async def done(world: World) -> Done:
    node = await world.online()
    story = await world.post()
    story.assign(node.node)
    receipt = Receipt(
        job=story.address,
        sequence=story.account.sequence,
        attempt=1,
        node=node.node,
        worker_key=node.worker_key.address,
        salt=bytes([9]) * 32,
        output_root=MANIFEST.root,
        outputs=digest_of_cid(cid_of_bytes(MANIFEST.to_bytes())),
        logs=digest_of_cid(cid_of_bytes(LOGS)),
        logs_truncated=False,
        ending=Ending.EXITED,
        exit_code=0,
        stop=None,
        started_at=world.chain.time,
        finished_at=world.chain.time + 30,
        seconds_used=30,
        usage=Usage(),
        runtime=RuntimeInfo(engine="docker", runc="1.3.6", seccomp=bytes(32), image=a_spec().image),
    )
    for data in (FRAME, LOGS, MANIFEST.to_bytes(), receipt.to_bytes()):
        await world.collaborators.blobs.put(data)
    story.submit(receipt_hash(receipt))
    await world.index()
    return Done(story, node, receipt)


async def test_outputs_are_listed_from_the_receipt_on_chain(world: World, done: Done) -> None:
    listed = (await world.client.get(f"/v1/jobs/{done.story.address}/outputs")).json()
    assert listed["root"] == MANIFEST.root.hex()
    [file] = listed["files"]
    assert (file["path"], file["cid"]) == ("frame.ppm", cid_of_bytes(FRAME))
    assert (await world.client.get(f"/v1/blobs/{file['cid']}")).content == FRAME


async def test_final_logs_are_the_blob_of_the_receipt(world: World, done: Done) -> None:
    logs = (await world.client.get(f"/v1/jobs/{done.story.address}/logs")).json()
    assert (logs["text"], logs["final"]) == (LOGS.decode(), True)


async def test_receipt_signature_is_kept_and_shown(world: World, done: Done) -> None:
    cid = cid_of_bytes(done.receipt.to_bytes())
    signature = base58.b58encode(
        done.node.worker_key.sign(receipt_signing_bytes(digest_of_cid(cid)))
    ).decode()
    notice = {
        "type": "receipt",
        "job": done.story.address,
        "attempt": 1,
        "receipt_cid": cid,
        "signature": signature,
    }
    await done.node.say({**notice, "signature": "1" * 64})
    assert (await done.node.hear())["error"] == "SignatureInvalid"
    before = (await world.client.get(f"/v1/jobs/{done.story.address}/receipt")).json()
    assert (before["receipt_cid"], before["signature"]) == (cid, None)
    await done.node.say(notice)
    await done.node.say({"type": "heartbeat", "free_slots": 0})
    assert (await done.node.hear())["type"] == "heartbeat_ack"
    after = (await world.client.get(f"/v1/jobs/{done.story.address}/receipt")).json()
    assert (after["signature"], after["worker_key"]) == (signature, done.node.worker_key.address)


async def test_what_the_account_froze_is_kept_after_the_job_has_ended(world: World, done: Done) -> None:
    account = done.story.account
    done.story.settle()
    await world.index()
    frozen = (await world.client.get(f"/v1/jobs/{done.story.address}/receipt")).json()["frozen"]
    assert frozen == {
        "attempt": 1,
        "operator": account.operator,
        "worker_key": account.worker_key,
        "audit_bps": account.audit_bps,
        "ratio_bps": account.ratio_bps,
        "baseline_bps": account.baseline_bps,
        "protocol_bps": account.protocol_bps,
        "stakers_bps": account.stakers_bps,
        "operations_bps": account.operations_bps,
    }


async def test_outputs_that_the_node_kept_for_itself_are_not_found(world: World) -> None:
    story = await world.post()
    story.assign(an_address("node"))
    story.submit(bytes([9]) * 32)
    await world.index()
    for part in ("outputs", "logs"):
        answer = await world.client.get(f"/v1/jobs/{story.address}/{part}")
        assert answer.status_code == 404


# --- verdicts

ORACLES = [a_key(f"oracle {number}") for number in range(3)]


def attestation_of(world: World, address: str, job: Job, **given: Any) -> Attestation:
    values: dict[str, Any] = {
        "cluster": world.chain.genesis,
        "program": address_bytes(Job.PROGRAM),
        "job": address_bytes(address),
        "sequence": job.sequence,
        "attempt": job.attempt,
        "node": address_bytes(job.node),
        "receipt_hash": job.receipt_hash,
        "submitted_slot": job.submitted_slot,
        "seconds": job.seconds_used,
        "epoch": 1,
        "draw_id": bytes(8),
        "decision": a_decision(Verdict.ACCEPT, 30),
        **given,
    }
    return Attestation(**values)


def signed_verdict(oracle: Key, attestation: Attestation) -> dict[str, Any]:
    signature = base58.b58encode(oracle.sign(attestation.digest())).decode()
    return AttestationIn.of(attestation, oracle.address, signature).model_dump(mode="json")


async def test_verdicts_of_oracles_are_taken_once_and_listed(world: World, done: Done) -> None:
    world.chain.oracles_are(ORACLES)
    target = f"/v1/jobs/{done.story.address}/attestations"
    attestation = attestation_of(world, done.story.address, done.story.account)
    for number, oracle in enumerate((*ORACLES[:2], ORACLES[0]), 1):
        answer = await world.post_signed(oracle, target, signed_verdict(oracle, attestation))
        assert answer.status_code == 201, answer.text
        brought = {entry["oracle"] for entry in answer.json()["attestations"]}
        assert brought == {key.address for key in ORACLES[: min(2, number)]}
    listed = (await world.client.get(target)).json()["attestations"]
    assert listed == answer.json()["attestations"]
    assert listed[0]["root"] == RESULT.root.hex()


async def test_two_verdicts_of_one_oracle_are_both_kept_as_evidence(world: World, done: Done) -> None:
    world.chain.oracles_are(ORACLES)
    target = f"/v1/jobs/{done.story.address}/attestations"
    for verdict in Verdict:
        decision = a_decision(verdict, 30)
        attestation = attestation_of(world, done.story.address, done.story.account, decision=decision)
        await world.post_signed(ORACLES[0], target, signed_verdict(ORACLES[0], attestation))
    assert len((await world.client.get(target)).json()["attestations"]) == 2


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        (lambda _, body: (a_key("stranger"), body), 403, "NotAnOracle"),
        (lambda _, body: (ORACLES[1], body), 403, "NotAnOracle"),
        (lambda _, body: (ORACLES[0], {**body, "epoch": "2"}), 403, "NotAnOracle"),
        (lambda _, body: (ORACLES[0], {**body, "attempt": 2}), 409, "AttestationMismatch"),
        (lambda _, body: (ORACLES[0], {**body, "sequence": "7"}), 409, "AttestationMismatch"),
        (lambda _, body: (ORACLES[0], {**body, "own": 31}), 409, "AttestationMismatch"),
        (lambda _, body: (ORACLES[0], {**body, "digest": "00" * 32}), 409, "AttestationMismatch"),
        (lambda _, body: (ORACLES[0], {**body, "signature": "1" * 64}), 401, "SignatureInvalid"),
        (lambda _, body: (ORACLES[0], {**body, "verdict": 3}), 422, "Malformed"),
        (lambda _, body: (ORACLES[0], {**body, "reason": 8}), 422, "Malformed"),
    ],
    ids=[
        "stranger",
        "another oracle's verdict",
        "epoch",
        "attempt",
        "sequence",
        "verdict",
        "digest",
        "signature",
        "unknown verdict",
        "accept with a gate",
    ],
)
async def test_verdict_that_the_program_would_refuse_is_refused(
    world: World,
    done: Done,
    change: Callable[[World, dict[str, Any]], tuple[Key, dict[str, Any]]],
    status: int,
    error: str,
) -> None:
    world.chain.oracles_are(ORACLES)
    attestation = attestation_of(world, done.story.address, done.story.account)
    signer, body = change(world, signed_verdict(ORACLES[0], attestation))
    target = f"/v1/jobs/{done.story.address}/attestations"
    answer = await world.post_signed(signer, target, body)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert (await world.client.get(target)).json()["attestations"] == []


async def test_verdict_over_other_hashes_than_the_chain_s_is_refused(world: World, done: Done) -> None:
    world.chain.oracles_are(ORACLES)
    forged = replace(attestation_of(world, done.story.address, done.story.account), receipt_hash=bytes(32))
    target = f"/v1/jobs/{done.story.address}/attestations"
    answer = await world.post_signed(ORACLES[0], target, signed_verdict(ORACLES[0], forged))
    assert answer.json()["error"] == "AttestationMismatch"


async def test_verdict_needs_a_submitted_job(world: World, done: Done) -> None:
    world.chain.oracles_are(ORACLES)
    attestation = attestation_of(world, done.story.address, done.story.account)
    body = signed_verdict(ORACLES[0], attestation)
    unknown = await world.post_signed(ORACLES[0], f"/v1/jobs/{an_address('none')}/attestations", body)
    assert (unknown.status_code, unknown.json()["error"]) == (404, "JobNotFound")
    done.story.settle()
    await world.index()
    target = f"/v1/jobs/{done.story.address}/attestations"
    ended = await world.post_signed(ORACLES[0], target, body)
    assert (ended.status_code, ended.json()["error"]) == (409, "JobNotSubmitted")


# --- findings


def signed_finding(
    world: World, done: Done, oracle: Key, *, opened: bool = True, stage: int = 1, seconds: int = 5
) -> dict[str, Any]:
    """Build an oracle's finding on the submitted job, as its commitment alone or opened."""
    told = content(Repeated(Result(Ending.EXITED, 0, MANIFEST.root), seconds))
    salt = bytes([7]) * 32
    job = done.story.account
    message = FindingMessage(
        cluster=world.chain.genesis,
        job=address_bytes(done.story.address),
        sequence=job.sequence,
        attempt=job.attempt,
        receipt_hash=job.receipt_hash,
        stage=stage,
        commitment=commitment(address_bytes(oracle.address), told, salt),
    )
    return {
        "oracle": oracle.address,
        "sequence": str(job.sequence),
        "attempt": job.attempt,
        "stage": stage,
        "commitment": message.commitment.hex(),
        "signature": base58.b58encode(oracle.sign(message.digest())).decode(),
        "content": told.hex() if opened else None,
        "salt": salt.hex() if opened else None,
    }


async def test_a_commitment_is_opened_once_and_stays_open(world: World, done: Done) -> None:
    world.chain.oracles_are(ORACLES)
    target = f"/v1/jobs/{done.story.address}/findings"
    closed = signed_finding(world, done, ORACLES[0], opened=False, stage=2)
    opened = signed_finding(world, done, ORACLES[0], stage=2)
    for body, shown in ((closed, closed), (opened, opened), (closed, opened)):
        answer = await world.post_signed(ORACLES[0], target, body)
        assert (answer.status_code, answer.json()["findings"]) == (201, [shown])
    assert (await world.client.get(target)).json()["findings"] == [opened]


async def test_two_commitments_of_one_stage_are_both_kept_as_evidence(world: World, done: Done) -> None:
    world.chain.oracles_are(ORACLES)
    target = f"/v1/jobs/{done.story.address}/findings"
    for seconds in (5, 6):
        body = signed_finding(world, done, ORACLES[0], seconds=seconds)
        await world.post_signed(ORACLES[0], target, body)
    assert len((await world.client.get(target)).json()["findings"]) == 2


async def test_a_rotation_that_keeps_an_oracle_keeps_its_findings(world: World, done: Done) -> None:
    """The set that the API read before the rotation has the key, but not the epoch of the job."""
    target, body = f"/v1/jobs/{done.story.address}/findings", signed_finding(world, done, ORACLES[0])
    world.chain.oracles_are(ORACLES, epoch=done.story.account.epoch - 1)
    assert (await world.post_signed(ORACLES[0], target, body)).status_code == 403
    world.chain.oracles_are(ORACLES, epoch=done.story.account.epoch)
    assert (await world.post_signed(ORACLES[0], target, body)).status_code == 201


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        (lambda body: (a_key("stranger"), {**body, "oracle": a_key("stranger").address}), 403, "NotAnOracle"),
        (lambda body: (ORACLES[1], body), 403, "NotAnOracle"),
        (lambda body: (ORACLES[0], {**body, "attempt": 2}), 409, "AttestationMismatch"),
        (lambda body: (ORACLES[0], {**body, "sequence": "7"}), 409, "AttestationMismatch"),
        (lambda body: (ORACLES[0], {**body, "stage": 2}), 401, "SignatureInvalid"),
        (lambda body: (ORACLES[0], {**body, "stage": 3}), 422, "Malformed"),
        (lambda body: (ORACLES[0], {**body, "signature": "1" * 64}), 401, "SignatureInvalid"),
        (lambda body: (ORACLES[0], {**body, "salt": "00" * 32}), 409, "AttestationMismatch"),
        (lambda body: (ORACLES[0], {**body, "salt": None}), 409, "AttestationMismatch"),
        (lambda body: (ORACLES[0], {**body, "content": "zz" * 48}), 422, "Malformed"),
    ],
    ids=[
        "stranger",
        "another oracle",
        "attempt",
        "sequence",
        "other stage",
        "no stage",
        "signature",
        "salt",
        "no salt",
        "content",
    ],
)
async def test_a_finding_that_no_oracle_signed_is_refused(
    world: World,
    done: Done,
    change: Callable[[dict[str, Any]], tuple[Key, dict[str, Any]]],
    status: int,
    error: str,
) -> None:
    world.chain.oracles_are(ORACLES)
    target = f"/v1/jobs/{done.story.address}/findings"
    signer, body = change(signed_finding(world, done, ORACLES[0]))
    answer = await world.post_signed(signer, target, body)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert (await world.client.get(target)).json()["findings"] == []
