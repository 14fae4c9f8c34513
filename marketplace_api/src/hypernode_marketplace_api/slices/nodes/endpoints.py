"""HTTP routes and the WebSocket of nodes."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, WebSocket

from hypernode.wire.fields import AddressText
from hypernode.wire.nodes import NodePage, NodeView
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.kernel import Kernel, Slice, the
from hypernode_marketplace_api.paging import MAX_CURSOR, MAX_PAGE
from hypernode_marketplace_api.resources.loops import Loop, every
from hypernode_marketplace_api.slices.nodes.service import SWEEP_SECONDS, NodeService
from hypernode_marketplace_api.slices.nodes.socket import NodeSocket

Nodes = Annotated[NodeService, the(NodeService)]


router = APIRouter(prefix="/v1/nodes", tags=["nodes"])


@router.get("", responses=problems(422, 429))
async def list_nodes(
    nodes: Nodes,
    cursor: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
    state: Literal["online", "suspect", "offline"] | None = None,
    min_vram_mib: Annotated[int, Query(ge=0, le=2**32 - 1)] = 0,
) -> NodePage:
    """List nodes in order of address; `next_cursor` continues."""
    return await nodes.page(cursor, limit, state, min_vram_mib)


@router.get("/{node}", responses=problems(404, 422, 429))
async def get_node(nodes: Nodes, node: AddressText) -> NodeView:
    return await nodes.detail(node)


@router.websocket("/ws")
async def connect(node_socket: Annotated[NodeSocket, the(NodeSocket)], socket: WebSocket) -> None:
    await node_socket.serve(socket)


def _loops(kernel: Kernel) -> tuple[Loop, ...]:
    nodes = kernel.one(NodeService)
    return (
        Loop("presence", nodes.sweep, every(SWEEP_SECONDS)),
        Loop("stops", nodes.relay_stops, every(SWEEP_SECONDS)),
    )


SLICE = Slice(routers=(router,), loops=_loops)
