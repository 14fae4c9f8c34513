"""Sandbox on a Docker engine. The Docker SDK blocks, so each run has its own thread."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import docker
import requests
from docker.errors import APIError, DockerException, ImageNotFound, NotFound

from hypernode.domain.receipt import RuntimeInfo, Usage
from hypernode.domain.result import Ending
from hypernode.domain.spec import JobSpec
from hypernode.errors import EngineUnavailable, ImageUnavailable, OutputRefused
from hypernode_sandbox import profile
from hypernode_sandbox.container import component, container_config, ending_of, seconds_of
from hypernode_sandbox.logs import capped, follow
from hypernode_sandbox.outputs import collect
from hypernode_sandbox.ports import (
    EXIT_KILLED,
    EXIT_OUTPUT_REFUSED,
    EXIT_TIMED_OUT,
    STOP_SECONDS,
    LogSink,
    Output,
    SandboxResult,
    SandboxRun,
)
from hypernode_sandbox.usage import Meter
from hypernode_sandbox.versions import Versions, require_safe
from hypernode_sandbox.workdir import Workdir

# Timeout of one call to the engine, in seconds.
CALL_SECONDS = 60
GVISOR = "runsc"
_NO_SUCH = 404
_CONFLICT = 409

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Engine:
    """Versions and runtime that the engine reported at the first call."""

    versions: Versions
    runtime: str


class DockerSandbox:
    """Run jobs below one work folder; `waived_runc` holds exact runc versions that the operator accepts."""

    def __init__(self, work: Path, *, waived_runc: frozenset[str] = frozenset()) -> None:
        self._work = Workdir(work)
        # Several nodes and oracles may share an engine, where a container's name must be unique.
        self._owner = hashlib.sha256(str(work.resolve()).encode()).hexdigest()[:8]
        self._waived = waived_runc
        self._client: docker.DockerClient | None = None
        self._engine: Engine | None = None

    async def check(self) -> RuntimeInfo:
        return await asyncio.to_thread(self._check)

    async def versions(self) -> Versions:
        """Return the engine's versions, safe or not; raises `EngineUnavailable`."""
        return await asyncio.to_thread(self._versions)

    async def has_image(self, image: str) -> bool:
        return await asyncio.to_thread(self._guarded, self._has_image, image)

    async def run(self, run: SandboxRun, on_log: LogSink | None = None) -> SandboxResult:
        loop = asyncio.get_running_loop()
        sink = None if on_log is None else _on_loop(loop, on_log)
        return await asyncio.to_thread(self._guarded, self._run, run, sink)

    async def stop(self, name: str) -> None:
        await asyncio.to_thread(self._guarded, self._stop, name)

    async def remove(self, name: str) -> None:
        await asyncio.to_thread(self._guarded, self._remove, name)

    async def close(self) -> None:
        """Close the connections to the engine; containers keep running."""
        if self._client is not None:
            await asyncio.to_thread(self._client.close)
            self._client = None

    async def names(self) -> list[str]:
        return await asyncio.to_thread(self._guarded, self._names)

    # --- on the thread

    def _api(self) -> Any:
        if self._client is None:
            client: docker.DockerClient | None = None
            try:
                client = docker.from_env(timeout=CALL_SECONDS)
                client.ping()
            except (DockerException, requests.RequestException) as cause:
                if client is not None:
                    client.close()
                raise EngineUnavailable(
                    f"no Docker engine answers: {cause}",
                    fix="start it (systemctl start docker), or install it with deploy/docker-setup.sh",
                ) from cause
            self._client = client
        return self._client.api

    def _checked(self) -> Engine:
        """Return the engine's description, read once; refuse an engine that is not safe."""
        if self._engine is None:
            versions = self._versions()
            require_safe(versions, self._waived)
            runtime = GVISOR if GVISOR in self._api().info()["Runtimes"] else "runc"
            self._engine = Engine(versions, runtime)
        return self._engine

    def _versions(self) -> Versions:
        version = self._api().version()
        return Versions(version["Version"], component(version, "runc") or "unknown")

    def _check(self, image: str = "") -> RuntimeInfo:
        engine = self._checked()
        return RuntimeInfo(
            engine=engine.versions.engine,
            runc=engine.versions.runc,
            seccomp=profile.seccomp_hash(),
            image=image,
        )

    def _has_image(self, image: str) -> bool:
        try:
            self._api().inspect_image(image)
        except ImageNotFound:
            return False
        return True

    def _guarded(
        self, work: Callable[Arguments, Result], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Result:
        """Run `work`; raise `EngineUnavailable` for every fault of the engine, so that no job is blamed."""
        try:
            return work(*args, **kw)
        except requests.RequestException as cause:
            self._client = None
            raise EngineUnavailable(f"the Docker engine stopped answering: {cause}") from cause
        except APIError as cause:
            raise EngineUnavailable(f"the Docker engine refused: {cause.explanation or cause}") from cause

    def _run(self, run: SandboxRun, sink: LogSink | None) -> SandboxResult:
        engine, api = self._checked(), self._api()
        image_id = self._image_id(run.spec)
        mounts = self._work.prepare(run.name, run.inputs, run.spec.max_output_bytes)
        host = profile.host_config(run.spec, mounts, run.devices, engine.runtime)
        container = self._container(run, host, image_id)
        state = container["State"]
        if state["Status"] == "created":
            api.start(container["Id"])
        if self._work.is_stopped(run.name):  # before it began, or while this worker was away
            self._end(container["Id"])
        cap = run.spec.max_log_bytes
        if sink is not None:
            follow(lambda: api.logs(container["Id"], stream=True, follow=True), cap, sink)
        with Meter(container["Id"]) as meter:
            timed_out = self._wait(container["Id"], run.spec, state)
        logs, truncated = capped(api.logs(container["Id"], stream=True, follow=False), cap)
        ended = api.inspect_container(container["Id"])["State"]
        return self._result(run, ended, timed_out, meter, logs, truncated, image_id)

    def _container(self, run: SandboxRun, host: Mapping[str, Any], image_id: str) -> dict[str, Any]:
        """Return the checked container of this run; create it unless an earlier process did."""
        api = self._api()
        try:
            found: dict[str, Any] = api.inspect_container(self._container_name(run.name))
        except NotFound:
            made = api.create_container_from_config(
                container_config(run, host, image_id, self._owner), self._container_name(run.name)
            )
            found = api.inspect_container(made["Id"])
        profile.verify(found, host, run.spec, image_id)
        return found

    def _wait(self, container: str, spec: JobSpec, state: Mapping[str, Any]) -> bool:
        """Wait for the end; kill the container at its timeout. Return whether the timeout was reached."""
        began = seconds_of(state["StartedAt"]) if state["Status"] == "running" else time.time()
        left = max(0.0, began + spec.timeout_seconds - time.time())
        timed_out = threading.Event()

        def end() -> None:
            timed_out.set()
            self._kill(container)

        timer = threading.Timer(left, end)
        timer.start()
        try:
            self._api().wait(container, timeout=left + CALL_SECONDS)
        finally:
            timer.cancel()
        return timed_out.is_set()

    def _result(
        self,
        run: SandboxRun,
        ended: Mapping[str, Any],
        timed_out: bool,
        meter: Meter,
        logs: bytes,
        truncated: bool,
        image_id: str,
    ) -> SandboxResult:
        ending = ending_of(ended, timed_out=timed_out, stopped=self._work.is_stopped(run.name))
        exit_code, outputs = int(ended["ExitCode"]), tuple[Output, ...]()
        if ending is Ending.TIME:
            exit_code = EXIT_TIMED_OUT
        elif ending is Ending.MEMORY:
            exit_code = EXIT_KILLED
        else:
            try:
                outputs = collect(self._work.mounts(run.name).outputs, run.spec.max_output_bytes)
            except OutputRefused as refusal:
                if ending is not Ending.STOPPED:
                    ending, exit_code = Ending.OUTPUTS, EXIT_OUTPUT_REFUSED
                logs += f"\nhypernode: {refusal}\n".encode()
        usage = Usage(
            cpu_ns=meter.cpu_ns,
            peak_memory_bytes=meter.peak_memory_bytes,
            output_bytes=sum(output.file.size for output in outputs),
        )
        return SandboxResult(
            ending=ending,
            exit_code=exit_code,
            outputs=outputs,
            logs=logs,
            logs_truncated=truncated,
            started_at=seconds_of(ended["StartedAt"]),
            finished_at=seconds_of(ended["FinishedAt"]),
            usage=usage,
            runtime=self._check(image_id),
        )

    def _image_id(self, spec: JobSpec) -> str:
        """Return the engine's id of the spec's image; pull it if it is missing and has a registry."""
        api = self._api()
        try:
            return str(api.inspect_image(spec.image)["Id"])
        except ImageNotFound:
            pass
        if spec.image.startswith("sha256:"):
            raise ImageUnavailable(
                f"image {spec.image} is not on this host",
                fix="build the image on this host, or load it with docker load",
            )
        try:
            api.pull(spec.image)
            return str(api.inspect_image(spec.image)["Id"])
        except (ImageNotFound, APIError) as cause:
            raise ImageUnavailable(f"image {spec.image} cannot be pulled: {cause}") from cause

    def _stop(self, name: str) -> None:
        container = self._container_name(name)
        try:
            status = self._api().inspect_container(container)["State"]["Status"]
        except NotFound:
            status = "created"
        if status in ("created", "running"):
            # In this order: a run that begins meanwhile finds the mark, or is running for what follows.
            self._work.mark_stopped(name)
            self._end(container)

    def _end(self, container: str) -> None:
        self._unless_ended(self._api().stop, container, timeout=STOP_SECONDS)

    def _kill(self, container: str) -> None:
        self._unless_ended(self._api().kill, container)

    def _unless_ended(self, act: Callable[..., object], container: str, **how: int) -> None:
        try:
            act(container, **how)
        except APIError as cause:
            # The container ended meanwhile, or is not there yet.
            if cause.status_code not in (_NO_SUCH, _CONFLICT):
                raise

    def _remove(self, name: str) -> None:
        try:
            self._api().remove_container(self._container_name(name), force=True, v=True)
        except APIError as cause:
            # The container is removed already, or its removal is in progress.
            if cause.status_code not in (_NO_SUCH, _CONFLICT):
                raise
        self._work.remove(name)

    def _names(self) -> list[str]:
        ours = {"label": f"{profile.OWNER_LABEL}={self._owner}"}
        found = self._api().containers(all=True, filters=ours)
        named = {entry["Labels"][profile.LABEL] for entry in found}
        return sorted(named | set(self._work.names()))

    def _container_name(self, name: str) -> str:
        return f"{name}-{self._owner}"


def _on_loop(loop: asyncio.AbstractEventLoop, sink: LogSink) -> LogSink:
    """Return a sink that passes each chunk from the log thread to the event loop."""

    def pass_on(chunk: bytes) -> None:
        loop.call_soon_threadsafe(sink, chunk)

    return pass_on
