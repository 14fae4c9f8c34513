"""The six scenes of the demo. Each returns its result, or raises `SceneFailed`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from demo.jobs import ENDLESS_TIMEOUT, endless, impossible, long_running, rendering
from demo.stage import DISHONEST, UNABLE, Stage
from hypernode import Job, JobResult, NoNodeFits, Outcome
from hypernode.domain.money import format_hyper
from hypernode.domain.result import Ending
from hypernode.domain.spec import JobSpec
from hypernode.domain.types import Address
from hypernode.errors import HypernodeError

# Seconds. Every wait in a scene ends by a deadline on chain, so none takes longer.
SCENE_SECONDS = 120.0


Draft = tuple[JobSpec, list[bytes]]


class SceneFailed(HypernodeError):
    """The marketplace did not do what it promises."""


@dataclass(frozen=True)
class Shown:
    """One scene's result, for people, and its job."""

    title: str
    result: str
    job: Address


async def honest(stage: Stage, image: str, folder: Path) -> Shown:
    """A node renders the scene and is paid for the seconds it used."""
    await stage.node("alice")
    job = await _post(stage, rendering(image), folder=folder)
    result = await _ended(job)
    _require(result.ok and result.proven, f"the honest job ended as {_outcome(result)}")
    files = result.outputs.files
    _require(any(file.path.endswith(".gif") for file in files), "no animation came back")
    paid = f"paid {format_hyper(result.paid)} HYPER for {result.seconds_used} s"
    return Shown("an honest node", f"settled, {paid}; {len(files)} files", job.id)


async def dishonest(stage: Stage, image: str) -> Shown:
    """A node returns other output: the oracles run the job themselves and reject it."""
    stage.services.stop("alice")
    await stage.node("mallory", DISHONEST)
    before = await stage.score("mallory")
    job = await _post(stage, rendering(image))
    ended = await _ended(job)
    after = await stage.score("mallory")
    stage.services.stop("mallory")
    _require(ended.outcome is Outcome.REJECTED, f"the forged job ended as {_outcome(ended)}")
    _require(ended.reason == "OutputMismatch", f"it was rejected for {ended.reason}")
    _require(ended.refunded == _cap(job) and ended.paid == 0, "the refund is not the whole cap")
    _require(after < before, f"the reputation went from {before} to {after}")
    result = f"rejected (OutputMismatch), all refunded; reputation {before} -> {after}"
    return Shown("a node that forges output", result, job.id)


async def declined(stage: Stage, image: str) -> Shown:
    """A node cannot get the image and says so on chain: another node gets the job at once."""
    await stage.node("carol", UNABLE)
    job = await _post(stage, long_running(image))
    reason = None
    async with asyncio.timeout(SCENE_SECONDS):
        async for entry in job.events():
            if entry.name == "JobDeclined":
                reason = entry.data["decline_reason"]
                break
    stage.services.stop("carol")
    await stage.node("alice")
    ended, detail = await _ended(job), await job.show()
    stage.services.stop("alice")
    _require(reason == "ImageUnavailable", f"it was declined for {reason}")
    _require(ended.ok and detail.attempt == 2, f"it ended as {_outcome(ended)}")
    return Shown("a node that cannot run it", f"declined ({reason}); another node was paid", job.id)


async def killed(stage: Stage, image: str) -> Shown:
    """A node is killed while it runs a job: after the deadline another node gets the job and the pay.

    The demo moves the clock of its local chain past the deadline.
    """
    await stage.node("bob")
    before = await stage.score("bob")
    job = await _post(stage, long_running(image))
    async with asyncio.timeout(SCENE_SECONDS):
        async for entry in job.events():
            if entry.name == "JobAssigned":
                stage.kill("bob")
                break
    await stage.overdue(job.id)
    await stage.node("alice")
    ended = await _ended(job)
    detail, after = await job.show(), await stage.score("bob")
    _require(ended.ok and detail.attempt == 2, f"it ended as {_outcome(ended)}")
    _require(detail.node == stage.nodes["alice"].node, "another node was paid")
    _require(after < before, f"the dead node's reputation went from {before} to {after}")
    result = f"reassigned and settled on attempt 2; the dead node's reputation {before} -> {after}"
    return Shown("a node killed in mid-job", result, job.id)


async def stopped(stage: Stage, image: str) -> Shown:
    """The buyer has seen enough and ends a running job: it pays for the seconds used and keeps the files."""
    job = await _post(stage, endless(image))
    async with asyncio.timeout(SCENE_SECONDS):
        async for _ in job.logs():
            break
    await job.stop()
    ended = await _ended(job)
    receipt = ended.receipt
    _require(receipt is not None and receipt.ending is Ending.STOPPED, f"it ended as {_outcome(ended)}")
    _require(0 < ended.paid < _cap(job) and ended.paid + ended.refunded == _cap(job), "the sums do not hold")
    files = len(ended.outputs.files)
    _require(files == 1, "what it had written did not come back")
    paid = f"paid {format_hyper(ended.paid)} HYPER for {ended.seconds_used} of {ENDLESS_TIMEOUT} s"
    return Shown("a job that the buyer stops", f"settled, {paid}; {files} file", job.id)


async def unfit(stage: Stage, image: str) -> Shown:
    """A job that no node can run is refused with the reason. Posted anyway, it expires and is refunded."""
    draft = impossible(image)
    refusal = ""
    try:
        await _post(stage, draft)
    except NoNodeFits as refused:
        refusal = str(refused)
    _require(bool(refusal), "a job that no node can run was not refused")
    job = await _post(stage, draft, anyway=True)
    await stage.overdue(job.id)
    ended = await _ended(job)
    _require(ended.outcome is Outcome.EXPIRED, f"it ended as {_outcome(ended)}")
    _require(ended.refunded == _cap(job), "the refund is not the whole cap")
    return Shown(
        "a job that no node can run", f'refused ("{refusal}"); posted anyway: expired, all refunded', job.id
    )


async def _post(stage: Stage, draft: Draft, *, anyway: bool = False, folder: Path | None = None) -> Job:
    spec, inputs = draft
    return await stage.hn.jobs.post(spec, inputs, outputs=folder, allow_unfit=anyway)


async def _ended(job: Job) -> JobResult:
    async with asyncio.timeout(SCENE_SECONDS):
        return await job.result()


def _outcome(result: JobResult) -> str:
    return result.outcome.label if result.outcome else "an unknown end"


def _cap(job: Job) -> int:
    assert job.posted is not None, "this process posted it"
    return job.posted.cap


def _require(true: bool, otherwise: str) -> None:
    if not true:
        raise SceneFailed(otherwise)
