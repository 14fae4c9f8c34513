"""A receipt says what ran: seconds within every bound that oracles check, and hashes of what it names."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from hypernode.chain.generated.markets import Job
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import Receipt, RuntimeInfo, Usage, receipt_hash
from hypernode.domain.result import Ending, Result
from hypernode_node_client.receipts import Evidence, evidence_of
from hypernode_oracle.verification.gates import check_outputs, check_receipt, check_spec
from hypernode_sandbox.ports import Output, SandboxResult
from tests.support.claims import JOB, SPEC, WORKER_KEY, a_claim

JOB_ON_CHAIN: Job = a_claim().job  # timeout 100, assigned at 1,000
OUTPUTS = (Output.of("b.txt", 0o644, b"two"), Output.of("a.txt", 0o755, b"one"))


def a_result(**changes: Any) -> SandboxResult:
    members: dict[str, Any] = {
        "ending": Ending.EXITED,
        "exit_code": 3,
        "outputs": OUTPUTS,
        "logs": b"log line\n",
        "logs_truncated": False,
        "started_at": 1_000.25,
        "finished_at": 1_003.5,
        "usage": Usage(cpu_ns=5, peak_memory_bytes=6, output_bytes=7),
        "runtime": RuntimeInfo(engine="28", runc="1.3.3", seccomp=bytes(32), image=SPEC.image),
    }
    return SandboxResult(**{**members, **changes})


def evidence(chain_now: int = 1_050, **changes: Any) -> Evidence:
    return evidence_of(
        address=JOB,
        job=JOB_ON_CHAIN,
        worker_key=WORKER_KEY,
        result=a_result(**changes),
        chain_now=chain_now,
    )


SECONDS = {
    "rounded up": ({}, 1_050, 4),
    "at least one": ({"finished_at": 1_000.250001}, 1_050, 1),
    "one for a run of no length": ({"started_at": 1_000.0, "finished_at": 1_000.0}, 1_050, 1),
    "one when the engine's clock went back": ({"finished_at": 990.0}, 1_050, 1),
    "whole seconds stay": ({"started_at": 1_000.0, "finished_at": 1_004.0}, 1_050, 4),
    "no more than the timeout": ({"finished_at": 1_300.0}, 2_000, 100),
    "no more than the chain saw": ({}, 1_002, 3),
    "one within a second of the chain": ({}, 1_000, 1),
    "one when the chain's clock is behind": ({}, 990, 1),
}


@pytest.mark.parametrize("name", SECONDS)
def test_metered_seconds(name: str) -> None:
    changes, chain_now, seconds = SECONDS[name]
    assert evidence(chain_now, **changes).receipt.seconds_used == seconds


@pytest.mark.parametrize("name", SECONDS)
def test_an_oracle_finds_every_receipt_of_ours_plausible(name: str) -> None:
    changes, chain_now, _ = SECONDS[name]
    made = evidence(chain_now, **changes)
    receipt, claim = made.receipt, a_claim()
    on_chain = replace(
        claim.job,
        seconds_used=receipt.seconds_used,
        submitted_at=max(chain_now, claim.job.assigned_at),
        deadline=2_000,
    )
    claim = replace(claim, job=on_chain)
    check_receipt(claim, receipt)
    check_spec(claim, SPEC, receipt)
    check_outputs(receipt, SPEC, OutputManifest.from_bytes(made.documents[-2]))


def test_every_hash_is_of_a_blob_that_comes_with_it() -> None:
    made = evidence()
    blobs = {hashlib.sha256(blob).digest() for blob in made.documents}
    manifest = OutputManifest.of(output.file for output in OUTPUTS)
    receipt = made.receipt
    assert receipt.output_root == manifest.root
    assert receipt.outputs == hashlib.sha256(manifest.to_bytes()).digest()
    assert receipt.logs == hashlib.sha256(b"log line\n").digest()
    assert {receipt.outputs, receipt.logs} <= blobs
    assert {output.file.sha256 for output in OUTPUTS} <= blobs


def test_neither_time_nor_logs_nor_machine_change_the_result() -> None:
    other = evidence(
        chain_now=1_099,
        started_at=1.0,
        finished_at=2.0,
        logs=b"other",
        usage=Usage(),
        runtime=RuntimeInfo(engine="29", runc="2", seccomp=b"\x01" * 32, image=""),
    )
    assert other.receipt.result == evidence().receipt.result
    assert evidence(exit_code=4).receipt.result != evidence().receipt.result
    assert evidence(outputs=OUTPUTS[:1]).receipt.result != evidence().receipt.result


@pytest.mark.parametrize("ending", [Ending.TIME, Ending.MEMORY, Ending.OUTPUTS])
def test_of_a_run_that_was_ended_the_ending_alone_is_the_result(ending: Ending) -> None:
    assert evidence(ending=ending, exit_code=137).receipt.result == Result(ending)


def test_the_hash_of_a_receipt_tells_nothing_of_its_result() -> None:
    """Or anyone finds out by trying what the node claims, before the oracles have said what they found."""
    one, other = evidence().receipt, evidence().receipt
    assert (one.salt == other.salt, len(one.salt)) == (False, 32)
    assert receipt_hash(one) != receipt_hash(other)


def test_a_receipt_names_the_attempt_and_survives_the_journal() -> None:
    receipt = evidence(logs_truncated=True).receipt
    job = JOB_ON_CHAIN
    assert (receipt.job, receipt.sequence, receipt.attempt) == (JOB, job.sequence, job.attempt)
    assert (receipt.node, receipt.worker_key, receipt.logs_truncated) == (job.node, WORKER_KEY, True)
    assert Receipt.from_bytes(receipt.to_bytes()) == receipt
