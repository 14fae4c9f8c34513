"""The four scenes of the demo. Each returns its result, or raises `SceneFailed`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from demo.jobs import impossible, long_running, rendering
from demo.stage import DISHONEST, Stage
from hypernode.client import NoNodeFits
from hypernode.domain.money import format_hyper
from hypernode.domain.spec import JobSpec
from hypernode.domain.types import Address
from hypernode.errors import HypernodeError
from hypernode.wire.jobs import JobDetail

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
    detail = await _run(stage, rendering(image))
    files = await stage.client.download(Address(detail.job), folder)
    _require(detail.status == "Settled", f"the honest job ended as {detail.status}")
    _require(any(path.suffix == ".gif" for path in files), "no animation came back")
    paid = f"paid {format_hyper(detail.paid)} HYPER for {detail.seconds_used} s"
    return Shown("an honest node", f"settled, {paid}; {len(files)} files", Address(detail.job))


async def dishonest(stage: Stage, image: str) -> Shown:
    """A node returns other output: the oracles run the job themselves and reject it."""
    stage.services.stop("alice")
    await stage.node("mallory", DISHONEST)
    before = await stage.score("mallory")
    detail = await _run(stage, rendering(image))
    after = await stage.score("mallory")
    stage.services.stop("mallory")
    _require(detail.status == "Rejected", f"the forged job ended as {detail.status}")
    _require(detail.reject_reason == "OutputMismatch", f"it was rejected for {detail.reject_reason}")
    _require(detail.refunded == detail.cap and detail.paid == 0, "the refund is not the whole cap")
    _require(after < before, f"the reputation went from {before} to {after}")
    result = f"rejected (OutputMismatch), all refunded; reputation {before} -> {after}"
    return Shown("a node that forges output", result, Address(detail.job))


async def killed(stage: Stage, image: str) -> Shown:
    """A node is killed while it runs a job: after the deadline another node gets the job and the pay."""
    await stage.node("bob")
    before = await stage.score("bob")
    job = await _post(stage, long_running(image))
    async with asyncio.timeout(SCENE_SECONDS):
        async for detail in stage.client.watch(job):
            if detail.status == "Assigned" and detail.attempt == 1:
                stage.kill("bob")
                break
    await stage.node("alice")
    detail = await _ended(stage, job)
    after = await stage.score("bob")
    _require(detail.status == "Settled" and detail.attempt == 2, f"it ended as {detail.status}")
    _require(detail.node == stage.nodes["alice"].node, "another node was paid")
    _require(after < before, f"the dead node's reputation went from {before} to {after}")
    result = f"reassigned and settled on attempt 2; the dead node's reputation {before} -> {after}"
    return Shown("a node killed in mid-job", result, job)


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
    detail = await _ended(stage, job)
    _require(detail.status == "Expired", f"it ended as {detail.status}")
    _require(detail.refunded == detail.cap, "the refund is not the whole cap")
    return Shown(
        "a job that no node can run", f'refused ("{refusal}"); posted anyway: expired, all refunded', job
    )


async def _post(stage: Stage, draft: Draft, *, anyway: bool = False) -> Address:
    spec, inputs = draft
    quote = await stage.client.quote(spec)
    return (await stage.client.post(spec, inputs, quote, allow_unfit=anyway)).job


async def _run(stage: Stage, draft: Draft) -> JobDetail:
    return await _ended(stage, await _post(stage, draft))


async def _ended(stage: Stage, job: Address) -> JobDetail:
    async with asyncio.timeout(SCENE_SECONDS):
        async for detail in stage.client.watch(job):
            if detail.ended_at is not None:
                return detail
    raise SceneFailed(f"job {job} never ended")


def _require(true: bool, otherwise: str) -> None:
    if not true:
        raise SceneFailed(otherwise)
