"""Reads of jobs: lists, details with their timelines, and the signatures about them."""

from typing import Self

from hypernode.chain.generated.markets import OraclesRotated
from hypernode.chain.ports import MARKETS, ChainPort
from hypernode.domain.attestation import Audit
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.wire.jobs import JobDetail, JobPage, JobView
from hypernode_marketplace_api.errors import JobNotFound
from hypernode_marketplace_api.history import EventHistory
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.models import AttestationRow, FindingRow, JobRow, ReceiptRow, StopRow
from hypernode_marketplace_api.paging import cut, place_of
from hypernode_marketplace_api.resources.database import Database
from hypernode_marketplace_api.slices.jobs.repository import JobRepository
from hypernode_marketplace_api.slices.jobs.views import job_detail, job_detail_from_chain
from hypernode_marketplace_api.views import view

# Enough to smooth one slow run out, few enough to follow a change.
TYPICAL_OF_LAST = 20
# Audits in which oracles tried a job and could not say what it gives.
NEVER_REPEATED = (Audit.UNREPEATABLE, Audit.IMPOSSIBLE)


class JobService:
    def __init__(self, database: Database, chain: ChainPort) -> None:
        self._database = database
        self._chain = chain

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        return cls(kernel.outside.database, kernel.outside.chain)

    async def page(self, buyer: str | None, status: str | None, cursor: str | None, limit: int) -> JobPage:
        before = place_of(cursor, int, str, int)
        async with self._database.read() as transaction:
            rows = await JobRepository(transaction).page(buyer, status, before, limit + 1)
        page, following = cut(rows, limit, lambda row: (row.created_at, row.job, row.sequence))
        return JobPage(jobs=[view(JobView, row) for row in page], next_cursor=following)

    async def detail(self, job: str) -> JobDetail:
        """Return the newest job at this address; one that is not in the mirror yet is read from the chain."""
        async with self._database.read() as transaction:
            repository = JobRepository(transaction)
            row = await repository.latest(job)
            timeline = await repository.timeline(row.job, row.sequence) if row else []
        if row is not None and row.ended_at is None:
            return job_detail(row, timeline)
        account = await self._chain.job(Address(job))
        if account is not None and (row is None or account.sequence > row.sequence):
            return job_detail_from_chain(Address(job), account)
        if row is None:
            raise JobNotFound(f"no job at {job}")
        return job_detail(row, timeline)

    async def row(self, job: str) -> JobRow:
        async with self._database.read() as transaction:
            row = await JobRepository(transaction).latest(job)
        if row is None:
            raise JobNotFound(f"no job at {job}")
        return row

    async def receipt(self, row: JobRow) -> ReceiptRow | None:
        """Return the signature over the job's receipt on chain, if its worker has sent it."""
        async with self._database.read() as transaction:
            found = await JobRepository(transaction).receipt(row.job, row.sequence, row.attempt)
        return found if found is not None and found.receipt_hash == row.receipt_hash else None

    async def typical_seconds(self, spec_hash: bytes) -> int | None:
        """Return the median time of the last jobs of this very spec."""
        async with self._database.read() as transaction:
            seconds = sorted(await JobRepository(transaction).seconds_of_last(spec_hash, TYPICAL_OF_LAST))
        return seconds[len(seconds) // 2] if seconds else None

    async def never_repeated(self, spec_hash: bytes) -> bool:
        """Return True if oracles have tried this very spec and could not say what it gives."""
        async with self._database.read() as transaction:
            return await JobRepository(transaction).has_audit(spec_hash, NEVER_REPEATED)

    async def oracle_epoch(self) -> int | None:
        """Return the epoch of the last rotation of the oracle set that the mirror holds."""
        async with self._database.read() as transaction:
            rotated = await EventHistory(transaction).named(MARKETS, OraclesRotated.__name__, limit=1)
        return int(rotated[0].data["epoch"]) if rotated else None

    async def submitted(self, job: str, sequence: int, attempt: int) -> JobRow | None:
        """Return a job that the mirror shows as submitted at this attempt."""
        async with self._database.read() as transaction:
            row = await JobRepository(transaction).latest(job)
        if row is None or row.late_until is None or row.status != JobStatus.SUBMITTED.label:
            return None
        return row if (row.sequence, row.attempt) == (sequence, attempt) else None

    async def keep_attestation(self, row: AttestationRow) -> list[AttestationRow]:
        """Keep one attestation, and return all of its job once it is committed."""
        async with self._database.begin() as transaction:
            await JobRepository(transaction).add_attestation(row)
        return await self.attestations(row.job, row.sequence)

    async def keep_finding(self, row: FindingRow) -> list[FindingRow]:
        """Keep one finding, or open it, and return all of its attempt once it is committed."""
        async with self._database.begin() as transaction:
            await JobRepository(transaction).put_finding(row)
        return await self.findings(row.job, row.sequence, row.attempt)

    async def keep_stop(self, row: StopRow) -> StopRow:
        """Keep the first stop of an attempt, and return it once it is committed."""
        async with self._database.begin() as transaction:
            return await JobRepository(transaction).put_stop(row)

    async def findings(self, job: str, sequence: int, attempt: int) -> list[FindingRow]:
        async with self._database.read() as transaction:
            return await JobRepository(transaction).findings(job, sequence, attempt)

    async def attestations(self, job: str, sequence: int) -> list[AttestationRow]:
        async with self._database.read() as transaction:
            return await JobRepository(transaction).attestations(job, sequence)
