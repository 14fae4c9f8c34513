"""Owns the HTTP routes of blobs: the body of an upload must be what its address says."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from hypernode.blobs import BlobStore
from hypernode.domain.cid import digest_of_cid
from hypernode.domain.types import Address
from hypernode.errors import BlobNotFound, BlobStoreUnavailable, BlobTooLarge, HashMismatch
from hypernode.wire.blobs import BlobView
from hypernode.wire.fields import CidText
from hypernode_marketplace_api.auth.endpoints import SignedBy
from hypernode_marketplace_api.errors import problems

# A blob is anybody's bytes: no browser may take it for a page of ours, and it never changes.
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Disposition": "attachment",
    "X-Content-Type-Options": "nosniff",
}


def blob_router(blobs: BlobStore, signed_by: SignedBy, max_bytes: int) -> APIRouter:
    router = APIRouter(prefix="/v1/blobs", tags=["blobs"])

    @router.put("/{cid}", status_code=201, responses=problems(401, 409, 413, 422, 429, 503))
    async def put_blob(
        cid: CidText, request: Request, _key: Annotated[Address, Depends(signed_by)]
    ) -> BlobView:
        """Keep the body under its content id; keeping it again changes nothing."""
        data = await _read_checked(request, digest_of_cid(cid), max_bytes)
        await blobs.put(data)
        return BlobView(cid=cid, size=len(data))

    @router.get("/{cid}", response_class=Response, responses=problems(404, 422, 429, 503))
    async def get_blob(cid: CidText) -> Response:
        try:
            data = await blobs.get(cid)
        except HashMismatch as error:  # the store's fault, not the reader's
            raise BlobStoreUnavailable(str(error)) from error
        headers = {**_HEADERS, "ETag": f'"{cid}"'}
        return Response(data, media_type="application/octet-stream", headers=headers)

    @router.head("/{cid}", response_class=Response, responses=problems(404, 422, 429, 503))
    async def head_blob(cid: CidText) -> Response:
        if not await blobs.has(cid):
            raise BlobNotFound(f"no blob {cid}")
        return Response(headers={**_HEADERS, "ETag": f'"{cid}"'})

    return router


async def _read_checked(request: Request, digest: bytes, max_bytes: int) -> bytes:
    """Read the body while hashing it, and stop at the first byte too many."""
    hasher = hashlib.sha256()
    data = bytearray()
    async for chunk in request.stream():
        if len(data) + len(chunk) > max_bytes:
            raise BlobTooLarge(f"a blob has at most {max_bytes} bytes")
        hasher.update(chunk)
        data += chunk
    if hasher.digest() != digest:
        raise HashMismatch("the body is not what the content id says")
    return bytes(data)
