"""Measures where the time of a paid job goes, beside a bare `docker run` of the same image in one run."""

import asyncio
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import Column, publish
from demo.stage import Stage, raised
from hypernode.domain.spec import JobSpec
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode_cli.output import Output
from tests.support.engine import runtime_image

JOBS = 7
POLL_SECONDS = 0.005
STEPS = ("posted -> assigned", "assigned -> receipt", "receipt -> settled", "posted -> settled")


@dataclass
class Times:
    """Wall-clock seconds at which this process first saw each status."""

    posted: float = 0.0
    assigned: float = 0.0
    submitted: float = 0.0
    settled: float = 0.0

    def spans(self) -> tuple[float, float, float, float]:
        return (
            self.assigned - self.posted,
            self.submitted - self.assigned,
            self.settled - self.submitted,
            self.settled - self.posted,
        )


async def watched(stage: Stage, image: str) -> Times:
    """Post one job that does nothing and look at the chain until it is gone."""
    spec = JobSpec(image=image, command=("true",), timeout_seconds=60)
    job = (await stage.hn.jobs.post(spec)).id
    times = Times(posted=time.monotonic())
    while not times.settled:
        await _look(stage, job, times)
        await asyncio.sleep(POLL_SECONDS)
    return times


async def _look(stage: Stage, job: Address, times: Times) -> None:
    live, now = await stage.chain.job(job), time.monotonic()
    if live is None:
        times.settled = now
    elif live.status is JobStatus.SUBMITTED:
        times.submitted = times.submitted or now
        times.assigned = times.assigned or now
    elif live.status is JobStatus.ASSIGNED:
        times.assigned = times.assigned or now


def bare(image: str) -> float:
    """Time one `docker run` of the same image, with nothing of ours."""
    began = time.monotonic()
    subprocess.run(("docker", "run", "--rm", "--network", "none", image, "true"), check=True)
    return time.monotonic() - began


async def measure() -> None:
    image = runtime_image()
    jobs: list[Times] = []
    peers: list[float] = []
    with tempfile.TemporaryDirectory(prefix="hypernode-latency-") as home:
        async with raised(Path(home), Output(as_json=True)) as stage:
            await stage.node("node")
            await watched(stage, image)
            for _ in range(JOBS):
                peers.append(await asyncio.to_thread(bare, image))
                jobs.append(await watched(stage, image))
    docker = statistics.median(peers)
    spans = [[one.spans()[index] for one in jobs] for index in range(len(STEPS))]
    rows = [_row(step, values) for step, values in zip(STEPS, spans, strict=True)]
    rows.append(_row("docker run, bare", peers))
    ours = statistics.median(spans[1]) - docker
    rows.append({"what": "assigned -> receipt, over bare", "median": _ms(ours), "worst": None, "goal": 100})
    publish(
        "latency",
        (
            Column("step", "what"),
            Column("median ms", "median"),
            Column("worst ms", "worst"),
            Column("goal ms", "goal"),
        ),
        rows,
        (
            f"{JOBS} jobs of `true` and as many bare runs, in turn, after one of each to warm up.",
            "The local chain lands a transaction at once: a network adds one to two slots of 400 ms a step.",
            "receipt -> settled holds the oracles' own runs (a node's first jobs are all run again).",
        ),
    )


def _row(what: str, values: list[float]) -> dict[str, object]:
    return {"what": what, "median": _ms(statistics.median(values)), "worst": _ms(max(values)), "goal": None}


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


if __name__ == "__main__":
    asyncio.run(measure())
