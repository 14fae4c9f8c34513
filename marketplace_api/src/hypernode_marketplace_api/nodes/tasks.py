"""Owns the background work of nodes: noticing who fell silent."""

from hypernode_marketplace_api.nodes.service import NodeService

# Often enough that a node is called suspect within a second of becoming so.
SWEEP_SECONDS = 1.0


class PresenceSweep:
    def __init__(self, nodes: NodeService) -> None:
        self._nodes = nodes
        self._started = False

    async def step(self) -> None:
        if not self._started:
            await self._nodes.forget_earlier_life()
            self._started = True
        await self._nodes.sweep()
