"""Print nodes, and the market's events until one of a kind. Usage: python follow_the_market.py EVENT"""

import asyncio
import sys

from hypernode import Hypernode


async def main(last: str) -> None:
    async with Hypernode.connect() as hn:
        async for node in hn.nodes.list(state="online"):
            print(f"{node.node}  {node.gpu_count} GPUs  reputation {node.reputation.score}")
        async for found in hn.events():
            name = type(found.event).__name__
            print(f"slot {found.slot}: {name}")
            if name == last:
                return


asyncio.run(main(*sys.argv[1:]))
