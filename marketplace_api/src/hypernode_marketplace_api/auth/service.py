"""Check of a signed request: the signature covers the whole request, is recent, and counts once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from hypernode.chain.keys import verify
from hypernode.domain.clock import Clock
from hypernode.domain.http_signature import (
    KEY_HEADER,
    NONCE_BYTES,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    http_signing_text,
)
from hypernode.domain.types import Address, parse_address
from hypernode.errors import InvalidAddress
from hypernode_marketplace_api.auth.repository import NonceRepository
from hypernode_marketplace_api.auth.signatures import VerifySignature, signature_bytes
from hypernode_marketplace_api.errors import NonceReused, SignatureInvalid, SignatureMissing, SignatureStale
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.resources.rate_limiter import RateLimiter

_NONCE = re.compile(rf"[0-9a-f]{{{2 * NONCE_BYTES}}}", re.ASCII)
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True)
class SignedRequest:
    """What the signature covers; `target` is the path and query as sent."""

    method: str
    target: str
    body_digest: bytes
    headers: Mapping[str, str]


class RequestAuthenticator:
    def __init__(
        self, database: Database, clock: Clock, verify: VerifySignature, limit: RateLimiter, skew_seconds: int
    ) -> None:
        self._database = database
        self._clock = clock
        self._verify = verify
        self._limit = limit
        self._skew = skew_seconds

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        outside, skew = kernel.outside, kernel.settings.signature_skew_seconds
        return cls(outside.database, outside.clock, verify, kernel.limit_by_key, skew)

    async def authenticate(self, request: SignedRequest) -> Address:
        """Return the key that signed the request, and use its nonce up."""
        key, timestamp, nonce, signature = self._headers(request.headers)
        if abs(self._clock.now() - timestamp) > self._skew:
            raise SignatureStale(
                f"the request is more than {self._skew} s off", fix="set the clock and sign the request again"
            )
        text = http_signing_text(request.method, request.target, request.body_digest, timestamp, nonce)
        if not self._verify(key, text, signature):
            raise SignatureInvalid("the signature is not of this key over this request")
        # Only the key's owner gets here, so nobody else can use up its allowance.
        await self._limit.take(key)
        async with self._database.begin() as db:
            fresh = await NonceRepository(db).use(key, nonce, timestamp + self._skew + 1)
        if not fresh:
            raise NonceReused("this nonce was used before", fix="sign every request with a new nonce")
        return key

    async def forget_old_nonces(self) -> None:
        async with self._database.begin() as db:
            await NonceRepository(db).forget_before(self._clock.now())

    def _headers(self, headers: Mapping[str, str]) -> tuple[Address, int, str, bytes]:
        names = (KEY_HEADER, TIMESTAMP_HEADER, NONCE_HEADER, SIGNATURE_HEADER)
        missing = [name for name in names if not headers.get(name)]
        if missing:
            raise SignatureMissing(f"no {', '.join(missing)}", fix="sign the request, see docs/api.md")
        key, timestamp, nonce, signature = (headers[name] for name in names)
        if not _TIMESTAMP.fullmatch(timestamp) or not _NONCE.fullmatch(nonce):
            raise SignatureInvalid("the timestamp is unix seconds and the nonce 32 lower-case hex digits")
        try:
            return parse_address(key), int(timestamp), nonce, signature_bytes(signature)
        except InvalidAddress as error:
            raise SignatureInvalid(str(error)) from error
