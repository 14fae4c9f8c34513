"""Handle of one posted job: its events, its logs, and its result with the output files."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Self

from hypernode.blobs import BlobStore
from hypernode.client.api import WAIT_PATIENCE
from hypernode.client.buyer import LONGEST_WAIT, WATCH_SECONDS, BuyerClient, PostedJob
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.merkle import OutputFile
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import Receipt
from hypernode.domain.status import Outcome
from hypernode.domain.types import Address
from hypernode.errors import ApiError, BlobNotFound, DomainError, HashMismatch
from hypernode.wire.jobs import JobDetail, JobLogs, StopView, TimelineEntry

# Enough of a log's end to find it again in a longer log.
TAIL_CHARS = 400


class JobFailed(DomainError):
    """The job ended without a paid result, or its command failed."""


class NoSuchOutput(DomainError):
    """The job left no file at this path, or has no outputs."""


class Outputs:
    """The files that a job left in /job/out; each is fetched on demand and checked against its hash."""

    def __init__(self, blobs: BlobStore, files: tuple[OutputFile, ...]) -> None:
        self._blobs = blobs
        self._by_path = {file.path: file for file in files}

    @property
    def files(self) -> tuple[OutputFile, ...]:
        """Path, size, mode and SHA-256 of each file, sorted by path."""
        return tuple(self._by_path.values())

    async def read(self, path: str) -> bytes:
        """Return the content of one file."""
        if path not in self._by_path:
            raise NoSuchOutput(f"{path!r} is not an output of this job; it left {sorted(self._by_path)}")
        return await self._blobs.get(cid_of_digest(self._by_path[path].sha256))

    async def save(self, folder: str | Path) -> tuple[Path, ...]:
        """Write every file below a folder, replace what is there, and return the paths."""
        written = []
        for file in self.files:
            data, path = await self.read(file.path), Path(folder) / file.path
            await asyncio.to_thread(_write, path, data, file.mode)
            written.append(path)
        return tuple(written)


@dataclass(frozen=True)
class JobResult:
    """How a job ended. Amounts are base units of HYPER.

    `outcome` is None if the chain dropped the event that names it. `reason` names the check that a rejected
    job failed. `exit_code` and `receipt` are None if no node submitted a receipt, or its blob is gone.
    `proven` is True if the chain's own events confirm receipt, outcome and amounts, and False if the RPC
    endpoint has forgotten them, so that only the API vouches for this result.
    """

    job: Address
    outcome: Outcome | None
    reason: str | None
    exit_code: int | None
    seconds_used: int | None
    paid: int
    refunded: int
    outputs: Outputs
    receipt: Receipt | None
    proven: bool

    @property
    def ok(self) -> bool:
        """True if the job was paid and its command returned 0."""
        return self.outcome is not None and not self.outcome.refunds and self.exit_code == 0

    def check(self) -> Self:
        """Return this result if it is `ok`; raise `JobFailed` otherwise."""
        if self.ok:
            return self
        ended = "Ended" if self.outcome is None else self.outcome.label
        why = f" ({self.reason})" if self.reason else ""
        raise JobFailed(f"job {self.job} is {ended}{why}, exit code {self.exit_code}", about=self.job)


class Job:
    """One job on chain. `id` is its address; `posted` is what this process locked for it, if it did."""

    def __init__(
        self,
        buyer: BuyerClient,
        blobs: BlobStore,
        id: Address,
        *,
        posted: PostedJob | None = None,
        folder: Path | None = None,
    ) -> None:
        self._buyer, self._blobs, self._folder = buyer, blobs, folder
        self.id = id
        self.posted = posted

    def __repr__(self) -> str:
        return f"Job({self.id})"

    async def show(self) -> JobDetail:
        """Return the job as the API has it now, with its timeline."""
        return await self._buyer.job(self.id)

    async def watch(self) -> AsyncIterator[JobDetail]:
        """Yield the job whenever it changed, and last when it has ended."""
        async for detail in self._buyer.watch(self.id, is_posted=self.posted is not None):
            yield detail

    async def events(self) -> AsyncIterator[TimelineEntry]:
        """Yield each event of the chain about this job, from its first on, until it has ended."""
        seen: set[tuple[str, int]] = set()
        async for detail in self._buyer.watch(self.id, is_posted=self.posted is not None):
            for entry in detail.timeline:
                if (entry.signature, entry.index) not in seen:
                    seen.add((entry.signature, entry.index))
                    yield entry

    async def logs(self) -> AsyncIterator[str]:
        """Yield what the job writes to standard output and error, in pieces, until that is complete.

        A new attempt starts again from its beginning. If the final log differs from what the node sent
        while the job ran, the final log follows whole.
        """
        shown, attempt = "", 0
        wait = WATCH_SECONDS
        while True:
            ended = (await self._buyer.job(self.id, WAIT_PATIENCE)).ended_at is not None
            found = await self._logs()
            if found is not None:
                if found.attempt != attempt:
                    shown, attempt = "", found.attempt
                if text := _unseen(shown, found.text):
                    yield text
                    shown, wait = found.text, WATCH_SECONDS
            if ended or (found is not None and found.final):
                return
            await self._buyer.sleep(wait * random.uniform(0.5, 1))
            wait = min(wait * 1.5, LONGEST_WAIT)

    async def outputs(self) -> Outputs:
        """Return the files of the receipt that a node submitted; raise `NoSuchOutput` if none did yet."""
        detail = await self.show()
        if detail.receipt_hash is None:
            raise NoSuchOutput(f"no node has submitted outputs of job {self.id}", about=self.id)
        await self._buyer.proven(detail)
        return Outputs(self._blobs, await self._files(await self._receipt(detail)))

    async def result(self) -> JobResult:
        """Wait until the job has ended and return how; save its outputs if `run` was given a folder.

        Raise `ApiMismatch` if the chain's events contradict what the API says about the end.
        """
        async for detail in self._buyer.watch(self.id, is_posted=self.posted is not None):
            last = detail
        proven = await self._buyer.proven(last)
        receipt: Receipt | None = None
        files: tuple[OutputFile, ...] = ()
        with suppress(BlobNotFound):
            receipt = await self._receipt(last)
            files = await self._files(receipt)
        outputs = Outputs(self._blobs, files)
        if self._folder is not None:
            await outputs.save(self._folder)
        return JobResult(
            job=self.id,
            outcome=next((outcome for outcome in Outcome if outcome.label == last.status), None),
            reason=last.reject_reason,
            exit_code=None if receipt is None else receipt.exit_code,
            seconds_used=last.seconds_used,
            paid=last.paid,
            refunded=last.refunded,
            outputs=outputs,
            receipt=receipt,
            proven=proven,
        )

    async def cancel(self) -> str:
        """Take the job back while no node has taken it, and return the transaction's signature."""
        return await self._buyer.cancel(self.id)

    async def stop(self) -> StopView:
        """End the job's run; the seconds used are paid, and what it had written comes as outputs."""
        return await self._buyer.stop(self.id)

    async def _logs(self) -> JobLogs | None:
        try:
            return await self._buyer.logs(self.id)
        except ApiError as fault:
            if fault.status == HTTPStatus.NOT_FOUND:
                return None
            raise

    async def _receipt(self, detail: JobDetail) -> Receipt | None:
        """Return the receipt whose hash is on chain, if a node submitted one."""
        if detail.receipt_hash is None:
            return None
        digest = bytes.fromhex(detail.receipt_hash)
        return Receipt.from_bytes(await self._blobs.get(cid_of_digest(digest)), digest)

    async def _files(self, receipt: Receipt | None) -> tuple[OutputFile, ...]:
        """Return the files of the manifest that the receipt names, if their root is the receipt's."""
        if receipt is None:
            return ()
        manifest = OutputManifest.from_bytes(await self._blobs.get(cid_of_digest(receipt.outputs)))
        if manifest.root != receipt.output_root:
            raise HashMismatch(f"the output list of {self.id} is not the one that its receipt names")
        return manifest.files


def _unseen(shown: str, text: str) -> str:
    """Return the part of a log that follows what was shown; a live log may have lost its beginning."""
    if text.startswith(shown):
        return text[len(shown) :]
    tail = shown[-TAIL_CHARS:]
    place = text.rfind(tail)
    return text if place < 0 else text[place + len(tail) :]


def _write(path: Path, data: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(mode)
