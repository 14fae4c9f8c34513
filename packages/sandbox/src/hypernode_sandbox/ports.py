"""Port of the sandbox: the run, its result, and the protocol of `DockerSandbox` and `FakeSandbox`."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from hypernode.domain.merkle import OutputFile
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import RuntimeInfo, Usage
from hypernode.domain.result import Ending
from hypernode.domain.spec import JobSpec

# Exit codes of jobs that the sandbox ended, by the conventions of the shell.
EXIT_TIMED_OUT = 124
EXIT_OUTPUT_REFUSED = 125
EXIT_KILLED = 137
# Seconds from asking a run to end to killing it. They are metered.
STOP_SECONDS = 5

LogSink = Callable[[bytes], None]


@dataclass(frozen=True)
class SandboxRun:
    """One run. `name` is unique per attempt and the same after a restart, so a run is never started twice.

    `inputs` are the bytes of each input file by its path; `devices` are exact GPU device ids.
    """

    name: str
    spec: JobSpec
    inputs: Mapping[str, bytes] = field(default_factory=dict)
    devices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Output:
    """An output file with its bytes."""

    file: OutputFile
    data: bytes

    @classmethod
    def of(cls, path: str, mode: int, data: bytes) -> Output:
        return cls(OutputFile(path, mode, len(data), hashlib.sha256(data).digest()), data)


@dataclass(frozen=True)
class SandboxResult:
    """Result of a run. One that a limit ended has no outputs; one that was stopped has what it had written.

    Times are unix seconds of the engine's clock, with fractions.
    """

    ending: Ending
    exit_code: int
    outputs: tuple[Output, ...]
    logs: bytes
    logs_truncated: bool
    started_at: float
    finished_at: float
    usage: Usage
    runtime: RuntimeInfo

    @property
    def manifest(self) -> OutputManifest:
        return OutputManifest.of(output.file for output in self.outputs)

    @property
    def seconds(self) -> int:
        """Return the metered wall time in whole seconds, rounded up, at least 1."""
        return max(1, math.ceil(self.finished_at - self.started_at))


class Sandbox(Protocol):
    async def check(self) -> RuntimeInfo:
        """Return the runtime that runs jobs here; raises `EngineUnavailable` or `UnsafeRuntime`."""

    async def has_image(self, image: str) -> bool:
        """Return whether the host has an image, by its digest."""

    async def run(self, run: SandboxRun, on_log: LogSink | None = None) -> SandboxResult:
        """Run to the end, or continue with the run of this name that was started before.

        Raises `ImageUnavailable`, `ProfileViolation`, `EngineUnavailable`.
        """

    async def stop(self, name: str) -> None:
        """End a run: ask it to end, and kill it after a grace. It keeps its outputs; its ending is stopped.

        A run that has ended keeps its own ending; one that has not begun is ended as soon as it has.
        """

    async def remove(self, name: str) -> None:
        """Kill a run and delete its files; an unknown name is ignored."""

    async def names(self) -> list[str]:
        """Return the names of all runs that were not removed, running or ended."""
