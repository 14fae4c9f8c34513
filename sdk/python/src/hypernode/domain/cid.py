"""Content ids: CIDv1, raw codec, sha2-256; the 32 bytes on chain are the address of the blob."""

import base64
import hashlib

from hypernode.domain.types import Cid
from hypernode.errors import InvalidCid

DIGEST_BYTES = 32
# version 1, codec raw (0x55), multihash sha2-256 (0x12) of 32 (0x20) bytes
_PREFIX = bytes([0x01, 0x55, 0x12, 0x20])


def cid_of_digest(digest: bytes) -> Cid:
    if len(digest) != DIGEST_BYTES:
        raise InvalidCid(f"a sha2-256 digest has 32 bytes, not {len(digest)}")
    return Cid("b" + base64.b32encode(_PREFIX + digest).decode().rstrip("=").lower())


def cid_of_bytes(data: bytes) -> Cid:
    return cid_of_digest(hashlib.sha256(data).digest())


def digest_of_cid(cid: str) -> bytes:
    """Return the digest inside a content id; only the one spelling that we write is accepted."""
    body = cid[1:].upper()
    try:
        raw = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError as cause:
        raise InvalidCid(f"{cid!r} is not base32") from cause
    digest = raw[len(_PREFIX) :]
    if not raw.startswith(_PREFIX) or len(digest) != DIGEST_BYTES or cid_of_digest(digest) != cid:
        raise InvalidCid(f"{cid!r} is not a CIDv1 (raw, sha2-256, base32)")
    return digest
