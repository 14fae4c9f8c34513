"""Queries of jobs, and of what oracles and workers signed about them."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hypernode.domain.attestation import Audit
from hypernode_marketplace_api.models import (
    AttestationRow,
    ChainEventRow,
    FindingRow,
    JobRow,
    ReceiptRow,
    StopRow,
)
from hypernode_marketplace_api.paging import Place
from hypernode_marketplace_api.resources.database import insert_into


class JobRepository:
    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    async def page(
        self, buyer: str | None, status: str | None, before: Place | None, limit: int
    ) -> list[JobRow]:
        """Return jobs from the newest on; `before` is where the page before ended."""
        query = select(JobRow).order_by(JobRow.created_at.desc(), JobRow.job, JobRow.sequence).limit(limit)
        if buyer is not None:
            query = query.where(JobRow.buyer == buyer)
        if status is not None:
            query = query.where(JobRow.status == status)
        if before is not None:
            created_at, job, sequence = before
            same = and_(JobRow.job == job, JobRow.sequence > sequence)
            tied = and_(JobRow.created_at == created_at, or_(JobRow.job > job, same))
            query = query.where(or_(JobRow.created_at < created_at, tied))
        return list((await self._db.scalars(query)).all())

    async def latest(self, job: str) -> JobRow | None:
        query = select(JobRow).where(JobRow.job == job).order_by(JobRow.sequence.desc()).limit(1)
        return (await self._db.scalars(query)).one_or_none()

    async def timeline(self, job: str, sequence: int) -> list[ChainEventRow]:
        query = (
            select(ChainEventRow)
            .where(ChainEventRow.job == job, ChainEventRow.sequence == sequence)
            .order_by(ChainEventRow.position)
        )
        return list((await self._db.scalars(query)).all())

    async def seconds_of_last(self, spec_hash: bytes, limit: int) -> list[int]:
        """Return how long the last settled jobs of this very spec took."""
        query = (
            select(JobRow.seconds_used)
            .where(JobRow.spec_hash == spec_hash, JobRow.status == "Settled")
            .order_by(JobRow.ended_at.desc())
            .limit(limit)
        )
        return [seconds for seconds in (await self._db.scalars(query)).all() if seconds is not None]

    async def has_audit(self, spec_hash: bytes, audits: Sequence[Audit]) -> bool:
        """Return True if a job of this very spec ended with one of these audits."""
        labels = [audit.label for audit in audits]
        query = select(JobRow.job).where(JobRow.spec_hash == spec_hash, JobRow.audit.in_(labels)).limit(1)
        return (await self._db.scalars(query)).first() is not None

    async def put_stop(self, row: StopRow) -> StopRow:
        key = (row.job, row.sequence, row.attempt)
        columns = StopRow.__table__.columns.keys()
        values = {name: getattr(row, name) for name in columns}
        await self._db.execute(insert_into(self._db, StopRow).values(values).on_conflict_do_nothing())
        kept = await self._db.get(StopRow, key)
        assert kept is not None, "the row was just written"
        return kept

    async def receipt(self, job: str, sequence: int, attempt: int) -> ReceiptRow | None:
        return await self._db.get(ReceiptRow, (job, sequence, attempt))

    async def add_attestation(self, row: AttestationRow) -> None:
        """Keep a verdict; a second, different one of the same oracle is kept beside it, as evidence."""
        columns = AttestationRow.__table__.columns.keys()
        values = {name: getattr(row, name) for name in columns}
        await self._db.execute(
            insert_into(self._db, AttestationRow).values(**values).on_conflict_do_nothing()
        )

    async def put_finding(self, row: FindingRow) -> None:
        """Keep a commitment; open the one that is there. What is open stays as it is."""
        values = {name: getattr(row, name) for name in FindingRow.__table__.columns.keys()}  # noqa: SIM118
        insert = insert_into(self._db, FindingRow).values(**values)
        if row.content is None:
            await self._db.execute(insert.on_conflict_do_nothing())
            return
        key = [column.name for column in FindingRow.__table__.primary_key]
        opened = {"content": row.content, "salt": row.salt}
        await self._db.execute(insert.on_conflict_do_update(index_elements=key, set_=opened))

    async def findings(self, job: str, sequence: int, attempt: int) -> list[FindingRow]:
        query = (
            select(FindingRow)
            .where(FindingRow.job == job, FindingRow.sequence == sequence, FindingRow.attempt == attempt)
            .order_by(FindingRow.stage, FindingRow.received_at, FindingRow.oracle)
        )
        return list((await self._db.scalars(query)).all())

    async def attestations(self, job: str, sequence: int) -> list[AttestationRow]:
        query = (
            select(AttestationRow)
            .where(AttestationRow.job == job, AttestationRow.sequence == sequence)
            .order_by(AttestationRow.attempt, AttestationRow.received_at, AttestationRow.oracle)
        )
        return list((await self._db.scalars(query)).all())
