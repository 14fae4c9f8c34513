"""Types of the markets program. Written by `make generate`."""

from typing import Self

from hypernode.chain import layout, record
from hypernode.chain.layout import Reader
from hypernode.domain.types import Address


class Reputation(record.Record):
    """Reputation from the node's finished jobs. Only this program writes it."""

    ok: int
    rejected: int
    timed_out: int
    # Seconds of assignments with and without a receipt. They fade over 30 days, in whole days.
    up_seconds: int
    down_seconds: int
    # Moving average of the start latency rating.
    latency_bps: int
    penalty: int
    # Time up to which uptime and penalty have faded.
    updated_at: int
    # Score of 0 to 1,000 after the last attempt.
    score: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            ok=read.unsigned(4),
            rejected=read.unsigned(4),
            timed_out=read.unsigned(4),
            up_seconds=read.unsigned(4),
            down_seconds=read.unsigned(4),
            latency_bps=read.unsigned(2),
            penalty=read.unsigned(2),
            updated_at=read.signed(8),
            score=read.unsigned(2),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.unsigned(self.ok, 4),
                layout.unsigned(self.rejected, 4),
                layout.unsigned(self.timed_out, 4),
                layout.unsigned(self.up_seconds, 4),
                layout.unsigned(self.down_seconds, 4),
                layout.unsigned(self.latency_bps, 2),
                layout.unsigned(self.penalty, 2),
                layout.signed(self.updated_at, 8),
                layout.unsigned(self.score, 2),
            )
        )


class MarketTerms(record.Record):
    """Terms that a market's creator sets."""

    price_per_second: int
    min_timeout_seconds: int
    max_timeout_seconds: int
    job_ttl: int
    start_allowance: int
    grace: int
    verdict_floor: int
    min_stake: int
    min_reputation: int
    audit_bps: int
    max_attempts: int
    matcher: Address

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            price_per_second=read.unsigned(8),
            min_timeout_seconds=read.unsigned(4),
            max_timeout_seconds=read.unsigned(4),
            job_ttl=read.unsigned(4),
            start_allowance=read.unsigned(4),
            grace=read.unsigned(4),
            verdict_floor=read.unsigned(4),
            min_stake=read.unsigned(8),
            min_reputation=read.unsigned(2),
            audit_bps=read.unsigned(2),
            max_attempts=read.unsigned(1),
            matcher=read.address(),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.unsigned(self.price_per_second, 8),
                layout.unsigned(self.min_timeout_seconds, 4),
                layout.unsigned(self.max_timeout_seconds, 4),
                layout.unsigned(self.job_ttl, 4),
                layout.unsigned(self.start_allowance, 4),
                layout.unsigned(self.grace, 4),
                layout.unsigned(self.verdict_floor, 4),
                layout.unsigned(self.min_stake, 8),
                layout.unsigned(self.min_reputation, 2),
                layout.unsigned(self.audit_bps, 2),
                layout.unsigned(self.max_attempts, 1),
                layout.address(self.matcher),
            )
        )


class DecisionArgs(record.Record):
    """What the caller brings of a decision: numbers that the oracles signed."""

    verdict: int
    reason: int
    ending: int
    exit_code: int
    root: bytes
    audit: int
    own: int
    blame: int

    @classmethod
    def read(cls, read: Reader) -> Self:
        return cls(
            verdict=read.unsigned(1),
            reason=read.unsigned(1),
            ending=read.unsigned(1),
            exit_code=read.unsigned(1),
            root=read.raw(32),
            audit=read.unsigned(1),
            own=read.unsigned(4),
            blame=read.unsigned(1),
        )

    def encode(self) -> bytes:
        return b"".join(
            (
                layout.unsigned(self.verdict, 1),
                layout.unsigned(self.reason, 1),
                layout.unsigned(self.ending, 1),
                layout.unsigned(self.exit_code, 1),
                layout.raw(self.root, 32),
                layout.unsigned(self.audit, 1),
                layout.unsigned(self.own, 4),
                layout.unsigned(self.blame, 1),
            )
        )
