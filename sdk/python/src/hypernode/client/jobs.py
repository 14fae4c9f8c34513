"""A buyer's jobs: quote, post, run, get, list, stop and cancel."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

from hypernode.blobs import BlobStore
from hypernode.client.buyer import BuyerClient, PostedJob
from hypernode.client.job import Job
from hypernode.domain.spec import InputFile, JobSpec, Resources, spec_hash
from hypernode.domain.status import DeterminismClass
from hypernode.domain.types import parse_address
from hypernode.errors import DomainError, InvalidJobSpec, NoKey
from hypernode.wire.jobs import JobView, StopView
from hypernode.wire.quotes import Quote

# The content itself, or the path of a file that has it.
Input = bytes | str | Path


class NonceTaken(DomainError):
    """The nonce names another job of this buyer already."""


class JobOptions(TypedDict, total=False):
    """What a job may be given beside image, command and inputs; `JobSpec` has the defaults."""

    timeout_seconds: int
    resources: Resources
    env: Mapping[str, str]
    workdir: str
    max_output_bytes: int
    max_log_bytes: int
    seed: int
    determinism: DeterminismClass


class Jobs:
    """The jobs of one wallet on one market. Without a wallet only `quote` and `get` work."""

    def __init__(self, buyer: BuyerClient, blobs: BlobStore, *, can_sign: bool = True) -> None:
        self._buyer, self._blobs, self._can_sign = buyer, blobs, can_sign

    async def quote(
        self,
        image: str,
        command: str | Sequence[str],
        *,
        inputs: Mapping[str, Input] | None = None,
        rate: int | None = None,
        **options: Unpack[JobOptions],
    ) -> Quote:
        """Return what `run` with the same arguments would lock, and how many nodes could run it now."""
        spec, _ = await describe(image, command, inputs, **options)
        return await self.quote_spec(spec, rate)

    async def quote_spec(self, spec: JobSpec, rate: int | None = None) -> Quote:
        """Return what `post` of a spec would lock, and how many nodes could run it now.

        Raise `ApiMismatch` unless the API quotes this spec and market at `rate`, or at the market's floor.
        """
        return await self._buyer.quote(spec, rate)

    async def run(
        self,
        image: str,
        command: str | Sequence[str],
        *,
        inputs: Mapping[str, Input] | None = None,
        outputs: str | Path | None = None,
        rate: int | None = None,
        nonce: int | None = None,
        allow_unfit: bool = False,
        **options: Unpack[JobOptions],
    ) -> Job:
        """Post a job and return its handle; `await job.result()` waits for its end.

        `image` names its digest ("name@sha256:…"). A `command` that is one text is run by `sh -c`. The job
        finds `inputs` below /job/in and leaves its files in /job/out; `outputs` is the folder that
        `Job.result` saves them to. `rate` is base units a second, the market's floor if absent.
        """
        spec, files = await describe(image, command, inputs, **options)
        return await self.post(spec, files, outputs=outputs, rate=rate, nonce=nonce, allow_unfit=allow_unfit)

    async def post(
        self,
        spec: JobSpec,
        files: Iterable[bytes] = (),
        *,
        outputs: str | Path | None = None,
        rate: int | None = None,
        nonce: int | None = None,
        allow_unfit: bool = False,
    ) -> Job:
        """Upload a spec with its input files, lock its cap and create the job.

        Posting twice with one `nonce` pays once: the second call returns the job of the first. Raises
        `ApiMismatch`, `NoNodeFits` (unless `allow_unfit`) and `InsufficientFunds` before anything is signed.
        """
        self._require_key()
        posted = None if nonce is None else await self._posted_before(nonce, spec)
        if posted is None:
            posted = await self._buyer.post(spec, files, rate=rate, nonce=nonce, allow_unfit=allow_unfit)
        folder = None if outputs is None else Path(outputs)
        return Job(self._buyer, self._blobs, posted.job, posted=posted, folder=folder)

    async def get(self, id: str) -> Job:
        """Return the handle of any job; a job that the API does not know raises `ApiError` (404)."""
        job = Job(self._buyer, self._blobs, parse_address(id))
        await job.show()
        return job

    async def list(self, status: str | None = None) -> AsyncIterator[JobView]:
        """Yield this wallet's jobs, newest first; `status` such as "Settled" picks some."""
        self._require_key()
        cursor = None
        while True:
            page = await self._buyer.jobs(status, cursor)
            for view in page.jobs:
                yield view
            cursor = page.next_cursor
            if cursor is None:
                return

    async def cancel(self, id: str) -> str:
        """Take back a job that no node has taken, and return the transaction's signature."""
        self._require_key()
        return await self._buyer.cancel(parse_address(id))

    async def accept(self, id: str) -> str:
        """Pay a submitted job that got no verdict, and return the transaction's signature.

        The program allows it in the second half of the late window. It refuses with `TooEarlyToAccept` before
        that and with `VerdictTooLate` after it.
        """
        self._require_key()
        return await self._buyer.accept(parse_address(id))

    async def stop(self, id: str) -> StopView:
        """End a job that a node runs; the seconds used are paid once the oracles accept.

        Raise `InvalidTransition` for a job that no node runs now, `ApiError` if the API cannot relay it.
        """
        self._require_key()
        return await self._buyer.stop(parse_address(id))

    def _require_key(self) -> None:
        if not self._can_sign:
            raise no_wallet()

    async def _posted_before(self, nonce: int, spec: JobSpec) -> PostedJob | None:
        """Return the job that this nonce names, also one that has ended and left its address free."""
        found = await self._buyer.created(nonce)
        if found is None:
            return None
        posted, digest = found
        if digest != spec_hash(spec):
            raise NonceTaken(
                f"nonce {nonce} names {posted.job} already, a job with another spec; choose another",
                about=posted.job,
            )
        return posted


def no_wallet() -> NoKey:
    return NoKey("this needs a wallet", fix="pass wallet=: a Key, or the path of a key file")


async def describe(
    image: str,
    command: str | Sequence[str],
    inputs: Mapping[str, Input] | None = None,
    **options: Unpack[JobOptions],
) -> tuple[JobSpec, tuple[bytes, ...]]:
    """Return the spec of a job and the bytes of its inputs."""
    files = await asyncio.to_thread(_read_inputs, inputs or {})
    spec = JobSpec(
        image=image,
        command=("sh", "-c", command) if isinstance(command, str) else tuple(command),
        inputs=tuple(
            InputFile(name, hashlib.sha256(data).digest(), len(data)) for name, data in files.items()
        ),
        **options,
    )
    return spec, tuple(files.values())


def _read_inputs(inputs: Mapping[str, Input]) -> dict[str, bytes]:
    return {name: _content(name, given) for name, given in inputs.items()}


def _content(name: str, given: Input) -> bytes:
    if isinstance(given, bytes):
        return given
    try:
        return Path(given).read_bytes()
    except OSError as cause:
        raise InvalidJobSpec(
            f"inputs.{name}", f"{given} cannot be read: {cause.strerror}", fix="give a path or bytes"
        ) from cause
