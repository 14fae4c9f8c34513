"""HTTP routes of blobs: the body of an upload must have the hash that its address names."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from hypernode.domain.cid import digest_of_cid
from hypernode.errors import BlobNotFound, BlobStoreUnavailable, BlobTooLarge, HashMismatch
from hypernode.wire.blobs import BlobView
from hypernode.wire.fields import CidText
from hypernode_marketplace_api.auth.endpoints import BlobSigner
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.kernel import Kernel, kernel_of

OneKernel = Annotated[Kernel, Depends(kernel_of)]

# Anyone can upload a blob, so no browser may show it as a page of this site; it never changes.
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Disposition": "attachment",
    "X-Content-Type-Options": "nosniff",
}


blobs = APIRouter(prefix="/v1/blobs", tags=["blobs"])


# The handler reads the body as it streams in, so FastAPI cannot derive this from a parameter.
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@blobs.put("/{cid}", status_code=201, responses=problems(401, 409, 413, 422, 429, 503), openapi_extra=_BODY)
async def put_blob(kernel: OneKernel, cid: CidText, request: Request, _key: BlobSigner) -> BlobView:
    """Keep the body under its content id; keeping it again changes nothing."""
    data = await _read_checked(request, digest_of_cid(cid), kernel.settings.max_blob_bytes)
    await kernel.outside.blobs.put(data)
    return BlobView(cid=cid, size=len(data))


@blobs.get("/{cid}", response_class=Response, responses=problems(404, 422, 429, 503))
async def get_blob(kernel: OneKernel, cid: CidText) -> Response:
    try:
        data = await kernel.outside.blobs.get(cid)
    except HashMismatch as error:  # the store's fault, not the reader's
        raise BlobStoreUnavailable(str(error)) from error
    headers = {**_HEADERS, "ETag": f'"{cid}"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


@blobs.head("/{cid}", response_class=Response, responses=problems(404, 422, 429, 503))
async def head_blob(kernel: OneKernel, cid: CidText) -> Response:
    if not await kernel.outside.blobs.has(cid):
        raise BlobNotFound(f"no blob {cid}")
    return Response(headers={**_HEADERS, "ETag": f'"{cid}"'})


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
