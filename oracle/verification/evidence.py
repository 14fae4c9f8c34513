"""Owns fetching evidence: a blob that is nowhere shuts a gate, a store that is away decides nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TypeVar

from hypernode.blobs import BlobStore
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import Receipt
from hypernode.domain.spec import JobSpec
from hypernode.domain.status import Gate
from hypernode.errors import BlobNotFound, BlobTooLarge, DomainError, HashMismatch
from oracle.verification.gates import (
    Claim,
    GateFailed,
    check_execution,
    check_outputs,
    check_receipt,
    check_spec,
)

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
        receipt = _parse(Receipt, await self._fetch(claim.job.receipt_hash, "receipt"), Gate.HASH_MISMATCH)
        check_receipt(claim, receipt)
        check_spec(claim, spec, receipt)
        check_execution(claim, receipt)
        manifest = _parse(OutputManifest, await self._fetch(receipt.outputs, "manifest"), Gate.HASH_MISMATCH)
        check_outputs(claim, spec, manifest)
        for file in manifest.files:
            data = await self._fetch(file.sha256, f"output {file.path}")
            if len(data) != file.size:
                raise GateFailed(Gate.HASH_MISMATCH, f"output {file.path} has {len(data)} bytes")
        await self._fetch(receipt.logs, "log")
        return Evidence(spec, receipt, manifest)

    async def inputs(self, spec: JobSpec) -> dict[str, bytes]:
        return {file.path: await self._fetch(file.sha256, f"input {file.path}") for file in spec.inputs}

    async def _spec(self, claim: Claim) -> JobSpec:
        return _parse(JobSpec, await self._fetch(claim.job.spec_hash, "spec"), Gate.SPEC_MISMATCH)

    async def _fetch(self, digest: bytes, what: str) -> bytes:
        try:
            data = await self._blobs.get(cid_of_digest(digest))
        except BlobNotFound:
            raise GateFailed(Gate.MISSING_BLOB, f"the {what} blob is nowhere") from None
        except HashMismatch:
            raise GateFailed(Gate.HASH_MISMATCH, f"the {what} blob has other bytes") from None
        except BlobTooLarge:
            raise GateFailed(Gate.OUTPUT_MISMATCH, f"the {what} blob is too large") from None
        # Stores check what they give out; a verdict must not hang on one that does not.
        if hashlib.sha256(data).digest() != digest:
            raise GateFailed(Gate.HASH_MISMATCH, f"the {what} blob has other bytes")
        return data


def _parse(kind: type[Document], data: bytes, gate: Gate) -> Document:
    try:
        return kind.from_bytes(data)
    except DomainError as fault:
        raise GateFailed(gate, str(fault)) from fault
