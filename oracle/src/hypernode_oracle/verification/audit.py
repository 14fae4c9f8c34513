"""Audit policy: the draw that decides if an oracle runs a job again. No one else can foresee it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from hypernode.chain.generated.markets import Job, Market, Node
from hypernode.domain.spec import JobSpec
from hypernode.domain.status import DeterminismClass
from hypernode.domain.types import Address

BPS = 10_000
# The classes whose honest replicas agree bit by bit, so that one more run decides.
REPEATABLE = (DeterminismClass.D0, DeterminismClass.D1)


@dataclass(frozen=True)
class AuditPolicy:
    """What is always run again, and the least share of the rest; amounts are base units."""

    least_bps: int
    always_above: int
    newcomer_jobs: int


def audit_bps(policy: AuditPolicy, job: Job, node: Node, market: Market | None) -> int:
    """Return the chance, in basis points, that this job is run again."""
    done = node.reputation.ok + node.reputation.rejected + node.reputation.timed_out
    if done < policy.newcomer_jobs or job.cap > policy.always_above:
        return BPS
    return max(policy.least_bps, 0 if market is None else market.audit_bps)


def drawn(salt: bytes, address: Address, job: Job, chance_bps: int) -> bool:
    """Draw by the oracle's secret over what the node had already committed to."""
    seed = salt + address.encode() + job.sequence.to_bytes(8, "little") + job.receipt_hash
    draw = int.from_bytes(hashlib.sha256(b"hn/audit/1" + seed).digest()[:8], "little") % BPS
    return draw < chance_bps


def repeatable(spec: JobSpec) -> bool:
    return spec.determinism in REPEATABLE
