"""Content-addressed blob stores: a blob's name is the hash of its bytes, checked on every read.

`BlobStore` is the port. `HttpBlobs` reaches the store of an API; `MemoryBlobs` is the fake for tests.
"""

from typing import Protocol

import httpx

from hypernode.domain.cid import cid_of_bytes, digest_of_cid
from hypernode.domain.clock import Clock, SystemClock
from hypernode.domain.http_signature import RequestSigner, Signer
from hypernode.domain.types import Cid
from hypernode.errors import ApiError, BlobNotFound, BlobStoreUnavailable, BlobTooLarge, HashMismatch

# Servers close a connection that was idle for 5 s; a request sent at that moment is lost. Ours close first.
HTTP_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=2.0)
# Blobs pass through memory whole: this bounds what one request can take.
MAX_BLOB_BYTES = 256 * 1024 * 1024
# Seconds without progress; a whole transfer may take longer.
HTTP_TIMEOUT = 30.0


class BlobStore(Protocol):
    async def put(self, data: bytes) -> Cid:
        """Store a blob whole; storing it again changes nothing."""

    async def get(self, cid: str) -> bytes:
        """Return the bytes, checked against their hash."""

    async def has(self, cid: str) -> bool:
        """Return True if the store has the blob; its bytes are not read."""


class MemoryBlobs:
    """Blob store in memory, for tests."""

    def __init__(self, *, max_bytes: int = MAX_BLOB_BYTES) -> None:
        self._blobs: dict[str, bytes] = {}
        self._max_bytes = max_bytes

    async def put(self, data: bytes) -> Cid:
        check_size(len(data), self._max_bytes)
        cid = cid_of_bytes(data)
        self._blobs[cid] = bytes(data)
        return cid

    async def get(self, cid: str) -> bytes:
        digest_of_cid(cid)
        if cid not in self._blobs:
            raise BlobNotFound(f"no blob {cid}")
        check_size(len(self._blobs[cid]), self._max_bytes)
        return checked_blob(self._blobs[cid], cid)

    async def has(self, cid: str) -> bool:
        digest_of_cid(cid)
        return cid in self._blobs

    def tamper(self, cid: str, data: bytes) -> None:
        """Store wrong bytes under a content id, as a broken store might."""
        self._blobs[cid] = data


class HttpBlobs:
    """Blob store of an API: everyone may read, and writes are signed."""

    def __init__(
        self,
        base_url: str,
        signer: Signer | None = None,
        *,
        clock: Clock | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        max_bytes: int = MAX_BLOB_BYTES,
    ) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url, timeout=HTTP_TIMEOUT, limits=HTTP_LIMITS, transport=transport
        )
        self._signer = RequestSigner(signer, clock or SystemClock()) if signer else None
        self._max_bytes = max_bytes

    async def close(self) -> None:
        await self._client.aclose()

    async def put(self, data: bytes) -> Cid:
        check_size(len(data), self._max_bytes)
        cid = cid_of_bytes(data)
        request = self._client.build_request("PUT", _path(cid), content=data)
        if self._signer is not None:
            request.headers.update(self._signer.headers("PUT", request.url.raw_path.decode(), data))
        await _check_answer(await self._send(request), cid)
        return cid

    async def get(self, cid: str) -> bytes:
        digest_of_cid(cid)
        request = self._client.build_request("GET", _path(cid))
        response = await self._send(request, stream=True)
        try:
            await _check_answer(response, cid)
            data = bytearray()
            async for chunk in response.aiter_bytes():
                check_size(len(data) + len(chunk), self._max_bytes)
                data += chunk
        except httpx.TransportError as cause:
            raise BlobStoreUnavailable(f"reading {cid} broke off: {cause}") from cause
        finally:
            await response.aclose()
        return checked_blob(bytes(data), cid)

    async def has(self, cid: str) -> bool:
        digest_of_cid(cid)
        response = await self._send(self._client.build_request("HEAD", _path(cid)))
        if response.status_code == httpx.codes.NOT_FOUND:
            return False
        await _check_answer(response, cid)
        return True

    async def _send(self, request: httpx.Request, *, stream: bool = False) -> httpx.Response:
        try:
            return await self._client.send(request, stream=stream)
        except httpx.TransportError as cause:
            raise BlobStoreUnavailable(f"{request.url.host} does not answer: {cause}") from cause


def _path(cid: str) -> str:
    return f"/v1/blobs/{cid}"


def check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise BlobTooLarge(f"a blob of {size} bytes exceeds {max_bytes}", fix="split it or raise the limit")


def checked_blob(data: bytes, cid: str) -> bytes:
    if cid_of_bytes(data) != cid:
        raise HashMismatch(f"the store returned other bytes than {cid}")
    return data


async def _check_answer(response: httpx.Response, cid: str) -> None:
    if response.status_code == httpx.codes.NOT_FOUND:
        raise BlobNotFound(f"no blob {cid}")
    if response.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        raise BlobTooLarge(f"{response.url.host} refuses {cid} for its size")
    if response.is_server_error:
        raise BlobStoreUnavailable(f"{response.url.host} answered {response.status_code} for {cid}")
    if not response.is_success:
        await response.aread()
        raise _refusal(response)


def _refusal(response: httpx.Response) -> ApiError:
    """Return the problem of an answer as an error; a retry does not help."""
    try:
        problem = response.json()
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        problem = {}
    return ApiError(
        response.status_code,
        str(problem.get("error", "UnexpectedAnswer")),
        str(problem.get("detail", f"{response.url.host} answered {response.status_code}")),
        fix=problem.get("fix"),
    )
