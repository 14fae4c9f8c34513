"""Basic types: addresses (base58 of 32 bytes), content ids, GPU vendors."""

from enum import IntEnum
from functools import lru_cache
from typing import NewType

import base58

from hypernode.errors import InvalidAddress

Address = NewType("Address", str)
Cid = NewType("Cid", str)

ADDRESS_BYTES = 32
# Base58 takes quadratic time and addresses repeat: about 10 MiB cache the last ones.
REMEMBERED = 65_536


class GpuVendor(IntEnum):
    """Who made a GPU; `NONE` is a node without one, or a job that needs none."""

    NONE = 0
    NVIDIA = 1
    AMD = 2

    @property
    def label(self) -> str:
        """The name in documents."""
        return self.name.lower()


@lru_cache(REMEMBERED)
def address_of(raw: bytes) -> Address:
    if len(raw) != ADDRESS_BYTES:
        raise InvalidAddress(f"an address has 32 bytes, not {len(raw)}")
    return Address(base58.b58encode(raw).decode())


@lru_cache(REMEMBERED)
def address_bytes(address: str) -> bytes:
    try:
        raw = base58.b58decode(address)
    except ValueError as cause:
        raise InvalidAddress(f"{address!r} is not base58") from cause
    if len(raw) != ADDRESS_BYTES:
        raise InvalidAddress(f"{address!r} has {len(raw)} bytes, an address has 32")
    return raw


def parse_address(text: str) -> Address:
    """Accept the one spelling of an address (base58 has several when the decoder is lenient)."""
    address = address_of(address_bytes(text))
    if address != text:
        raise InvalidAddress(f"{text!r} is not the canonical spelling of {address}")
    return address


ZERO_ADDRESS = address_of(bytes(ADDRESS_BYTES))
