"""Views of nodes, made from their rows and presence."""

from typing import Literal

from hypernode.domain.reputation import tier
from hypernode.domain.types import GpuVendor
from hypernode.wire.nodes import Hardware, NodeReputation, NodeView
from hypernode_marketplace_api.models import NodePresence, NodeRow
from hypernode_marketplace_api.slices.nodes.sessions import WorkerSession

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
    return NodeView(
        node=row.node,
        operator=row.operator,
        worker_key=row.worker_key,
        state=state,
        state_since=since,
        gpu_vendor=_VENDORS.get(row.gpu_vendor, "none"),
        gpu_count=row.gpu_count,
        vram_mib=row.vram_mib,
        active_jobs=row.active_jobs,
        free_slots=session.free_slots if session else presence.free_slots if presence else None,
        stake=stake,
        reputation=NodeReputation(
            score=row.score,
            tier=tier(row.score).label,
            ok=row.ok,
            rejected=row.rejected,
            timed_out=row.timed_out,
        ),
        hardware=Hardware.model_validate(presence.hardware) if presence else None,
        worker_version=presence.worker_version if presence else None,
    )
