"""Hard filter of matching: the first rule by which a node cannot run a job. Pure.

The rules about stake, capacity, reputation, GPUs and self-dealing repeat what `assign_job` checks on chain,
so that no offer is made that the chain would refuse.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from hypernode.domain.draw import ALWAYS
from hypernode.domain.fit import Capabilities, Resource, shortage
from hypernode.domain.pricing import BPS
from hypernode.domain.sentence import factor, is_covered
from hypernode.domain.spec import JobSpec
from hypernode.domain.staking import MAX_DURATION, MIN_NODE_STAKE, capacity
from hypernode.domain.windows import longest_commitment
from hypernode_marketplace_api.models import MarketRow


class Unfit(StrEnum):
    """Why a node cannot be offered a job; the names are shown to buyers."""

    RETIRED = "Retired"
    SELF_DEALING = "SelfDealing"
    GPU_VENDOR = Resource.GPU_VENDOR
    GPU_COUNT = Resource.GPU_COUNT
    VRAM = Resource.VRAM
    CPU = Resource.CPU
    MEMORY = Resource.MEMORY
    DISK = Resource.DISK
    STAKE = "Stake"
    COOLDOWN = "Cooldown"
    REPUTATION = "Reputation"
    PRICE = "Price"
    CAPACITY = "Capacity"
    EXPOSURE = "Exposure"
    BUSY = "Busy"

    @property
    def passing(self) -> bool:
        """Whether the node could run the job once it has finished others, so that waiting is enough."""
        return self in (Unfit.CAPACITY, Unfit.BUSY)


@dataclass(frozen=True, slots=True)
class Needs:
    """What one job demands of a node."""

    spec: JobSpec
    market: MarketRow
    rate: int
    cap: int
    # How many of 2 k - 1 oracles decide.
    quorum: int
    buyer: str | None = None

    def exposure(self, node: "Candidate") -> int:
        """Return the largest sentence that the job could carry for this node."""
        return exposure_of(self.cap, self.market.audit_bps, self.quorum, on_probation=node.on_probation)

    @property
    def commitment(self) -> int:
        """Seconds for which an assignment of the job binds the node's stake."""
        return longest_commitment(
            self.spec.timeout_seconds,
            start_allowance=self.market.start_allowance,
            grace=self.market.grace,
            verdict_floor=self.market.verdict_floor,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One connected node. Open offers to it count as if it had taken them already."""

    node: str
    operator: str
    stake: int
    cooldown: int = MAX_DURATION
    machine: Capabilities
    retired: bool = False
    active_jobs: int = 0
    exposure: int = 0
    on_probation: bool = False
    free_slots: int = 0
    ask: int = 0
    score: int = 0
    ok: int = 0
    rejected: int = 0
    timed_out: int = 0
    latency_bps: int = 0
    images: frozenset[str] = field(default_factory=frozenset)

    @property
    def jobs(self) -> int:
        return self.ok + self.rejected + self.timed_out


def exposure_of(cap: int, audit_bps: int, quorum: int, *, on_probation: bool) -> int:
    """Return the largest sentence that a job with this cap could carry, as `assign_job` computes it."""
    return cap * factor(ALWAYS if on_probation else audit_bps, 2 * quorum - 1, quorum)


def unfit(needs: Needs, node: Candidate) -> Unfit | None:
    """Return the first rule that the node breaks, the lasting ones before the passing ones."""
    return _identity(needs, node) or _machine(needs, node) or _terms(needs, node) or _room(needs, node)


def _identity(needs: Needs, node: Candidate) -> Unfit | None:
    if node.retired:
        return Unfit.RETIRED
    return Unfit.SELF_DEALING if node.operator == needs.buyer else None


def _machine(needs: Needs, node: Candidate) -> Unfit | None:
    lacking = shortage(needs.spec, node.machine)
    return Unfit(lacking.resource) if lacking else None


def _terms(needs: Needs, node: Candidate) -> Unfit | None:
    if node.stake < max(MIN_NODE_STAKE, needs.market.min_stake):
        return Unfit.STAKE
    if node.cooldown < needs.commitment:
        return Unfit.COOLDOWN
    if node.score < needs.market.min_reputation:
        return Unfit.REPUTATION
    return Unfit.PRICE if node.ask > needs.rate else None


def _room(needs: Needs, node: Candidate) -> Unfit | None:
    if node.active_jobs >= capacity(node.stake):
        return Unfit.CAPACITY
    if not is_covered(node.exposure + needs.exposure(node), node.stake, 0, BPS):
        return Unfit.EXPOSURE
    return Unfit.BUSY if node.free_slots < 1 else None
