"""Fake sandbox for tests: a job is a function, and finished runs are kept by name."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

from hypernode.domain.clock import Clock, ManualClock
from hypernode.domain.receipt import RuntimeInfo, Usage
from hypernode.domain.result import Ending
from hypernode.errors import ImageUnavailable
from hypernode_sandbox.ports import (
    EXIT_KILLED,
    EXIT_OUTPUT_REFUSED,
    EXIT_TIMED_OUT,
    LogSink,
    Output,
    SandboxResult,
    SandboxRun,
)

# A job: takes the run, returns exit code, output files by path, and log bytes.
Work = Callable[[SandboxRun], tuple[int, Mapping[str, bytes], bytes]]

FAKE_RUNTIME = RuntimeInfo(engine="fake", runc="fake", seccomp=bytes(32), image="")


def copy_inputs(run: SandboxRun) -> tuple[int, Mapping[str, bytes], bytes]:
    """Default job: return every input in upper case as an output."""
    return 0, {path: data.upper() for path, data in run.inputs.items()}, b"copied\n"


class FakeSandbox:
    """Run `work` once per name; a second run of a name returns the first result."""

    def __init__(
        self,
        work: Work = copy_inputs,
        *,
        clock: Clock | None = None,
        seconds: float = 1.0,
        images: frozenset[str] | None = None,
        runtime_image: str = "",
        until_stopped: bool = False,
    ) -> None:
        """With `until_stopped` a run goes on until it is stopped."""
        self._runtime = replace(FAKE_RUNTIME, image=runtime_image)
        self._work, self._clock, self._seconds = work, clock or ManualClock(0), seconds
        self._images = images
        self._kept: dict[str, SandboxResult] = {}
        self.runs: list[str] = []
        self._stops: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._until_stopped = until_stopped

    async def check(self) -> RuntimeInfo:
        return self._runtime

    async def has_image(self, image: str) -> bool:
        return self._images is None or image in self._images

    async def run(self, run: SandboxRun, on_log: LogSink | None = None) -> SandboxResult:
        if not await self.has_image(run.spec.image):
            raise ImageUnavailable(f"image {run.spec.image} is not here")
        if run.name not in self._kept:
            self.runs.append(run.name)
            if self._until_stopped:
                await self._stops[run.name].wait()
            self._kept[run.name] = self._result(run)
        result = self._kept[run.name]
        if on_log is not None and result.logs:
            on_log(result.logs)
        return result

    async def stop(self, name: str) -> None:
        if name not in self._kept:
            self._stops[name].set()

    async def remove(self, name: str) -> None:
        self._kept.pop(name, None)
        self._stops.pop(name, None)

    async def names(self) -> list[str]:
        return sorted(self._kept)

    def _seconds_of(self, run: SandboxRun) -> float:
        return self._seconds

    def _result(self, run: SandboxRun) -> SandboxResult:
        exit_code, files, logs = self._work(run)
        outputs = tuple(Output.of(path, 0o644, data) for path, data in sorted(files.items()))
        ending, seconds = Ending.EXITED, self._seconds_of(run)
        if self._stops[run.name].is_set():
            ending, exit_code = Ending.STOPPED, EXIT_KILLED
        elif seconds > run.spec.timeout_seconds:
            ending, exit_code, seconds = Ending.TIME, EXIT_TIMED_OUT, float(run.spec.timeout_seconds)
        elif sum(output.file.size for output in outputs) > run.spec.max_output_bytes:
            ending, exit_code = Ending.OUTPUTS, EXIT_OUTPUT_REFUSED
        kept = outputs if ending in (Ending.EXITED, Ending.STOPPED) else ()
        started = float(self._clock.now())
        return SandboxResult(
            ending=ending,
            exit_code=exit_code,
            outputs=kept,
            logs=logs[: run.spec.max_log_bytes],
            logs_truncated=len(logs) > run.spec.max_log_bytes,
            started_at=started,
            finished_at=started + seconds,
            usage=Usage(output_bytes=sum(output.file.size for output in kept)),
            runtime=self._runtime,
        )
