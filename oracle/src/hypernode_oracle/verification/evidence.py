"""Reader of evidence. What the node owes must be there; anything else that is missing decides nothing.

Whose blob it is decides whose fault its absence is. The node took the job with a spec and inputs that were
there, so when these are gone nobody is blamed; receipt, manifest, outputs and log are the node's to publish.
Bytes that do not give their hash are no evidence at all: the blob counts as missing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol, TypeVar

from hypernode.blobs import BlobStore
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import Receipt
from hypernode.domain.spec import JobSpec
from hypernode.domain.status import RejectReason
from hypernode.domain.types import Address
from hypernode.errors import BlobTooLarge, DomainError, HypernodeError
from hypernode_oracle.verification.gates import (
    Claim,
    GateFailed,
    check_outputs,
    check_receipt,
    check_spec,
    check_stop,
)


class Undecided(HypernodeError):
    """There is nothing to say yet: something that is not the node's is away, or a blob may still arrive."""


Document = TypeVar("Document", JobSpec, Receipt, OutputManifest)


class Workers(Protocol):
    """The workers that serve their evidence themselves."""

    async def get(self, worker_key: Address, cid: str) -> bytes | None:
        """Return a blob that a worker has, its hash checked; None if it is not here or does not have it."""


class NoWorkers:
    """Nobody is connected: every blob comes from the store."""

    async def get(self, worker_key: Address, cid: str) -> bytes | None:
        return None


@dataclass(frozen=True)
class Evidence:
    """All that was claimed, every hash of it recomputed."""

    spec: JobSpec
    receipt: Receipt
    manifest: OutputManifest
    worker_key: Address


class EvidenceReader:
    """Reads from the worker itself, and from the store what the worker does not give."""

    def __init__(self, blobs: BlobStore, workers: Workers | None = None) -> None:
        self._blobs, self._workers = blobs, workers or NoWorkers()

    async def read(self, claim: Claim) -> Evidence:
        """Return the evidence; raises `GateFailed` by the first gate it does not pass."""
        worker = claim.job.worker_key
        spec = await self._spec(claim)
        receipt = _parse(
            Receipt, await self._fetch(worker, claim.job.receipt_hash, "receipt"), RejectReason.HASH_MISMATCH
        )
        check_receipt(claim, receipt)
        check_spec(claim, spec, receipt)
        check_stop(claim, receipt)
        manifest = _parse(
            OutputManifest,
            await self._fetch(worker, receipt.outputs, "manifest"),
            RejectReason.HASH_MISMATCH,
        )
        check_outputs(receipt, spec, manifest)
        for file in manifest.files:
            data = await self._fetch(worker, file.sha256, f"output {file.path}")
            if len(data) != file.size:
                raise GateFailed(RejectReason.HASH_MISMATCH, f"output {file.path} has {len(data)} bytes")
        await self._fetch(worker, receipt.logs, "log")
        return Evidence(spec, receipt, manifest, worker)

    async def inputs(self, evidence: Evidence) -> dict[str, bytes]:
        return {
            file.path: await self._buyers(evidence.worker_key, file.sha256, f"input {file.path}")
            for file in evidence.spec.inputs
        }

    async def _spec(self, claim: Claim) -> JobSpec:
        worker, digest = claim.job.worker_key, claim.job.spec_hash
        return _parse(JobSpec, await self._buyers(worker, digest, "spec"), RejectReason.SPEC_MISMATCH)

    async def _buyers(self, worker: Address, digest: bytes, what: str) -> bytes:
        """Fetch what the buyer published."""
        try:
            return await self._fetch(worker, digest, what)
        except GateFailed as missing:
            raise Undecided(missing.detail) from missing

    async def _fetch(self, worker: Address, digest: bytes, what: str) -> bytes:
        """Return a blob that the worker or the store has.

        A store that is away excuses nobody: the node owes the evidence until the verdict, and can serve it.
        """
        cid = cid_of_digest(digest)
        data = await self._workers.get(worker, cid)
        if data is not None:
            return data
        try:
            data = await self._blobs.get(cid)
        except BlobTooLarge:
            raise GateFailed(RejectReason.OUTPUT_MISMATCH, f"the {what} blob is too large") from None
        except HypernodeError as fault:
            detail = f"the {what} blob is missing: {fault.code}"
            raise GateFailed(RejectReason.MISSING_BLOB, detail) from fault
        # Stores check what they give out; a verdict must not hang on one that does not.
        if hashlib.sha256(data).digest() != digest:
            detail = f"the {what} blob is missing: the store gave bytes with another hash"
            raise GateFailed(RejectReason.MISSING_BLOB, detail)
        return data


def _parse(kind: type[Document], data: bytes, gate: RejectReason) -> Document:
    try:
        return kind.from_bytes(data)
    except DomainError as fault:
        raise GateFailed(gate, str(fault)) from fault
