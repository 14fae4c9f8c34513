"""Hardened profile of a container, and the check that the engine applied it.

docs/node-isolation.md lists every line with the attack that it prevents.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from hypernode.domain.spec import JobSpec
from hypernode.errors import ProfileViolation

# User `nobody`, who has no files on the host.
USER = "65534:65534"
IN_DIR = "/job/in"
OUT_DIR = "/job/out"
MIB = 1024 * 1024
# Open files of one container; a job needs fewer, and the host has far more.
OPEN_FILES = 4_096
LABEL = "hypernode.run"
OWNER_LABEL = "hypernode.owner"
NO_CORE = 0

_SECCOMP = files("hypernode_sandbox").joinpath("seccomp.json").read_text()


@dataclass(frozen=True)
class Mounts:
    """Host folders of one run: inputs (read-only inside) and outputs."""

    inputs: Path
    outputs: Path


def seccomp_hash() -> bytes:
    """Return the hash for the receipt: SHA-256 of the seccomp profile without white space."""
    compact = json.dumps(json.loads(_SECCOMP), separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(compact.encode()).digest()


def host_config(spec: JobSpec, mounts: Mounts, devices: tuple[str, ...], runtime: str) -> dict[str, Any]:
    """Return the engine's HostConfig for one run."""
    resources = spec.resources
    memory = resources.memory_mib * MIB
    config: dict[str, Any] = {
        "NetworkMode": "none",
        "ReadonlyRootfs": True,
        "Privileged": False,
        "CapDrop": ["ALL"],
        "SecurityOpt": ["no-new-privileges:true", f"seccomp={json.dumps(json.loads(_SECCOMP))}"],
        "Memory": memory,
        # equal to Memory: no swap
        "MemorySwap": memory,
        "NanoCpus": resources.cpu_millis * 1_000_000,
        "PidsLimit": resources.pids,
        "Ulimits": [
            {"Name": "nofile", "Soft": OPEN_FILES, "Hard": OPEN_FILES},
            {"Name": "core", "Soft": NO_CORE, "Hard": NO_CORE},
            {"Name": "fsize", "Soft": spec.max_output_bytes, "Hard": spec.max_output_bytes},
        ],
        "Tmpfs": {"/tmp": tmpfs_options(spec)},
        "Mounts": [
            _bind(mounts.inputs, IN_DIR, read_only=True),
            _bind(mounts.outputs, OUT_DIR, read_only=False),
        ],
        "IpcMode": "private",
        "Init": True,
        "OomKillDisable": False,
        "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0},
        "LogConfig": {"Type": "json-file", "Config": {"max-size": log_file_size(spec), "max-file": "1"}},
        "Runtime": runtime,
    }
    if devices:
        config["DeviceRequests"] = [
            {"Driver": "", "DeviceIDs": list(devices), "Capabilities": [["gpu", "compute", "utility"]]}
        ]
    return config


def tmpfs_options(spec: JobSpec) -> str:
    return f"rw,noexec,nosuid,nodev,size={spec.resources.tmpfs_mib}m,mode=1777"


def log_file_size(spec: JobSpec) -> str:
    """Return the limit of the engine's log file: JSON needs up to six bytes for one byte of the job."""
    return f"{max(64 * 1024, 6 * spec.max_log_bytes)}"


def verify(inspected: Mapping[str, Any], wanted: Mapping[str, Any], spec: JobSpec, image_id: str) -> None:
    """Refuse a container that lacks any part of the profile, naming each part."""
    found = inspected["HostConfig"]
    faults = [
        f"{name} is {_short(found.get(name))}, not {_short(expected)}"
        for name, expected in wanted.items()
        if name not in _COMPARED_APART and found.get(name) != expected
    ]
    faults += _security_faults(found) + _mount_faults(inspected, wanted) + _host_faults(found, wanted)
    config = inspected["Config"]
    if config.get("User") != USER:
        faults.append(f"User is {config.get('User')!r}, not {USER!r}")
    if inspected["Image"] != image_id:
        faults.append(f"Image is {inspected['Image']}, not {image_id}")
    if config.get("Cmd") != list(spec.command) or config.get("Entrypoint"):
        faults.append("the command is not the one of the spec")
    if faults:
        raise ProfileViolation("; ".join(faults), fix="update the engine; this node must not run jobs")


# The engine rewrites these, so separate functions compare them.
_COMPARED_APART = {"SecurityOpt", "Mounts", "DeviceRequests", "Ulimits"}
# Settings that weaken the isolation; all must be empty.
_MUST_BE_EMPTY = (
    "Binds",
    "CapAdd",
    "Devices",
    "DeviceCgroupRules",
    "ExtraHosts",
    "GroupAdd",
    "Links",
    "PidMode",
    "PortBindings",
    "UTSMode",
    "UsernsMode",
    "VolumesFrom",
    "CgroupParent",
)


def _security_faults(found: Mapping[str, Any]) -> list[str]:
    options = found.get("SecurityOpt") or []
    faults = [] if "no-new-privileges:true" in options else ["no-new-privileges is absent"]
    profile = next((text[8:] for text in options if text.startswith("seccomp=")), None)
    if profile is None or json.loads(profile) != json.loads(_SECCOMP):
        faults.append("the seccomp profile is not ours")
    limits = {entry["Name"]: (entry["Soft"], entry["Hard"]) for entry in found.get("Ulimits") or []}
    for name, bound in (("nofile", OPEN_FILES), ("core", NO_CORE)):
        if limits.get(name) != (bound, bound):
            faults.append(f"ulimit {name} is {limits.get(name)}, not {bound}")
    return faults


def _mount_faults(inspected: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    expected = {(mount["Target"], mount["Source"], not mount["ReadOnly"]) for mount in wanted["Mounts"]}
    found = {(mount["Destination"], mount["Source"], mount["RW"]) for mount in inspected.get("Mounts") or []}
    return [] if found == expected else [f"mounts are {sorted(found)}, not {sorted(expected)}"]


def _host_faults(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    faults = [f"{name} is {_short(found[name])}" for name in _MUST_BE_EMPTY if found.get(name)]
    asked = [request["DeviceIDs"] for request in wanted.get("DeviceRequests") or []]
    given = [request.get("DeviceIDs") for request in found.get("DeviceRequests") or []]
    return faults if asked == given else [*faults, f"devices are {given}, not {asked}"]


def _bind(source: Path, target: str, *, read_only: bool) -> dict[str, Any]:
    options = {"Propagation": "private"}
    return {
        "Type": "bind",
        "Source": str(source),
        "Target": target,
        "ReadOnly": read_only,
        "BindOptions": options,
    }


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
