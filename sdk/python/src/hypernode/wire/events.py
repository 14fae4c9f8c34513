"""HTTP model of an event on chain."""

from typing import Any

from hypernode.wire.fields import U64, AddressText, SignatureText, WireModel


class EventEntry(WireModel):
    """An event as it was written down once and is never changed; `index` is its place in the transaction."""

    program: AddressText
    name: str
    signature: SignatureText
    index: int
    slot: U64
    at: int
    data: dict[str, Any]
