"""Reads of the specs of waiting jobs; a spec that does not match its job on chain is refused."""

from collections import OrderedDict

import structlog

from hypernode.blobs import BlobStore
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.spec import JobSpec
from hypernode.errors import BlobNotFound, BlobTooLarge, DomainError, HashMismatch
from hypernode_marketplace_api.slices.matching.service import Posting

# A spec is at most some tens of kilobytes; this many are some tens of megabytes at worst.
MAX_SPECS = 1024

log = structlog.get_logger()


class SpecReader:
    """A spec never changes under its hash, so each is fetched once; a missing one is looked for again."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._known: OrderedDict[bytes, JobSpec | None] = OrderedDict()

    async def of(self, posting: Posting) -> JobSpec | None:
        """Return the spec of a job, or None while it cannot be offered."""
        if posting.spec_hash not in self._known:
            try:
                data = await self._blobs.get(cid_of_digest(posting.spec_hash))
            except (BlobNotFound, BlobTooLarge, HashMismatch):
                return None
            self._remember(posting.spec_hash, _parse(data, posting))
        self._known.move_to_end(posting.spec_hash)
        spec = self._known[posting.spec_hash]
        return spec if spec is not None and _is_paid_for(spec, posting) else None

    def _remember(self, spec_hash: bytes, spec: JobSpec | None) -> None:
        self._known[spec_hash] = spec
        if len(self._known) > MAX_SPECS:
            self._known.popitem(last=False)


def _parse(data: bytes, posting: Posting) -> JobSpec | None:
    try:
        return JobSpec.from_bytes(data, posting.spec_hash)
    except DomainError as error:
        log.warning("spec refused", job=posting.job, error=error.code, why=str(error))
        return None


def _is_paid_for(spec: JobSpec, posting: Posting) -> bool:
    """Return True if the job on chain asks for what its spec says; oracles reject it otherwise."""
    gpu = spec.resources.gpu
    return spec.timeout_seconds == posting.timeout_seconds and (
        (int(gpu.vendor), gpu.count, gpu.min_vram_mib) == posting.gpu
    )
