"""Owns how endpoints ask for a signed request: as dependencies that return the key."""

import hashlib
from collections.abc import Awaitable, Callable

from fastapi import Request, Security
from fastapi.security import APIKeyHeader

from hypernode.domain.cid import digest_of_cid
from hypernode.domain.http_signature import KEY_HEADER
from hypernode.domain.types import Address
from hypernode_marketplace_api.auth.service import RequestAuthenticator, SignedRequest

# Shown in the OpenAPI document; the four headers are described in docs/api.md.
_scheme = Security(APIKeyHeader(name=KEY_HEADER, scheme_name="HypernodeSignature", auto_error=False))

SignedBy = Callable[..., Awaitable[Address]]


def signed_by(authenticator: RequestAuthenticator) -> SignedBy:
    """Make the dependency for endpoints whose body is read whole."""

    async def signer(request: Request, _key: str | None = _scheme) -> Address:
        digest = hashlib.sha256(await request.body()).digest()
        return await authenticator.authenticate(_signed(request, digest))

    return signer


def blob_signed_by(authenticator: RequestAuthenticator) -> SignedBy:
    """Make the dependency for uploads: the path names the hash of the body, so it need not be read first."""

    async def signer(request: Request, cid: str, _key: str | None = _scheme) -> Address:
        return await authenticator.authenticate(_signed(request, digest_of_cid(cid)))

    return signer


def _signed(request: Request, digest: bytes) -> SignedRequest:
    raw_path: bytes = request.scope.get("raw_path") or request.url.path.encode()
    query: bytes = request.scope.get("query_string", b"")
    target = (raw_path.split(b"?")[0] + (b"?" + query if query else b"")).decode("latin-1")
    return SignedRequest(request.method, target, digest, request.headers)
