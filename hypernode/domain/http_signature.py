"""Owns what keys sign to speak over HTTP and WebSocket: one request, one node greeting."""

import hashlib

KEY_HEADER = "X-Hypernode-Key"
TIMESTAMP_HEADER = "X-Hypernode-Timestamp"
NONCE_HEADER = "X-Hypernode-Nonce"
SIGNATURE_HEADER = "X-Hypernode-Signature"

# A request older or newer than this is refused, so nonces need to be remembered only that long.
MAX_SKEW_SECONDS = 60
NONCE_BYTES = 16

HELLO_DOMAIN = b"hn/node-hello/1"
CHALLENGE_BYTES = 32


def http_signing_bytes(method: str, target: str, body: bytes, timestamp: int, nonce: str) -> bytes:
    """Return the signed text; `target` is the path with its query as sent, `nonce` 32 hex digits."""
    return http_signing_text(method, target, hashlib.sha256(body).digest(), timestamp, nonce)


def http_signing_text(method: str, target: str, body_digest: bytes, timestamp: int, nonce: str) -> bytes:
    """Do the same for a body of which only the SHA-256 is at hand, like one that is streamed."""
    return "\n".join(("hn/http/1", method.upper(), target, body_digest.hex(), str(timestamp), nonce)).encode()


def hello_signing_bytes(challenge: bytes) -> bytes:
    return HELLO_DOMAIN + challenge
