"""Blob store over an object store: a folder, memory or S3, chosen by URL."""

from pathlib import Path

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from hypernode.blobs import MAX_BLOB_BYTES, check_size, checked_blob
from hypernode.domain.cid import cid_of_bytes, digest_of_cid
from hypernode.domain.types import Cid
from hypernode.errors import BlobNotFound, BlobStoreUnavailable

MEMORY_URL = "memory://"


class ObstoreBlobs:
    """Keep blobs at a URL (memory://, file:///…, s3://…) or in a local folder."""

    def __init__(self, location: str | Path, *, max_bytes: int = MAX_BLOB_BYTES) -> None:
        self._store = _open(location)
        self._max_bytes = max_bytes

    async def put(self, data: bytes) -> Cid:
        check_size(len(data), self._max_bytes)
        cid = cid_of_bytes(data)
        try:
            # one request, not multipart, so that the object appears at once and complete
            await obstore.put_async(self._store, _key(cid), data, use_multipart=False)
        except BaseError as cause:
            raise BlobStoreUnavailable(f"cannot write {cid}: {cause}") from cause
        return cid

    async def get(self, cid: str) -> bytes:
        digest_of_cid(cid)
        try:
            found = await obstore.get_async(self._store, _key(cid))
            check_size(found.meta["size"], self._max_bytes)
            data = bytes(await found.bytes_async())
        except (NotFoundError, FileNotFoundError) as cause:
            raise BlobNotFound(f"no blob {cid}") from cause
        except BaseError as cause:
            raise BlobStoreUnavailable(f"cannot read {cid}: {cause}") from cause
        return checked_blob(data, cid)

    async def has(self, cid: str) -> bool:
        digest_of_cid(cid)
        try:
            await obstore.head_async(self._store, _key(cid))
        except (NotFoundError, FileNotFoundError):
            return False
        except BaseError as cause:
            raise BlobStoreUnavailable(f"cannot look for {cid}: {cause}") from cause
        return True


def _open(location: str | Path) -> ObjectStore:
    if isinstance(location, str) and location.rstrip("/") == MEMORY_URL.rstrip("/"):
        return MemoryStore()
    if isinstance(location, str) and "://" in location and not location.startswith("file://"):
        return from_url(location)
    folder = Path(str(location).removeprefix("file://"))
    return LocalStore(folder, mkdir=True)


def _key(cid: str) -> str:
    # The end of a content id is as good as random; a folder of a million files is slow to list.
    return f"{cid[-3:-1]}/{cid}"
