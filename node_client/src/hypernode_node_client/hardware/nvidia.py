"""Reader of GPUs from NVIDIA's driver, in MiB and by UUID."""

from __future__ import annotations

from typing import Any, Protocol, cast

import pynvml
import structlog

from hypernode.wire.nodes import Gpu

log = structlog.get_logger()

MIB = 1024 * 1024


class Nvml(Protocol):
    """What is asked of the driver's library, by the library's own names."""

    NVMLError: type[Exception]

    def nvmlInit(self) -> None: ...

    def nvmlShutdown(self) -> None: ...

    def nvmlSystemGetDriverVersion(self) -> str | bytes: ...

    def nvmlDeviceGetCount(self) -> int: ...

    def nvmlDeviceGetHandleByIndex(self, index: int) -> Any: ...

    def nvmlDeviceGetName(self, handle: Any) -> str | bytes: ...

    def nvmlDeviceGetMemoryInfo(self, handle: Any) -> Any: ...

    def nvmlDeviceGetUUID(self, handle: Any) -> str | bytes: ...


DRIVER = cast(Nvml, pynvml)


def detect(nvml: Nvml = DRIVER) -> list[Gpu]:
    """Return every GPU the driver can describe; none where there is no driver."""
    try:
        nvml.nvmlInit()
    except nvml.NVMLError:
        return []
    try:
        driver = _text(nvml.nvmlSystemGetDriverVersion())
        found = [_card(nvml, index, driver) for index in range(nvml.nvmlDeviceGetCount())]
    except nvml.NVMLError as fault:
        log.warning("the NVIDIA driver does not answer", error=str(fault))
        return []
    finally:
        nvml.nvmlShutdown()
    return [gpu for gpu in found if gpu is not None]


def _card(nvml: Nvml, index: int, driver: str) -> Gpu | None:
    """Describe one GPU; one that fell off the bus, or has no memory of its own, must not hide the others."""
    try:
        handle = nvml.nvmlDeviceGetHandleByIndex(index)
        return Gpu(
            vendor="nvidia",
            model=_text(nvml.nvmlDeviceGetName(handle)),
            # Whole MiB: what is left over is not there for a job that asks for one more.
            vram_mib=int(nvml.nvmlDeviceGetMemoryInfo(handle).total) // MIB,
            device=_text(nvml.nvmlDeviceGetUUID(handle)),
            driver=driver,
        )
    except nvml.NVMLError as fault:
        log.warning("GPU left out", index=index, error=str(fault))
        return None


def _text(value: str | bytes) -> str:
    """Older drivers answer in bytes."""
    return value.decode() if isinstance(value, bytes) else value
