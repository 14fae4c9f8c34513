"""HTTP model of a service's health."""

from typing import Literal

from hypernode.wire.fields import WireModel


class Part(WireModel):
    ok: bool
    error: str | None = None


class Health(WireModel):
    status: Literal["healthy", "degraded", "unhealthy"]
    parts: dict[str, Part]
    # The mirror has all that happened before this slot; None before its first whole look.
    indexer_slot: int | None
    indexer_lag_slots: int | None
