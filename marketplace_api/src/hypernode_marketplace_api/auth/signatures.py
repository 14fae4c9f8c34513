"""Reader of base58 Ed25519 signatures, and the port that verifies them."""

from typing import Protocol

import base58

from hypernode.domain.types import Address
from hypernode_marketplace_api.errors import SignatureInvalid

SIGNATURE_BYTES = 64


class VerifySignature(Protocol):
    """`hypernode.chain.keys.verify`: Ed25519 over the message, by the key at the address."""

    def __call__(self, address: Address, message: bytes, signature: bytes) -> bool: ...


def signature_bytes(text: str) -> bytes:
    try:
        raw = base58.b58decode(text)
    except ValueError as error:
        raise SignatureInvalid("the signature is not base58") from error
    if len(raw) != SIGNATURE_BYTES:
        raise SignatureInvalid(f"a signature has {SIGNATURE_BYTES} bytes, this one {len(raw)}")
    return raw
