"""Owns asking NVIDIA's driver for its GPUs, in MiB and by UUID."""

from __future__ import annotations

import pynvml

from hypernode.wire.nodes import Gpu

MIB = 1024 * 1024


def detect() -> list[Gpu]:
    """Return every GPU the driver shows; none where there is no driver."""
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return []
    try:
        driver = _text(pynvml.nvmlSystemGetDriverVersion())
        handles = [pynvml.nvmlDeviceGetHandleByIndex(at) for at in range(pynvml.nvmlDeviceGetCount())]
        return [
            Gpu(
                vendor="nvidia",
                model=_text(pynvml.nvmlDeviceGetName(handle)),
                vram_mib=int(pynvml.nvmlDeviceGetMemoryInfo(handle).total) // MIB,
                device=_text(pynvml.nvmlDeviceGetUUID(handle)),
                driver=driver,
            )
            for handle in handles
        ]
    finally:
        pynvml.nvmlShutdown()


def _text(value: str | bytes) -> str:
    """Older drivers answer in bytes."""
    return value.decode() if isinstance(value, bytes) else value
