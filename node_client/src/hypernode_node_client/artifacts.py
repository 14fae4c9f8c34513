"""Transfer of a job's blobs: it fetches the spec and the inputs by hash, and publishes the evidence."""

from __future__ import annotations

from collections.abc import Iterable

from hypernode.blobs import BlobStore
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.spec import JobSpec
from hypernode.errors import InvalidJobSpec


class Artifacts:
    """A node's view of the blob store."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs

    async def spec(self, spec_hash: bytes) -> JobSpec:
        return JobSpec.from_bytes(await self._blobs.get(cid_of_digest(spec_hash)), spec_hash)

    async def inputs(self, spec: JobSpec) -> dict[str, bytes]:
        """Return every input by path; raises `BlobNotFound` or `HashMismatch`, so no job runs on less."""
        found = {}
        for file in spec.inputs:
            data = await self._blobs.get(cid_of_digest(file.sha256))
            if len(data) != file.size:
                raise InvalidJobSpec("inputs", f"{file.path} has {len(data)} bytes, not {file.size}")
            found[file.path] = data
        return found

    async def publish(self, blobs: Iterable[bytes]) -> None:
        """Store what is not there yet; publishing again changes nothing."""
        for data in blobs:
            await self._blobs.put(data)
