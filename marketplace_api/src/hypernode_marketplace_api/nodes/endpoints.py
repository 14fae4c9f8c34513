"""Owns the HTTP routes of nodes."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from hypernode.wire.fields import AddressText
from hypernode.wire.nodes import NodePage, NodeView
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.nodes.service import MAX_PAGE, NodeService


def node_router(nodes: NodeService) -> APIRouter:
    router = APIRouter(prefix="/v1/nodes", tags=["nodes"])

    @router.get("", responses=problems(422, 429))
    async def list_nodes(
        cursor: AddressText | None = None,
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
        state: Literal["online", "suspect", "offline"] | None = None,
        min_vram_mib: Annotated[int, Query(ge=0, le=2**32 - 1)] = 0,
    ) -> NodePage:
        """List nodes in order of address; `next_cursor` continues."""
        return await nodes.page(cursor, limit, state, min_vram_mib)

    @router.get("/{node}", responses=problems(404, 422, 429))
    async def get_node(node: AddressText) -> NodeView:
        return await nodes.detail(node)

    return router
