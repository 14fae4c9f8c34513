"""Reader of evidence. What the node owes must be there; anything else that is missing decides nothing.

Whose blob it is decides whose fault its absence is. The node took the job with a spec and inputs that were
there, so when these are gone nobody is blamed; receipt, manifest, outputs and log are the node's to publish.
Bytes that do not give their hash are no evidence at all: the blob counts as missing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TypeVar

from hypernode.blobs import BlobStore
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import Receipt
from hypernode.domain.spec import JobSpec
from hypernode.domain.status import RejectReason
from hypernode.errors import BlobNotFound, BlobTooLarge, DomainError, HashMismatch, HypernodeError
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


@dataclass(frozen=True)
class Evidence:
    """All that was claimed, every hash of it recomputed."""

    spec: JobSpec
    receipt: Receipt
    manifest: OutputManifest


class EvidenceReader:
    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs

    async def read(self, claim: Claim) -> Evidence:
        """Return the evidence; raises `GateFailed` by the first gate it does not pass."""
        spec = await self._spec(claim)
        receipt = _parse(
            Receipt, await self._fetch(claim.job.receipt_hash, "receipt"), RejectReason.HASH_MISMATCH
        )
        check_receipt(claim, receipt)
        check_spec(claim, spec, receipt)
        check_stop(claim, receipt)
        manifest = _parse(
            OutputManifest, await self._fetch(receipt.outputs, "manifest"), RejectReason.HASH_MISMATCH
        )
        check_outputs(receipt, spec, manifest)
        for file in manifest.files:
            data = await self._fetch(file.sha256, f"output {file.path}")
            if len(data) != file.size:
                raise GateFailed(RejectReason.HASH_MISMATCH, f"output {file.path} has {len(data)} bytes")
        await self._fetch(receipt.logs, "log")
        return Evidence(spec, receipt, manifest)

    async def inputs(self, spec: JobSpec) -> dict[str, bytes]:
        return {file.path: await self._buyers(file.sha256, f"input {file.path}") for file in spec.inputs}

    async def _spec(self, claim: Claim) -> JobSpec:
        return _parse(JobSpec, await self._buyers(claim.job.spec_hash, "spec"), RejectReason.SPEC_MISMATCH)

    async def _buyers(self, digest: bytes, what: str) -> bytes:
        """Fetch what the buyer published."""
        try:
            return await self._fetch(digest, what)
        except GateFailed as missing:
            raise Undecided(missing.detail) from missing

    async def _fetch(self, digest: bytes, what: str) -> bytes:
        try:
            data = await self._blobs.get(cid_of_digest(digest))
        except (BlobNotFound, HashMismatch):
            raise GateFailed(RejectReason.MISSING_BLOB, f"the {what} blob is missing") from None
        except BlobTooLarge:
            raise GateFailed(RejectReason.OUTPUT_MISMATCH, f"the {what} blob is too large") from None
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
