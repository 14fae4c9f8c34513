"""Reads of a job's receipt, outputs and logs, each checked by hash."""

from typing import Self

from hypernode.blobs import BlobStore
from hypernode.domain.cid import cid_of_digest
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import Receipt
from hypernode.errors import BlobNotFound, BlobTooLarge, DomainError
from hypernode.wire.jobs import FrozenTerms, JobLogs, JobOutputs, JobReceipt, OutputEntry
from hypernode_marketplace_api.errors import LogsNotFound, OutputsNotFound
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.models import JobRow
from hypernode_marketplace_api.slices.jobs.service import JobService
from hypernode_marketplace_api.slices.nodes.service import NodeService


class EvidenceDesk:
    def __init__(self, jobs: JobService, blobs: BlobStore, nodes: NodeService) -> None:
        self._jobs = jobs
        self._blobs = blobs
        self._nodes = nodes

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        return cls(kernel.one(JobService), kernel.outside.blobs, kernel.one(NodeService))

    async def receipt(self, job: str) -> JobReceipt:
        row = await self._jobs.row(job)
        if row.receipt_hash is None:
            raise OutputsNotFound("the job has no receipt yet")
        signed, frozen = await self._jobs.receipt(row), row.frozen
        if frozen and frozen["attempt"] != row.attempt:
            frozen = None
        return JobReceipt(
            job=row.job,
            sequence=row.sequence,
            attempt=row.attempt,
            receipt_cid=cid_of_digest(row.receipt_hash),
            worker_key=signed.worker_key if signed else None,
            signature=signed.signature if signed else None,
            frozen=FrozenTerms.model_validate(frozen) if frozen else None,
        )

    async def outputs(self, job: str) -> JobOutputs:
        """List the files of a job, from the manifest that its receipt names."""
        row = await self._jobs.row(job)
        receipt = await self._receipt_of(row)
        cid = cid_of_digest(receipt.outputs)
        try:
            manifest = OutputManifest.from_bytes(await self._blobs.get(cid))
        except (BlobNotFound, BlobTooLarge, DomainError) as error:
            raise OutputsNotFound(f"the node left no usable manifest: {error}") from error
        if manifest.root != receipt.output_root:
            raise OutputsNotFound("the node's manifest does not match its receipt")
        return JobOutputs(
            job=row.job,
            sequence=row.sequence,
            manifest_cid=cid,
            root=manifest.root.hex(),
            files=[
                OutputEntry(
                    path=file.path,
                    mode=file.mode,
                    size=file.size,
                    sha256=file.sha256.hex(),
                    cid=cid_of_digest(file.sha256),
                )
                for file in manifest.files
            ],
        )

    async def logs(self, job: str) -> JobLogs:
        """Return the final logs, or the live ones until those exist."""
        row = await self._jobs.row(job)
        if row.receipt_hash is not None:
            try:
                receipt = await self._receipt_of(row)
                data = await self._blobs.get(cid_of_digest(receipt.logs))
            except (OutputsNotFound, BlobNotFound, BlobTooLarge, DomainError):
                return self._live(row)
            text = data.decode(errors="replace")
            return _logs(row, text, final=True, truncated=receipt.logs_truncated)
        return self._live(row)

    def _live(self, row: JobRow) -> JobLogs:
        live = self._nodes.live_log(row.job, row.sequence, row.attempt)
        if live is None:
            raise LogsNotFound("nothing was logged yet")
        return _logs(row, live[0], final=False, truncated=live[1])

    async def _receipt_of(self, row: JobRow) -> Receipt:
        if row.receipt_hash is None:
            raise OutputsNotFound("the job has no receipt yet")
        try:
            data = await self._blobs.get(cid_of_digest(row.receipt_hash))
            return Receipt.from_bytes(data, row.receipt_hash)
        except (BlobNotFound, BlobTooLarge, DomainError) as error:
            raise OutputsNotFound(f"the node left no usable receipt: {error}") from error


def _logs(row: JobRow, text: str, *, final: bool, truncated: bool) -> JobLogs:
    return JobLogs(
        job=row.job, sequence=row.sequence, attempt=row.attempt, final=final, truncated=truncated, text=text
    )
