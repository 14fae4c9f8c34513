"""`hyper job run`, `download` and `cancel`: post a paid job, follow it, fetch its output files, cancel it."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from pathlib import Path

import click

from hypernode import Job, JobResult, Quote
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.money import format_hyper, parse_hyper
from hypernode.domain.result import Ending
from hypernode.domain.spec import JobSpec, spec_hash
from hypernode.domain.types import Address
from hypernode.domain.verification import Verification, VerificationLevel
from hypernode.errors import ApiError, ChainError, EngineUnavailable, HypernodeError, ImageUnavailable
from hypernode.wire.jobs import JobDetail
from hypernode_cli.commands.job_spec import draft_spec
from hypernode_cli.context import AddressArgument, Context, command
from hypernode_cli.errors import LeftRunning, OutputsNotSaved
from hypernode_cli.output import Bar

ADDRESS = AddressArgument()
AT_LEAST_1 = click.IntRange(min=1)
# The chain keeps a nonce in 8 bytes.
NONCE = click.IntRange(0, 2**64 - 1)
# The part of the bar that is full at each status; how long each takes is not known in advance.
FRACTIONS = {"Posted": 0.1, "Assigned": 0.4, "Submitted": 0.8}


HOUR = 3_600


class JobNotPaid(HypernodeError):
    """The job ended without a result; the whole cap is back in the buyer account."""


class LostSight(HypernodeError):
    """The job is posted and goes on, but the command can no longer follow it."""


@click.option("--quote", "quote_only", is_flag=True, help="Print the price and stop.")
@click.option("--detach", is_flag=True, help="Do not wait for the end.")
@click.option("--anyway", is_flag=True, help="Post even if no node fits now.")
@click.option(
    "--nonce",
    type=NONCE,
    metavar="NUMBER",
    help="Names the job: run twice with one nonce, it is posted and paid once.",
)
@click.option("--rate", metavar="HYPER", help="HYPER a second to pay; the market's floor by default.")
@click.option("--gpu", metavar="VENDOR:COUNT:VRAM_MIB", help="For example nvidia:1:24000.")
@click.option("--memory", type=AT_LEAST_1, metavar="MIB", help="Memory the job may use.")
@click.option(
    "--timeout",
    "seconds",
    type=AT_LEAST_1,
    metavar="SECONDS",
    help="Stop the job then; 600 by default.",
)
@click.option(
    "--output", "folder", type=click.Path(path_type=Path, file_okay=False), help="Fetch outputs here."
)
@click.option(
    "--input", "inputs", multiple=True, metavar="NAME=FILE", help="File the job finds at /job/in/NAME."
)
@click.option(
    "--spec", "spec_file", type=click.Path(path_type=Path, dir_okay=False), help="Spec as a JSON file."
)
@click.option("--image", metavar="NAME@sha256:…", help="Image with its digest; a local one may be sha256:….")
@click.argument("argv", nargs=-1)
@command("run")
async def run(
    context: Context,
    spec_file: Path | None,
    image: str | None,
    inputs: tuple[str, ...],
    seconds: int | None,
    memory: int | None,
    gpu: str | None,
    rate: str | None,
    nonce: int | None,
    folder: Path | None,
    anyway: bool,
    detach: bool,
    quote_only: bool,
    argv: tuple[str, ...],
) -> None:
    """Post a paid job, follow it to its end and fetch its output files.

    ARGV is the command of the job: hyper job run --image NAME@sha256:… -- python3 -c "print(6 * 7)"
    """
    spec, files = draft_spec(spec_file, image, inputs, seconds, memory, gpu, argv)
    units = None if rate is None else parse_hyper(rate)
    async with context.connected(context.wallet()) as hn:
        if quote_only:
            _show_quote(context, await hn.jobs.quote_spec(spec, units))
            return
        if not anyway:
            await _require_image(context, spec)
        if folder is not None:
            _make(folder)  # before anything is paid
        context.output.note(_verified(await hn.jobs.quote_spec(spec, units)))
        job = await hn.jobs.post(spec, files, rate=units, nonce=nonce, allow_unfit=anyway)
        context.output.note(_beginning(job))
        if detach:
            await hn.mirrored()
            context.output.result(_posted(job, spec), job.id)
            return
        detail, result = await _follow(context, job)
        if result.outcome is None or result.outcome.refunds:
            raise _not_paid(detail)
        paths = await _save(job, result, folder) if folder is not None else ()
    if not result.proven:
        context.output.note("only the API vouches for this result: the RPC endpoint has forgotten its events")
    ended = {"exit_code": result.exit_code, "proven": result.proven, "files": [str(path) for path in paths]}
    context.output.result(
        {**detail.model_dump(mode="json"), **ended},
        f"settled: {_ending(detail)}, paid {format_hyper(detail.paid)} HYPER for "
        f"{detail.seconds_used} s, {format_hyper(detail.refunded)} HYPER unlocked",
        *(f"  {path}" for path in paths),
        f"  what it printed: hyper job:logs {job.id}",
    )


@click.option(
    "--output", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path(), show_default=True
)
@click.argument("address", type=ADDRESS)
@command("download")
async def download(context: Context, address: Address, folder: Path) -> None:
    """Fetch the output files of a job and check each against its hash."""
    async with context.connected() as hn:
        job = await hn.jobs.get(address)
        files = await (await job.outputs()).save(folder)
    context.output.result({"files": [str(path) for path in files]}, *(str(path) for path in files))


@click.argument("address", type=ADDRESS)
@command("cancel")
async def cancel(context: Context, address: Address) -> None:
    """Cancel a job that no node has taken. Its whole cap is unlocked."""
    async with context.connected(context.wallet()) as hn:
        signature = await hn.jobs.cancel(address)
        await hn.mirrored()
    context.output.result({"job": address, "signature": signature}, f"cancelled {address} ({signature})")


@click.argument("address", type=ADDRESS)
@command("stop")
async def stop(context: Context, address: Address) -> None:
    """End a job that a node runs. You pay for the seconds used, and get what it had written."""
    async with context.connected(context.wallet()) as hn:
        view = await hn.jobs.stop(address)
    context.output.result(
        view.model_dump(mode="json"),
        f"asked the node of {address} to end it; the seconds used are paid",
        f"  how it ended: hyper job show {address}",
    )


@click.argument("address", type=ADDRESS)
@command("accept")
async def accept(context: Context, address: Address) -> None:
    """Pay for a submitted job that got no verdict, in the second half of its late window.

    Before that the oracles may still decide; `hyper job:show` names the times.
    """
    async with context.connected(context.wallet()) as hn:
        signature = await hn.jobs.accept(address)
        await hn.mirrored()
    context.output.result({"job": address, "signature": signature}, f"paid {address} ({signature})")


def _show_quote(context: Context, quote: Quote) -> None:
    context.output.result(
        quote.model_dump(mode="json"),
        f"at most {format_hyper(quote.cap)} HYPER ({format_hyper(quote.rate)} a second, "
        f"{quote.timeout_seconds} s at most)",
        f"{quote.fitting_nodes} of {quote.online_nodes} online nodes can run it",
        _verified(quote),
        f"the rest is unlocked at the latest {-(-quote.longest_lock_seconds // HOUR)} hours after posting",
    )


def _ending(detail: JobDetail) -> str:
    return "stopped by you" if detail.ending == Ending.STOPPED.label else f"exit code {detail.exit_code}"


def _verified(quote: Quote) -> str:
    view = quote.verification
    return Verification(VerificationLevel(view.level), view.audit_bps, view.reason).sentence


def _beginning(job: Job) -> str:
    if job.posted is None or job.posted.again:
        return f"{job.id} was posted with this nonce before: nothing is paid again"
    return f"posted {job.id}, {format_hyper(job.posted.cap)} HYPER locked"


async def _require_image(context: Context, spec: JobSpec) -> None:
    """Refuse an image that no node of a local chain can get, before money is locked."""
    if not spec.image.startswith("sha256:") or "faucet" not in context.cluster().keys:
        return
    if find_spec("hypernode_sandbox") is None:
        return  # a buyer's own installation has no engine client
    from hypernode_sandbox.docker_engine import DockerSandbox  # slow to import, and needed only here

    sandbox = DockerSandbox(context.home / "work")
    try:
        if await sandbox.has_image(spec.image):
            return
    except EngineUnavailable:
        return  # the nodes of this chain may run elsewhere
    finally:
        await sandbox.close()
    raise ImageUnavailable(
        f"image {spec.image} is not on this machine, and an id without a name cannot be pulled",
        fix="docker images --digests --no-trunc lists what is here; or name a registry: NAME@sha256:…",
    )


async def _follow(context: Context, job: Job) -> tuple[JobDetail, JobResult]:
    """Show progress until the job has ended; return the job and its result."""
    try:
        with context.output.progress("posted, waiting for a node") as bar:
            async for detail in job.watch():
                if detail.status != "Posted":  # the first line says so
                    _step(bar, detail)
        return detail, await job.result()
    except asyncio.CancelledError:
        raise LeftRunning(
            f"interrupted; job {job.id} goes on, and is paid if its result is accepted",
            fix=f"hyper job show {job.id}; hyper job cancel {job.id} while no node has it, "
            f"hyper job stop {job.id} while one runs it",
        ) from None
    except (ApiError, ChainError) as fault:
        raise LostSight(
            f"job {job.id} is posted and goes on, but cannot be followed: {fault}",
            fix=f"hyper status; then: hyper job show {job.id}",
        ) from fault


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


async def _save(job: Job, result: JobResult, folder: Path) -> tuple[Path, ...]:
    try:
        return await result.outputs.save(folder)
    except OSError as fault:
        raise OutputsNotSaved(
            f"job {job.id} is settled, but its outputs cannot be written: {fault}",
            fix=f"hyper job:download {job.id} --output DIRECTORY",
        ) from fault


def _step(bar: Bar, detail: JobDetail) -> None:
    where = f" on {detail.node}" if detail.node and detail.status == "Assigned" else ""
    bar.step(f"{detail.status.lower()}{where}", FRACTIONS.get(detail.status, 1.0))


def _not_paid(detail: JobDetail) -> JobNotPaid:
    gate = f" ({detail.reject_reason})" if detail.reject_reason else ""
    return JobNotPaid(
        f"job {detail.job} ended as {detail.status}{gate}; "
        f"{format_hyper(detail.refunded)} HYPER are unlocked again",
        fix=f"see what happened: hyper job show {detail.job}",
    )


def _posted(job: Job, spec: JobSpec) -> dict[str, object]:
    assert job.posted is not None, "this process posted it"
    digest = spec_hash(spec)
    return {
        "job": job.id,
        "nonce": job.posted.nonce,
        "cap": job.posted.cap,
        "deposited": job.posted.deposited,
        "spec_cid": cid_of_digest(digest),
        "spec_hash": digest.hex(),
        "signature": job.posted.signature,
    }
