"""Run one paid job and print what it wrote. Usage: python hello_job.py IMAGE"""

import asyncio
import sys

from hypernode import Hypernode, format_hyper


async def main(image: str) -> None:
    async with Hypernode.connect() as hn:
        job = await hn.jobs.run(image, "echo hello from the market", timeout_seconds=60)
        async for text in job.logs():
            print(text, end="")
        result = (await job.result()).check()
        print(f"paid {format_hyper(result.paid)} HYPER for {result.seconds_used} s")


asyncio.run(main(*sys.argv[1:]))
