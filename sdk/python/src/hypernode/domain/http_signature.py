"""Signatures of HTTP requests: each is valid for one request, once, for a short time."""

import hashlib
import secrets
from collections.abc import Callable
from typing import Protocol

import base58

from hypernode.domain.clock import Clock
from hypernode.domain.types import Address

KEY_HEADER = "X-Hypernode-Key"
TIMESTAMP_HEADER = "X-Hypernode-Timestamp"
NONCE_HEADER = "X-Hypernode-Nonce"
SIGNATURE_HEADER = "X-Hypernode-Signature"

# A request older or newer than this is refused, so nonces need to be remembered only that long.
MAX_SKEW_SECONDS = 60
NONCE_BYTES = 16


class Signer(Protocol):
    """A key that signs without showing itself (`hypernode.chain.keys.Key` is one)."""

    @property
    def address(self) -> Address: ...

    def sign(self, message: bytes) -> bytes: ...


class RequestSigner:
    """Makes the four headers of a signed request, each with a nonce of its own."""

    def __init__(
        self, signer: Signer, clock: Clock, nonces: Callable[[int], str] = secrets.token_hex
    ) -> None:
        self._signer = signer
        self._clock = clock
        self._nonces = nonces

    def headers(self, method: str, target: str, body: bytes = b"") -> dict[str, str]:
        """Sign for `target`, the path with its query exactly as it will be sent."""
        timestamp = self._clock.now()
        nonce = self._nonces(NONCE_BYTES)
        text = http_signing_text(method, target, hashlib.sha256(body).digest(), timestamp, nonce)
        return {
            KEY_HEADER: self._signer.address,
            TIMESTAMP_HEADER: str(timestamp),
            NONCE_HEADER: nonce,
            SIGNATURE_HEADER: base58.b58encode(self._signer.sign(text)).decode(),
        }


def http_signing_text(method: str, target: str, body_digest: bytes, timestamp: int, nonce: str) -> bytes:
    """Return the signed text; `nonce` is 32 lower-case hex digits."""
    lines = ("hn/http/1", method.upper(), target, body_digest.hex(), str(timestamp), nonce)
    return "\n".join(lines).encode()
