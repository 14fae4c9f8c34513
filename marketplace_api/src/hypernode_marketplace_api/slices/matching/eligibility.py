"""Hard filter of matching: the first rule by which a node cannot run a job. Pure.

The rules about stake, capacity, reputation, GPUs and self-dealing repeat what `assign_job` checks on chain,
so that no offer is made that the chain would refuse.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from hypernode.domain.spec import JobSpec
from hypernode.domain.staking import MIN_NODE_STAKE, capacity, deters
from hypernode.domain.types import GpuVendor
from hypernode_marketplace_api.models import MarketRow


class Unfit(StrEnum):
    """Why a node cannot be offered a job; the names are shown to buyers."""

    RETIRED = "Retired"
    SELF_DEALING = "SelfDealing"
    GPU_VENDOR = "GpuVendor"
    GPU_COUNT = "GpuCount"
    VRAM = "Vram"
    CPU = "Cpu"
    MEMORY = "Memory"
    DISK = "Disk"
    STAKE = "Stake"
    REPUTATION = "Reputation"
    PRICE = "Price"
    CAPACITY = "Capacity"
    DETERRENCE = "Deterrence"
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
    buyer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One connected node. Open offers to it count as if it had taken them already."""

    node: str
    operator: str
    stake: int
    gpu_vendor: int = GpuVendor.NONE
    gpu_count: int = 0
    vram_mib: int = 0
    cpu_millis: int = 0
    memory_mib: int = 0
    disk_mib: int = 0
    retired: bool = False
    active_jobs: int = 0
    unsettled: int = 0
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


def unfit(needs: Needs, node: Candidate) -> Unfit | None:
    """Return the first rule that the node breaks, the lasting ones before the passing ones."""
    return _identity(needs, node) or _machine(needs, node) or _terms(needs, node) or _room(needs, node)


def _identity(needs: Needs, node: Candidate) -> Unfit | None:
    if node.retired:
        return Unfit.RETIRED
    return Unfit.SELF_DEALING if node.operator == needs.buyer else None


def _machine(needs: Needs, node: Candidate) -> Unfit | None:
    wanted = needs.spec.resources
    if wanted.gpu.vendor is not GpuVendor.NONE:
        if node.gpu_vendor != wanted.gpu.vendor:
            return Unfit.GPU_VENDOR
        if node.gpu_count < wanted.gpu.count:
            return Unfit.GPU_COUNT
        if node.vram_mib < wanted.gpu.min_vram_mib:
            return Unfit.VRAM
    if node.cpu_millis < wanted.cpu_millis:
        return Unfit.CPU
    return Unfit.MEMORY if node.memory_mib < wanted.memory_mib else _disk(needs, node)


def _disk(needs: Needs, node: Candidate) -> Unfit | None:
    space = sum(file.size for file in needs.spec.inputs) + needs.spec.max_output_bytes
    # A node that does not state its disk is believed to have enough.
    return Unfit.DISK if node.disk_mib and node.disk_mib < space >> 20 else None


def _terms(needs: Needs, node: Candidate) -> Unfit | None:
    if node.stake < max(MIN_NODE_STAKE, needs.market.min_stake):
        return Unfit.STAKE
    if node.score < needs.market.min_reputation:
        return Unfit.REPUTATION
    return Unfit.PRICE if node.ask > needs.rate else None


def _room(needs: Needs, node: Candidate) -> Unfit | None:
    if node.active_jobs >= capacity(node.stake):
        return Unfit.CAPACITY
    if not deters(node.stake, node.unsettled + needs.cap, needs.market.audit_bps):
        return Unfit.DETERRENCE
    return Unfit.BUSY if node.free_slots < 1 else None
