"""`hyper job run`, `download` and `cancel`: post a paid job, follow it, fetch its output files, cancel it."""

from __future__ import annotations

from http import HTTPStatus
from importlib.util import find_spec
from pathlib import Path

import click

from hypernode.chain import addresses
from hypernode.client import BuyerClient, PostedJob
from hypernode.domain.cid import cid_of_bytes, digest_of_cid
from hypernode.domain.money import format_hyper, parse_hyper
from hypernode.domain.spec import JobSpec, spec_hash
from hypernode.domain.types import Address
from hypernode.errors import ApiError, ChainError, EngineUnavailable, HypernodeError, ImageUnavailable
from hypernode.wire.jobs import JobDetail
from hypernode_cli.commands.job_spec import draft_spec
from hypernode_cli.context import AddressArgument, Context, command
from hypernode_cli.output import Bar

ADDRESS = AddressArgument()
AT_LEAST_1 = click.IntRange(min=1)
# The chain keeps a nonce in 8 bytes.
NONCE = click.IntRange(0, 2**64 - 1)
SETTLED = "Settled"
# The part of the bar that is full at each status; how long each takes is not known in advance.
FRACTIONS = {"Posted": 0.1, "Assigned": 0.4, "Submitted": 0.8}


class JobNotPaid(HypernodeError):
    """The job ended without a result; the whole cap is back in the buyer account."""


class LostSight(HypernodeError):
    """The job is posted and goes on, but the command can no longer follow it."""


class NonceTaken(HypernodeError):
    """The nonce already names a job with another spec."""


@click.option(
    "--spec", "spec_file", type=click.Path(path_type=Path, dir_okay=False), help="Spec as a JSON file."
)
@click.option("--image", help="Image with its digest (name@sha256:… or sha256:…).")
@click.option(
    "--input", "inputs", multiple=True, metavar="NAME=FILE", help="File the job finds at /job/in/NAME."
)
@click.option("--timeout", "seconds", type=AT_LEAST_1, help="Seconds after which the job is stopped.")
@click.option("--memory", type=AT_LEAST_1, metavar="MIB", help="Memory the job may use.")
@click.option("--gpu", metavar="VENDOR:COUNT:VRAM_MIB", help="For example nvidia:1:24000.")
@click.option("--rate", help="HYPER a second to pay; the market's floor by default.")
@click.option(
    "--nonce", type=NONCE, help="Names the job: run twice with one nonce, it is posted and paid once."
)
@click.option(
    "--output", "folder", type=click.Path(path_type=Path, file_okay=False), help="Fetch outputs here."
)
@click.option("--anyway", is_flag=True, help="Post even if no node fits now.")
@click.option("--detach", is_flag=True, help="Do not wait for the end.")
@click.option("--quote", "quote_only", is_flag=True, help="Print the price and stop.")
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
    """Post a paid job, follow it to its end and fetch its output files."""
    spec, blobs = draft_spec(spec_file, image, inputs, seconds, memory, gpu, argv)
    async with context.client() as client:
        quote = await client.quote(spec, None if rate is None else parse_hyper(rate))
        if quote_only:
            context.output.result(
                quote.model_dump(mode="json"),
                f"at most {format_hyper(quote.cap)} HYPER ({format_hyper(quote.rate)} a second, "
                f"{quote.timeout_seconds} s at most)",
                f"{quote.fitting_nodes} of {quote.online_nodes} online nodes can run it",
            )
            return
        posted = None if nonce is None else await _posted_before(client, nonce, spec)
        if posted is None:
            if not anyway:
                await _require_image(context, spec)
            posted = await client.post(spec, blobs, quote, nonce=nonce, allow_unfit=anyway)
            context.output.note(f"posted {posted.job}, {format_hyper(posted.cap)} HYPER locked")
        else:
            context.output.note(f"{posted.job} was posted with this nonce before: nothing is paid again")
        if detach:
            await client.mirrored()
            context.output.result(_posted(posted, spec), posted.job)
            return
        detail = await _follow(context, client, posted.job)
        if detail.status != SETTLED:
            raise _not_paid(detail)
        files = await client.download(posted.job, folder) if folder is not None else []
    context.output.result(
        {**detail.model_dump(mode="json"), "files": [str(path) for path in files]},
        f"settled: paid {format_hyper(detail.paid)} HYPER for {detail.seconds_used} s, "
        f"{format_hyper(detail.refunded)} HYPER unlocked",
        *(f"  {path}" for path in files),
    )


@click.option(
    "--output", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path(), show_default=True
)
@click.argument("address", type=ADDRESS)
@command("download")
async def download(context: Context, address: Address, folder: Path) -> None:
    """Fetch the output files of a job and check each against its hash."""
    async with context.client() as client:
        files = await client.download(address, folder)
    context.output.result({"files": [str(path) for path in files]}, *(str(path) for path in files))


@click.argument("address", type=ADDRESS)
@command("cancel")
async def cancel(context: Context, address: Address) -> None:
    """Cancel a job that no node has taken. Its whole cap is unlocked."""
    async with context.client() as client:
        signature = await client.cancel(address)
        await client.mirrored()
    context.output.result({"job": address, "signature": signature}, f"cancelled {address} ({signature})")


async def _posted_before(client: BuyerClient, nonce: int, spec: JobSpec) -> PostedJob | None:
    """Return the job that this nonce already names, or None.

    The chain refuses a second job only while the first one lives: after its end the address is free again.
    """
    address = addresses.job(client.owner, nonce)
    try:
        detail = await client.job(address)
    except ApiError as fault:
        if fault.status == HTTPStatus.NOT_FOUND:
            return None
        raise
    if detail.spec_hash != spec_hash(spec).hex():
        raise NonceTaken(
            f"nonce {nonce} names {address} already, a job with another spec",
            fix=f"choose another --nonce, or see that job: hyper job show {address}",
        )
    signature = detail.timeline[0].signature if detail.timeline else ""
    return PostedJob(address, nonce, detail.cap, 0, signature)


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


async def _follow(context: Context, client: BuyerClient, address: Address) -> JobDetail:
    """Show progress until the job has ended; return the job."""
    detail: JobDetail | None = None
    try:
        with context.output.progress("posted, waiting for a node") as bar:
            async for detail in client.watch(address):
                _step(bar, detail)
    except (ApiError, ChainError) as fault:
        raise LostSight(
            f"job {address} is posted and goes on, but cannot be followed: {fault}",
            fix=f"hyper status; then: hyper job show {address}",
        ) from fault
    if detail is None:
        raise LostSight(f"job {address} is unknown to the API", fix=f"hyper job show {address}")
    return detail


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


def _posted(posted: PostedJob, spec: JobSpec) -> dict[str, object]:
    cid = cid_of_bytes(spec.to_bytes())
    return {
        "job": posted.job,
        "nonce": posted.nonce,
        "cap": posted.cap,
        "deposited": posted.deposited,
        "spec_cid": cid,
        "spec_hash": digest_of_cid(cid).hex(),
        "signature": posted.signature,
    }
