"""Gates: pure checks of the evidence against the chain, in order. The first that fails is named.

A log line is never evidence: logs only have to be there, with the hash the receipt gives.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypernode.chain.generated.markets import PROGRAM_ID, Job
from hypernode.chain.keys import verify
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import Receipt, stop_bytes
from hypernode.domain.spec import JobSpec
from hypernode.domain.status import RejectReason
from hypernode.domain.types import Address


class GateFailed(Exception):
    """A gate failed; holds the reason and its detail."""

    def __init__(self, reason: RejectReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Claim:
    """What the chain says of a submitted attempt, and on which cluster."""

    address: Address
    job: Job
    cluster: bytes


def check_receipt(claim: Claim, receipt: Receipt) -> None:
    """Require the receipt to be of this attempt, by this node's key, in time, with plausible metering."""
    job = claim.job
    if (receipt.job, receipt.sequence, receipt.attempt) != (claim.address, job.sequence, job.attempt):
        raise GateFailed(RejectReason.WRONG_NODE, "the receipt is of another job or attempt")
    if receipt.node != job.node:
        raise GateFailed(RejectReason.WRONG_NODE, f"the receipt is of node {receipt.node}")
    if receipt.worker_key != job.worker_key:
        raise GateFailed(RejectReason.BAD_SIGNATURE, f"{receipt.worker_key} is not the assigned worker key")
    if job.submitted_at > job.deadline:
        raise GateFailed(RejectReason.LATE, "the receipt came after the deadline")
    if receipt.seconds_used != job.seconds_used:
        raise GateFailed(RejectReason.USAGE_IMPLAUSIBLE, "the receipt meters other seconds than the chain")
    most = min(
        receipt.finished_at - receipt.started_at,
        job.timeout_seconds,
        max(0, job.submitted_at - job.assigned_at) + 1,
    )
    if receipt.seconds_used > max(0, most):
        raise GateFailed(
            RejectReason.USAGE_IMPLAUSIBLE, f"{receipt.seconds_used} s metered, at most {most} s passed"
        )


def check_spec(claim: Claim, spec: JobSpec, receipt: Receipt) -> None:
    """Require that the spec is what the node was bound to, and its image what ran."""
    if spec.timeout_seconds != claim.job.timeout_seconds:
        raise GateFailed(
            RejectReason.SPEC_MISMATCH, f"the spec's timeout is not the job's {claim.job.timeout_seconds} s"
        )
    ran = receipt.runtime.image
    if spec.image.startswith("sha256:") and ran != spec.image_digest:
        raise GateFailed(RejectReason.IMAGE_MISMATCH, f"image {ran} ran, the spec names {spec.image_digest}")
    if not ran:
        raise GateFailed(RejectReason.IMAGE_MISMATCH, "the receipt names no image")


def check_stop(claim: Claim, receipt: Receipt) -> None:
    """Require the buyer's signature where the receipt says that the buyer ended the run."""
    job = claim.job
    if receipt.stop is None:
        return
    signed = stop_bytes(claim.cluster, PROGRAM_ID, claim.address, job.sequence, job.attempt)
    if not verify(job.buyer, signed, receipt.stop):
        raise GateFailed(RejectReason.BAD_SIGNATURE, "the stop is not signed by the job's buyer")


def check_outputs(receipt: Receipt, spec: JobSpec, manifest: OutputManifest) -> None:
    """Require the manifest to give the receipt's root and to respect the spec's limit."""
    if manifest.root != receipt.output_root:
        raise GateFailed(RejectReason.HASH_MISMATCH, "the manifest's root is not the receipt's")
    if manifest.total_bytes > spec.max_output_bytes:
        raise GateFailed(RejectReason.OUTPUT_MISMATCH, "the outputs exceed the spec's limit")
