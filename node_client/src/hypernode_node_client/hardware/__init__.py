"""Hardware of this machine: CPU, memory and disk, and GPUs as their drivers report them, never rounded."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from hypernode.domain.canonical import canonical_bytes
from hypernode.domain.fit import Capabilities
from hypernode.domain.types import GpuVendor
from hypernode.wire.nodes import Gpu, Hardware
from hypernode_node_client.hardware import amd, nvidia

MIB = 1024 * 1024


@dataclass(frozen=True)
class Machine:
    """Hardware as told to the API, and the facts that the chain binds; `devices` are exact GPU ids."""

    hardware: Hardware
    vendor: GpuVendor
    vram_mib: int
    devices: tuple[str, ...]

    @property
    def gpu_count(self) -> int:
        return len(self.devices)

    @property
    def capabilities(self) -> Capabilities:
        has = self.hardware
        return Capabilities(
            cpu_millis=has.cpu_millis,
            memory_mib=has.memory_mib,
            disk_mib=has.disk_mib,
            gpu_vendor=self.vendor,
            gpu_count=self.gpu_count,
            vram_mib=self.vram_mib,
        )

    @property
    def hardware_hash(self) -> bytes:
        """Return what the chain keeps: free disk is left out, for it changes with every job."""
        lasting = self.hardware.model_dump(mode="json", exclude={"disk_mib"})
        return hashlib.sha256(canonical_bytes(lasting)).digest()


def detect(
    disk: Path, region: str = "", *, nvml: nvidia.Nvml = nvidia.DRIVER, root: Path = Path("/")
) -> Machine:
    """Ask NVIDIA's driver, then AMD's, then do without: a CPU-only node is a node.

    `root` is where the kernel shows its devices; tests bring their own, and their own driver.
    """
    gpus, vendor = nvidia.detect(nvml), GpuVendor.NVIDIA
    if not gpus:
        gpus, vendor = amd.detect(root), GpuVendor.AMD
    if not gpus:
        vendor = GpuVendor.NONE
    hardware = Hardware(
        cpu_millis=len(os.sched_getaffinity(0)) * 1_000,
        memory_mib=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MIB,
        disk_mib=shutil.disk_usage(_existing(disk)).free // MIB,
        gpus=gpus,
        region=region,
    )
    return Machine(
        hardware, vendor, min((gpu.vram_mib for gpu in gpus), default=0), tuple(gpu.device for gpu in gpus)
    )


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


__all__ = ["Gpu", "Hardware", "Machine", "detect"]
