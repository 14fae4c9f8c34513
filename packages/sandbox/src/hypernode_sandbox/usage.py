"""Sampler of a container's CPU time and memory from its control group; the receipt's hash excludes them."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

_ROOT = Path("/sys/fs/cgroup")


# The control group disappears with the container, so the last sample is at most 0.2 s old.
SAMPLE_SECONDS = 0.2


class Meter:
    """Sample one container on its own thread while the context is open."""

    def __init__(self, container: str) -> None:
        self._container = container
        self.cpu_ns = self.peak_memory_bytes = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="container-usage", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _follow(self) -> None:
        self.sample()
        while not self._ended.wait(SAMPLE_SECONDS):
            self.sample()

    def sample(self) -> None:
        """Read cgroup v1 or v2; a missing file keeps the last value."""
        name = f"docker/{self._container}"
        scope = f"system.slice/docker-{self._container}.scope"
        cpu = _number(_ROOT / "cpuacct" / name / "cpuacct.usage")
        peak = _number(_ROOT / "memory" / name / "memory.max_usage_in_bytes")
        if cpu is None:
            microseconds = _stat(_ROOT / scope / "cpu.stat", "usage_usec")
            cpu = None if microseconds is None else microseconds * 1_000
            peak = _number(_ROOT / scope / "memory.peak")
        self.cpu_ns = max(self.cpu_ns, cpu or 0)
        self.peak_memory_bytes = max(self.peak_memory_bytes, peak or 0)


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None


def _stat(path: Path, name: str) -> int | None:
    try:
        rows = dict(line.split() for line in path.read_text().splitlines())
        return int(rows[name])
    except (OSError, ValueError, KeyError):
        return None
