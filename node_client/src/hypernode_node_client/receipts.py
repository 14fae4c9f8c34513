"""Evidence of a run: the receipt and the blobs that it names."""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import dataclass

from hypernode.chain.generated.markets import Job
from hypernode.domain.receipt import Receipt
from hypernode.domain.result import Ending
from hypernode.domain.types import Address
from hypernode_sandbox.ports import SandboxResult

SALT_BYTES = 32


@dataclass(frozen=True)
class Evidence:
    """A receipt and every blob that it names, which an oracle needs to check it."""

    receipt: Receipt
    documents: tuple[bytes, ...]


def evidence_of(
    *,
    address: Address,
    job: Job,
    worker_key: Address,
    result: SandboxResult,
    chain_now: int,
    stop: bytes | None = None,
) -> Evidence:
    """Describe one finished run of one attempt. `chain_now` bounds what may be metered.

    `stop` is the buyer's signature, for a run that was stopped.
    """
    manifest = result.manifest
    outputs = manifest.to_bytes()
    started_at = math.floor(result.started_at)
    receipt = Receipt(
        job=address,
        sequence=job.sequence,
        attempt=job.attempt,
        node=job.node,
        worker_key=worker_key,
        salt=secrets.token_bytes(SALT_BYTES),
        output_root=manifest.root,
        outputs=hashlib.sha256(outputs).digest(),
        logs=hashlib.sha256(result.logs).digest(),
        logs_truncated=result.logs_truncated,
        ending=result.ending,
        exit_code=result.exit_code,
        stop=stop if result.ending is Ending.STOPPED else None,
        started_at=started_at,
        # At least a second is metered, so at least a second must have passed: oracles compare the two.
        finished_at=max(math.ceil(result.finished_at), started_at + 1),
        # The program meters no more than the time the chain saw pass, rounded up.
        seconds_used=min(result.seconds, job.timeout_seconds, max(0, chain_now - job.assigned_at) + 1),
        usage=result.usage,
        runtime=result.runtime,
    )
    files = (output.data for output in result.outputs)
    return Evidence(receipt, (*files, outputs, result.logs))
