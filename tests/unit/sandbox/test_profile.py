"""Every line of the profile is checked: one that the engine did not keep refuses the container."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from hypernode.domain.spec import JobSpec
from hypernode.errors import ProfileViolation
from hypernode_sandbox import profile

IMAGE = "sha256:" + "ab" * 32
SPEC = JobSpec(image=IMAGE, command=("true",))
MOUNTS = profile.Mounts(Path("/work/run/in"), Path("/work/run/out"))
WANTED = profile.host_config(SPEC, MOUNTS, (), "runc")


def inspected() -> dict[str, Any]:
    """Return what an engine that keeps the whole profile says of the container."""
    mounts = [
        {"Destination": mount["Target"], "Source": mount["Source"], "RW": not mount["ReadOnly"]}
        for mount in WANTED["Mounts"]
    ]
    return {
        "HostConfig": copy.deepcopy(WANTED),
        "Mounts": mounts,
        "Image": IMAGE,
        "Config": {"User": profile.USER, "Cmd": ["true"], "Entrypoint": None},
    }


def test_a_container_that_keeps_it_is_accepted() -> None:
    profile.verify(inspected(), WANTED, SPEC, IMAGE)


def tampered(*path: str | int, value: Any) -> dict[str, Any]:
    document = inspected()
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


CASES = {
    "network": (("HostConfig", "NetworkMode"), "bridge"),
    "root file system": (("HostConfig", "ReadonlyRootfs"), False),
    "privileged": (("HostConfig", "Privileged"), True),
    "capabilities kept": (("HostConfig", "CapDrop"), []),
    "capability added": (("HostConfig", "CapAdd"), ["SYS_ADMIN"]),
    "seccomp off": (("HostConfig", "SecurityOpt"), ["no-new-privileges:true", "seccomp=unconfined_{}"]),
    "new privileges": (("HostConfig", "SecurityOpt"), [WANTED["SecurityOpt"][1]]),
    "memory": (("HostConfig", "Memory"), 0),
    "swap": (("HostConfig", "MemorySwap"), -1),
    "processors": (("HostConfig", "NanoCpus"), 0),
    "processes": (("HostConfig", "PidsLimit"), None),
    "open files": (("HostConfig", "Ulimits"), []),
    "temporary files": (("HostConfig", "Tmpfs"), {}),
    "ipc": (("HostConfig", "IpcMode"), "host"),
    "init": (("HostConfig", "Init"), False),
    "restarts": (("HostConfig", "RestartPolicy"), {"Name": "always", "MaximumRetryCount": 0}),
    "log driver": (("HostConfig", "LogConfig"), {"Type": "syslog", "Config": {}}),
    "runtime": (("HostConfig", "Runtime"), "other"),
    "host processes": (("HostConfig", "PidMode"), "host"),
    "user namespace": (("HostConfig", "UsernsMode"), "host"),
    "host name space": (("HostConfig", "UTSMode"), "host"),
    "a bind mount": (("HostConfig", "Binds"), ["/:/host"]),
    "a device": (("HostConfig", "Devices"), [{"PathOnHost": "/dev/sda"}]),
    "a gpu not asked for": (("HostConfig", "DeviceRequests"), [{"DeviceIDs": ["GPU-1"]}]),
    "a port": (("HostConfig", "PortBindings"), {"80/tcp": [{}]}),
    "inputs writable": (("Mounts", 0, "RW"), True),
    "another source": (("Mounts", 1, "Source"), "/"),
    "user": (("Config", "User"), "0:0"),
    "image": (("Image",), "sha256:" + "00" * 32),
    "command": (("Config", "Cmd"), ["sh"]),
    "entrypoint": (("Config", "Entrypoint"), ["/bin/sh"]),
}


@pytest.mark.parametrize("name", CASES)
def test_one_line_less_is_refused(name: str) -> None:
    path, value = CASES[name]
    if name == "seccomp off":
        value = ["no-new-privileges:true", f"seccomp={json.dumps({'defaultAction': 'SCMP_ACT_ALLOW'})}"]
    with pytest.raises(ProfileViolation):
        profile.verify(tampered(*path, value=value), WANTED, SPEC, IMAGE)


def test_another_mount_is_refused() -> None:
    document = inspected()
    document["Mounts"].append(
        {"Destination": "/var/run/docker.sock", "Source": "/var/run/docker.sock", "RW": True}
    )
    with pytest.raises(ProfileViolation, match="mounts"):
        profile.verify(document, WANTED, SPEC, IMAGE)


def test_gpus_are_asked_for_by_their_exact_ids() -> None:
    wanted = profile.host_config(SPEC, MOUNTS, ("GPU-1", "GPU-2"), "runc")
    (request,) = wanted["DeviceRequests"]
    assert request["DeviceIDs"] == ["GPU-1", "GPU-2"]
    assert "Count" not in request


def test_dangerous_calls_are_not_on_the_list() -> None:
    rules = json.loads(Path(profile.__file__).with_name("seccomp.json").read_text())
    assert rules["defaultAction"] == "SCMP_ACT_ERRNO"
    allowed = {
        name
        for rule in rules["syscalls"]
        if rule["action"] == "SCMP_ACT_ALLOW" and not rule.get("args")
        for name in rule["names"]
    }
    forbidden = "mount umount2 unshare setns ptrace bpf keyctl perf_event_open init_module kexec_load reboot"
    assert not allowed & {
        *forbidden.split(),
        "clone",
        "socket",
        "personality",
        "userfaultfd",
        "io_uring_setup",
    }
