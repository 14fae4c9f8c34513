"""Dependencies of endpoints that need a signed request; each returns the key that signed."""

import hashlib
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader

from hypernode.domain.cid import digest_of_cid
from hypernode.domain.http_signature import KEY_HEADER
from hypernode.domain.types import Address
from hypernode_marketplace_api.auth.service import RequestAuthenticator, SignedRequest
from hypernode_marketplace_api.kernel import the

# Shown in the OpenAPI document; docs/api.md describes the four headers.
_scheme = Security(APIKeyHeader(name=KEY_HEADER, scheme_name="HypernodeSignature", auto_error=False))
_Authenticator = Annotated[RequestAuthenticator, the(RequestAuthenticator)]


async def _signer(request: Request, authenticator: _Authenticator, _key: str | None = _scheme) -> Address:
    digest = hashlib.sha256(await request.body()).digest()
    return await authenticator.authenticate(_signed(request, digest))


async def _blob_signer(
    request: Request, cid: str, authenticator: _Authenticator, _key: str | None = _scheme
) -> Address:
    return await authenticator.authenticate(_signed(request, digest_of_cid(cid)))


# For endpoints whose body is read whole.
Signer = Annotated[Address, Depends(_signer)]
# For uploads: the path names the hash of the body, so the body need not be read first.
BlobSigner = Annotated[Address, Depends(_blob_signer)]


def _signed(request: Request, digest: bytes) -> SignedRequest:
    raw_path: bytes = request.scope.get("raw_path") or request.url.path.encode()
    query: bytes = request.scope.get("query_string", b"")
    target = (raw_path.split(b"?")[0] + (b"?" + query if query else b"")).decode("latin-1")
    return SignedRequest(request.method, target, digest, request.headers)
