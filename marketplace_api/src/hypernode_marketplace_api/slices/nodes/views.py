"""Views of nodes, made from their rows and presence."""

from typing import Literal

from hypernode.domain.reputation import tier
from hypernode.domain.types import GpuVendor
from hypernode.wire.nodes import NodeReputation, NodeView
from hypernode_marketplace_api.models import NodePresence, NodeRow
from hypernode_marketplace_api.slices.nodes.sessions import WorkerSession
from hypernode_marketplace_api.views import view

State = Literal["online", "suspect", "offline", "retired"]
_STATES: dict[str, State] = {"online": "online", "suspect": "suspect", "offline": "offline"}
_VENDORS: dict[int, Literal["none", "nvidia", "amd"]] = {
    GpuVendor.NONE: "none",
    GpuVendor.NVIDIA: "nvidia",
    GpuVendor.AMD: "amd",
}


def node_view(
    row: NodeRow, presence: NodePresence | None, stake: int, session: WorkerSession | None
) -> NodeView:
    state: State = _STATES[presence.state] if presence else "offline"
    since = presence.state_since if presence else 0
    if row.retired_at:
        state, since = "retired", row.retired_at
    held = session or presence
    return view(
        NodeView,
        row,
        state=state,
        state_since=since,
        gpu_vendor=_VENDORS.get(row.gpu_vendor, "none"),
        free_slots=held.free_slots if held else None,
        stake=stake,
        reputation=view(NodeReputation, row, tier=tier(row.score).label),
        hardware=presence.hardware if presence else None,
        worker_version=presence.worker_version if presence else None,
    )
