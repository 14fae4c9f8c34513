"""Evidence of a run: the execution, the receipt and the blobs that they name."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

from hypernode.chain.generated.markets import PROGRAM_ID, Job
from hypernode.domain.canonical import canonical_bytes
from hypernode.domain.execution import Execution, exec_hash
from hypernode.domain.receipt import Receipt
from hypernode.domain.types import Address
from hypernode_sandbox.ports import SandboxResult


@dataclass(frozen=True)
class Evidence:
    """A receipt and every blob that it names, which an oracle needs to check it."""

    receipt: Receipt
    documents: tuple[bytes, ...]


def evidence_of(
    *, cluster: bytes, address: Address, job: Job, worker_key: Address, result: SandboxResult, chain_now: int
) -> Evidence:
    """Describe one finished run of one attempt. `chain_now` bounds what may be metered."""
    manifest = result.manifest
    execution = Execution(
        cluster=cluster,
        program=PROGRAM_ID,
        job=address,
        sequence=job.sequence,
        attempt=job.attempt,
        spec_hash=job.spec_hash,
        exit_code=result.exit_code,
        output_root=manifest.root,
    )
    outputs = manifest.to_bytes()
    started_at = math.floor(result.started_at)
    receipt = Receipt(
        job=address,
        sequence=job.sequence,
        attempt=job.attempt,
        node=job.node,
        worker_key=worker_key,
        exec_hash=exec_hash(execution),
        output_root=manifest.root,
        outputs=hashlib.sha256(outputs).digest(),
        logs=hashlib.sha256(result.logs).digest(),
        logs_truncated=result.logs_truncated,
        exit_code=result.exit_code,
        started_at=started_at,
        # At least a second is metered, so at least a second must have passed: oracles compare the two.
        finished_at=max(math.ceil(result.finished_at), started_at + 1),
        # The program meters no more than the time the chain saw pass.
        seconds_used=min(result.seconds, job.timeout_seconds, max(0, chain_now - job.assigned_at)),
        usage=result.usage,
        runtime=result.runtime,
    )
    files = (output.data for output in result.outputs)
    documents = (outputs, result.logs, canonical_bytes(execution.to_document()))
    return Evidence(receipt, (*files, *documents))
