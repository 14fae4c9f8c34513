"""Owns reading jobs: lists, details with their timelines, and what was signed about them."""

import base64
import binascii

from hypernode.chain.ports import ChainPort
from hypernode.domain.types import Address, parse_address
from hypernode.errors import InvalidAddress
from hypernode.wire.jobs import JobDetail, JobPage
from hypernode_marketplace_api.errors import JobNotFound, Malformed, MarketNotFound
from hypernode_marketplace_api.jobs.repository import JobRepository
from hypernode_marketplace_api.jobs.views import job_detail, job_detail_from_chain, job_view
from hypernode_marketplace_api.models import AttestationRow, JobRow, MarketRow, ReceiptRow
from hypernode_marketplace_api.resources.database import Database

MAX_PAGE = 100
# Enough to smooth one slow run out, few enough to follow a change.
TYPICAL_OF_LAST = 20


class JobService:
    def __init__(self, database: Database, chain: ChainPort) -> None:
        self._database = database
        self._chain = chain

    async def page(self, buyer: str | None, status: str | None, cursor: str | None, limit: int) -> JobPage:
        before = _decode_cursor(cursor) if cursor else None
        async with self._database.read() as transaction:
            rows = await JobRepository(transaction).page(buyer, status, before, limit + 1)
        shown = rows[:limit]
        following = _encode_cursor(shown[-1]) if len(rows) > limit else None
        return JobPage(jobs=[job_view(row) for row in shown], next_cursor=following)

    async def detail(self, job: str) -> JobDetail:
        """Return the latest incarnation; a job the indexer has not come to is read from the chain."""
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

    async def markets(self) -> list[MarketRow]:
        async with self._database.read() as transaction:
            return await JobRepository(transaction).markets()

    async def market(self, market: str) -> MarketRow:
        async with self._database.read() as transaction:
            row = await JobRepository(transaction).market(market)
        if row is None:
            raise MarketNotFound(f"no market at {market}", fix="see GET /v1/markets")
        return row

    async def typical_seconds(self, spec_hash: bytes) -> int | None:
        """Return the median time of the last jobs of this very spec."""
        async with self._database.read() as transaction:
            seconds = sorted(await JobRepository(transaction).seconds_of_last(spec_hash, TYPICAL_OF_LAST))
        return seconds[len(seconds) // 2] if seconds else None

    async def live_jobs(self) -> int:
        async with self._database.read() as transaction:
            return await JobRepository(transaction).live()

    async def keep_attestation(self, row: AttestationRow) -> None:
        async with self._database.begin() as transaction:
            await JobRepository(transaction).add_attestation(row)

    async def attestations(self, row: JobRow) -> list[AttestationRow]:
        async with self._database.read() as transaction:
            return await JobRepository(transaction).attestations(row.job, row.sequence)


def _encode_cursor(row: JobRow) -> str:
    return base64.urlsafe_b64encode(f"{row.created_at}:{row.job}:{row.sequence}".encode()).decode()


def _decode_cursor(cursor: str) -> tuple[int, str, int]:
    try:
        created_at, job, sequence = base64.urlsafe_b64decode(cursor.encode()).decode("ascii").split(":")
        place = int(created_at), parse_address(job), int(sequence)
    except (binascii.Error, ValueError, InvalidAddress) as error:
        raise Malformed("cursor: not one that this list returned") from error
    if not all(0 <= number < 2**63 for number in (place[0], place[2])):
        raise Malformed("cursor: not one that this list returned")
    return place
