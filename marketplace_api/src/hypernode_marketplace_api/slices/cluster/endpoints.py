"""HTTP route of the cluster description."""

from typing import Annotated, Any

from fastapi import APIRouter

from hypernode.domain.cluster import WELL_KNOWN
from hypernode_marketplace_api.errors import problems
from hypernode_marketplace_api.kernel import Slice, the
from hypernode_marketplace_api.slices.cluster.service import ClusterService

Clusters = Annotated[ClusterService, the(ClusterService)]

router = APIRouter(tags=["cluster"])


@router.get(WELL_KNOWN, responses=problems(404, 429))
async def get_cluster(clusters: Clusters) -> dict[str, Any]:
    """Show the signed description of this chain: programs, and oracles by epoch (docs/job-receipt.md)."""
    return (await clusters.signed()).to_document()


SLICE = Slice(routers=(router,))
