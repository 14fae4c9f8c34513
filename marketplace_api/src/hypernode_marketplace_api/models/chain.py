"""Tables that mirror the chain: its events, and the rows that they add up to.

Only the indexer writes them, in the same transaction as its cursor. Amounts are base units, times unix
seconds of the chain's clock.
"""

from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from hypernode.domain.cid import cid_of_digest
from hypernode.domain.types import Cid
from hypernode_marketplace_api.models.base import (
    AddressColumn,
    Base,
    BigColumn,
    HashColumn,
    SignatureColumn,
    SmallColumn,
)


class ChainCursor(Base):
    """One row a program: whose cluster this database mirrors, and the last transaction that is in it."""

    __tablename__ = "chain_cursor"

    program: Mapped[AddressColumn] = mapped_column(primary_key=True)
    genesis: Mapped[HashColumn]
    signature: Mapped[SignatureColumn | None]
    slot: Mapped[BigColumn]


class ChainEventRow(Base):
    """An event of the chain; `position` orders them all. A trigger refuses to change or delete one."""

    __tablename__ = "events"

    signature: Mapped[SignatureColumn] = mapped_column(primary_key=True)
    index: Mapped[SmallColumn] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[BigColumn] = mapped_column(unique=True)
    slot: Mapped[BigColumn]
    block_time: Mapped[BigColumn]
    program: Mapped[AddressColumn]
    name: Mapped[str] = mapped_column(String(40))
    job: Mapped[AddressColumn | None]
    sequence: Mapped[BigColumn | None]
    attempt: Mapped[SmallColumn | None]
    # The wallet, report or proposal that an event of the economy is about.
    subject: Mapped[AddressColumn | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)

    @property
    def at(self) -> int:
        return self.block_time

    __table_args__ = (
        Index(None, "job", "sequence", "position"),
        Index(None, "subject", "name", "position"),
        Index(None, "program", "name", "block_time", "position"),
    )


class SkippedEvent(Base):
    """An event of a newer program, as its raw bytes: nothing was counted from it."""

    __tablename__ = "skipped_events"

    signature: Mapped[SignatureColumn] = mapped_column(primary_key=True)
    index: Mapped[SmallColumn] = mapped_column(primary_key=True, autoincrement=False)
    slot: Mapped[BigColumn]
    block_time: Mapped[BigColumn]
    program: Mapped[AddressColumn]
    fault: Mapped[str] = mapped_column(String(200))
    data: Mapped[bytes] = mapped_column(LargeBinary)


class JobRow(Base):
    """One job address; a closed and re-created job is another row with a higher sequence."""

    __tablename__ = "jobs"

    job: Mapped[AddressColumn] = mapped_column(primary_key=True)
    sequence: Mapped[BigColumn] = mapped_column(primary_key=True, autoincrement=False)
    buyer: Mapped[AddressColumn]
    market: Mapped[AddressColumn]
    status: Mapped[str] = mapped_column(String(12))
    spec_hash: Mapped[HashColumn]
    cap: Mapped[BigColumn]
    rate: Mapped[BigColumn]
    timeout_seconds: Mapped[BigColumn]
    gpu_vendor: Mapped[SmallColumn]
    gpu_count: Mapped[SmallColumn]
    min_vram_mib: Mapped[BigColumn]
    attempt: Mapped[SmallColumn] = mapped_column(default=0)
    node: Mapped[AddressColumn | None]
    created_at: Mapped[BigColumn]
    expires_at: Mapped[BigColumn]
    assigned_at: Mapped[BigColumn | None]
    deadline: Mapped[BigColumn | None]
    submitted_at: Mapped[BigColumn | None]
    verdict_deadline: Mapped[BigColumn | None]
    late_until: Mapped[BigColumn | None]
    ended_at: Mapped[BigColumn | None]
    seconds_used: Mapped[BigColumn | None]
    # Of the oracles that judge it, as of the assignment.
    epoch: Mapped[BigColumn | None]
    submitted_slot: Mapped[BigColumn | None]
    receipt_hash: Mapped[HashColumn | None]
    # What its account froze at the last assignment that was seen; no event has it.
    frozen: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # What the oracles attested; empty before the verdict.
    ending: Mapped[str | None] = mapped_column(String(10))
    exit_code: Mapped[SmallColumn | None]
    output_root: Mapped[HashColumn | None]
    audit: Mapped[str | None] = mapped_column(String(14))
    own_seconds: Mapped[BigColumn | None]
    paid: Mapped[BigColumn] = mapped_column(default=0)
    refunded: Mapped[BigColumn] = mapped_column(default=0)
    reject_reason: Mapped[str | None] = mapped_column(String(30))

    @property
    def spec_cid(self) -> Cid:
        return cid_of_digest(self.spec_hash)

    __table_args__ = (
        Index(None, "created_at", "job", "sequence"),
        Index(None, "buyer", "created_at"),
        Index(None, "status", "created_at"),
        Index(None, "spec_hash", "ended_at"),
    )


class NodeRow(Base):
    __tablename__ = "nodes"

    node: Mapped[AddressColumn] = mapped_column(primary_key=True)
    operator: Mapped[AddressColumn] = mapped_column(index=True)
    worker_key: Mapped[AddressColumn]
    gpu_vendor: Mapped[SmallColumn]
    gpu_count: Mapped[SmallColumn]
    vram_mib: Mapped[BigColumn]
    active_jobs: Mapped[BigColumn]
    # Largest sentences of its live jobs, and how many more are repeated each time.
    exposure: Mapped[BigColumn]
    probation: Mapped[SmallColumn]
    retired_at: Mapped[BigColumn]
    closed: Mapped[bool] = mapped_column(default=False)
    score: Mapped[SmallColumn]
    ok: Mapped[BigColumn]
    rejected: Mapped[BigColumn]
    timed_out: Mapped[BigColumn]
    latency_bps: Mapped[BigColumn]


class StakeAccountRow(Base):
    """A wallet's stake account as the chain shows it, which is what matching relies on."""

    __tablename__ = "stake_accounts"

    owner: Mapped[AddressColumn] = mapped_column(primary_key=True)
    amount: Mapped[BigColumn]
    # What confirmed reports will take: it backs no job.
    held_amount: Mapped[BigColumn]
    weight: Mapped[BigColumn]
    duration: Mapped[BigColumn]
    unstake_at: Mapped[BigColumn]


class Buyer(Base):
    __tablename__ = "buyers"

    owner: Mapped[AddressColumn] = mapped_column(primary_key=True)
    available: Mapped[BigColumn]
    locked: Mapped[BigColumn]
    closed: Mapped[bool] = mapped_column(default=False)


class MarketRow(Base):
    __tablename__ = "markets"

    market: Mapped[AddressColumn] = mapped_column(primary_key=True)
    creator: Mapped[AddressColumn]
    market_id: Mapped[HashColumn]
    matcher: Mapped[AddressColumn]
    price_per_second: Mapped[BigColumn]
    min_timeout_seconds: Mapped[BigColumn]
    max_timeout_seconds: Mapped[BigColumn]
    job_ttl: Mapped[BigColumn]
    start_allowance: Mapped[BigColumn]
    grace: Mapped[BigColumn]
    verdict_floor: Mapped[BigColumn]
    min_stake: Mapped[BigColumn]
    min_reputation: Mapped[BigColumn]
    audit_bps: Mapped[BigColumn]
    max_attempts: Mapped[SmallColumn]
    open: Mapped[bool]
