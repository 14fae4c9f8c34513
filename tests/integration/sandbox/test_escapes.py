"""Every way out of the container that we know is tried on the real engine, and must be blocked."""

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from hypernode.domain.result import Ending
from hypernode.domain.spec import InputFile, JobSpec, Resources
from hypernode_sandbox.docker_engine import DockerSandbox
from hypernode_sandbox.ports import SandboxResult, SandboxRun
from tests.support.engine import a_docker_sandbox, runtime_image

pytestmark = [pytest.mark.docker, pytest.mark.asyncio(loop_scope="module")]

SOURCE = (Path(__file__).parent / "probes.py").read_bytes()
NAMES = re.findall(rb'^    "([a-z_]+)": ', SOURCE, re.MULTILINE)
PROBES = [name.decode() for name in NAMES]
MIB = 1024 * 1024


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox(tmp_path_factory: pytest.TempPathFactory):
    made = await a_docker_sandbox(tmp_path_factory.mktemp("work"))
    yield made
    for name in await made.names():
        await made.remove(name)
    await made.close()


async def run(sandbox: DockerSandbox, name: str, *command: str, **changes: Any) -> SandboxResult:
    inputs = {"probes.py": SOURCE, "in.txt": b"input"}
    spec = JobSpec(
        image=runtime_image(),
        command=command,
        inputs=tuple(
            InputFile(path, hashlib.sha256(data).digest(), len(data)) for path, data in inputs.items()
        ),
        resources=Resources(pids=64, memory_mib=512, tmpfs_mib=16),
        timeout_seconds=60,
        max_output_bytes=16 * MIB,
        **changes,
    )
    return await sandbox.run(SandboxRun(name, spec, inputs))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def report(sandbox: DockerSandbox) -> dict[str, dict[str, Any]]:
    result = await run(sandbox, "probes", "python3", "/job/in/probes.py")
    assert result.ending in (Ending.EXITED, Ending.OUTPUTS), result.logs.decode()
    line = next(row for row in result.logs.decode().splitlines() if row.startswith("{"))
    found: dict[str, dict[str, Any]] = json.loads(line)
    return found


async def test_there_are_enough_probes() -> None:
    assert len(PROBES) >= 25


@pytest.mark.parametrize("probe", PROBES)
async def test_probe_is_blocked(report: dict[str, dict[str, Any]], probe: str) -> None:
    if probe in ("fill_outputs", "many_output_files") and os.geteuid() != 0:
        pytest.skip("without root a running job's outputs are bounded per file only (docs/node-isolation.md)")
    assert report[probe]["blocked"], report[probe]["how"]


async def test_a_job_that_ignores_signals_dies_at_its_time(sandbox: DockerSandbox) -> None:
    script = (
        "trap '' TERM INT HUP; (trap '' TERM INT HUP; while :; do sleep 1; done) & while :; do sleep 1; done"
    )
    result = await sandbox.run(
        SandboxRun(
            "deaf", JobSpec(image=runtime_image(), command=("sh", "-c", script), timeout_seconds=1), {}
        )
    )
    assert result.ending is Ending.TIME


async def test_memory_is_bounded(sandbox: DockerSandbox) -> None:
    result = await run(sandbox, "memory", "python3", "-c", "bytearray(700 * 2**20)")
    assert result.ending is Ending.MEMORY
    assert result.outputs == ()


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("link", "ln -s /etc/passwd /job/out/link"),
        ("fifo", "mkfifo /job/out/fifo"),
        ("hidden", "mkdir /job/out/a && ln -s / /job/out/a/root"),
    ],
)
async def test_outputs_that_are_no_plain_files_are_refused(
    sandbox: DockerSandbox, name: str, script: str
) -> None:
    result = await run(sandbox, name, "sh", "-c", script)
    assert result.ending is Ending.OUTPUTS
    assert result.outputs == ()
    assert b"not a plain file" in result.logs


async def test_the_environment_of_the_image_decides_nothing(sandbox: DockerSandbox) -> None:
    result = await run(sandbox, "env", "sh", "-c", "env | cut -d= -f1 | sort | tr '\\n' ' '")
    assert set(result.logs.decode().split()) <= {
        *("HOME", "HOSTNAME", "HYPERNODE_SEED", "LANG", "PATH", "PWD", "TZ", "_", "OLDPWD", "SHLVL")
    }
