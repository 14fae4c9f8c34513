"""Documents of the Docker engine: a container's configuration, its end state and component versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hypernode.domain.result import Ending
from hypernode.domain.spec import JobSpec
from hypernode_sandbox import profile
from hypernode_sandbox.ports import EXIT_KILLED, SandboxRun


def container_config(run: SandboxRun, host: Mapping[str, Any], image_id: str, owner: str) -> dict[str, Any]:
    spec = run.spec
    return {
        "Image": image_id,
        "Cmd": list(spec.command),
        # The image's entrypoint must not change the meaning of the command.
        "Entrypoint": [],
        "Env": [f"{name}={value}" for name, value in sorted(_environment(spec).items())],
        "WorkingDir": spec.workdir,
        "User": profile.USER,
        "Hostname": "job",
        "AttachStdin": False,
        "NetworkDisabled": True,
        "Labels": {profile.LABEL: run.name, profile.OWNER_LABEL: owner},
        "HostConfig": dict(host),
    }


def _environment(spec: JobSpec) -> dict[str, str]:
    """Return the fixed variables, equal in every run, and the spec's own."""
    fixed = {"HOME": "/tmp", "LANG": "C.UTF-8", "TZ": "UTC", "HYPERNODE_SEED": str(spec.seed)}
    return {**fixed, **spec.env}


def ending_of(ended: Mapping[str, Any], *, timed_out: bool, stopped: bool) -> Ending:
    """Return how a container ended. If only a child was killed for memory, the parent went on."""
    if timed_out:
        return Ending.TIME
    if stopped:
        return Ending.STOPPED
    killed = ended["OOMKilled"] and ended["ExitCode"] == EXIT_KILLED
    return Ending.MEMORY if killed else Ending.EXITED


def component(version: Mapping[str, Any], name: str) -> str | None:
    """Return a component's version; a distribution writes its own number of runc into the commit field."""
    for component in version.get("Components") or []:
        if component["Name"] == name:
            commit = str(component.get("Details", {}).get("GitCommit", ""))
            return commit if "+" in commit else str(component["Version"])
    return None


def seconds_of(text: str) -> float:
    """Return an RFC 3339 time of the engine in unix seconds; Python does not parse its nanoseconds."""
    whole, _, fraction = text.rstrip("Z").partition(".")
    stamp = datetime.fromisoformat(f"{whole}+00:00").timestamp()
    return stamp + float(f"0.{fraction or 0}")
