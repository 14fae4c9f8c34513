"""Run several jobs at once and print each result as it ends. Usage: python many_jobs.py IMAGE COUNT"""

import asyncio
import sys

from hypernode import Hypernode, JobResult


async def main(image: str, count: str) -> None:
    async with Hypernode.connect() as hn:

        async def square(number: int) -> tuple[int, JobResult]:
            command = f"echo $(({number} * {number})) > /job/out/square"
            job = await hn.jobs.run(image, command, timeout_seconds=60)
            return number, (await job.result()).check()

        for next_done in asyncio.as_completed([square(number) for number in range(int(count))]):
            number, result = await next_done
            text = (await result.outputs.read("square")).decode().strip()
            print(f"{number} * {number} = {text}")


asyncio.run(main(*sys.argv[1:]))
