"""Fit of a machine to a spec: the matcher and the worker apply the same rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hypernode.domain.spec import JobSpec
from hypernode.domain.types import GpuVendor


class Resource(StrEnum):
    """What a machine may lack; the names are shown to buyers."""

    GPU_VENDOR = "GpuVendor"
    GPU_COUNT = "GpuCount"
    VRAM = "Vram"
    CPU = "Cpu"
    MEMORY = "Memory"
    DISK = "Disk"


_UNITS = {
    Resource.GPU_COUNT: "GPUs",
    Resource.VRAM: "MiB of GPU memory",
    Resource.CPU: "CPU millis",
    Resource.MEMORY: "MiB of memory",
    Resource.DISK: "MiB of disk",
}


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What one machine has. `disk_mib` is None where the machine does not state it: then any job fits."""

    cpu_millis: int
    memory_mib: int
    disk_mib: int | None
    gpu_vendor: int = GpuVendor.NONE
    gpu_count: int = 0
    vram_mib: int = 0


@dataclass(frozen=True, slots=True)
class Shortage:
    """The first resource that a machine has too little of."""

    resource: Resource
    wanted: int
    has: int

    def __str__(self) -> str:
        if self.resource is Resource.GPU_VENDOR:
            return f"needs a GPU of {GpuVendor(self.wanted).label}"
        return f"needs {self.wanted} {_UNITS[self.resource]}, has {self.has}"


def shortage(spec: JobSpec, machine: Capabilities) -> Shortage | None:
    """Return the first resource that a spec needs and a machine lacks. The GPU rules are `assign_job`'s."""
    gpu = spec.resources.gpu
    if gpu.vendor is not GpuVendor.NONE and machine.gpu_vendor != gpu.vendor:
        return Shortage(Resource.GPU_VENDOR, gpu.vendor, machine.gpu_vendor)
    return next((short for short in _amounts(spec, machine) if short.has < short.wanted), None)


def _amounts(spec: JobSpec, machine: Capabilities) -> Iterator[Shortage]:
    wanted = spec.resources
    if wanted.gpu.vendor is not GpuVendor.NONE:
        yield Shortage(Resource.GPU_COUNT, wanted.gpu.count, machine.gpu_count)
        yield Shortage(Resource.VRAM, wanted.gpu.min_vram_mib, machine.vram_mib)
    yield Shortage(Resource.CPU, wanted.cpu_millis, machine.cpu_millis)
    yield Shortage(Resource.MEMORY, wanted.memory_mib, machine.memory_mib)
    if machine.disk_mib is not None:
        space = sum(file.size for file in spec.inputs) + spec.max_output_bytes
        yield Shortage(Resource.DISK, space >> 20, machine.disk_mib)
