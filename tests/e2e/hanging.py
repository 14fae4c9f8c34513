"""Sample run for test_stopping.py: starts all kinds of servers, then one test that does not end by itself."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest

from hypernode.domain.spec import JobSpec
from hypernode_cli.commands.services import free_ports
from hypernode_sandbox.docker_engine import DockerSandbox
from hypernode_sandbox.ports import SandboxRun
from tests.support.engine import a_docker_sandbox, runtime_image
from tests.support.hyper import process, run_process
from tests.support.local_chain import LocalChain, local_chain
from tests.support.postgres import binaries, running_cluster
from tests.support.redis_server import running_redis
from tests.support.stopping import folder_prefix

pytestmark = [pytest.mark.e2e, pytest.mark.docker, pytest.mark.postgres, pytest.mark.redis]


@pytest.fixture
def postgres() -> Iterator[str]:
    programs = binaries()
    assert programs is not None
    with running_cluster(programs) as url:
        yield url


@pytest.fixture
def redis() -> Iterator[str]:
    program = shutil.which("redis-server")
    assert program is not None
    # The path of a socket has at most 107 bytes, which pytest's folders can exceed.
    with (
        TemporaryDirectory(prefix=folder_prefix("redis")) as folder,
        running_redis(Path(program), Path(folder)) as url,
    ):
        yield url


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[LocalChain]:
    with local_chain(tmp_path / "chain") as made:
        yield made


def ports() -> tuple[str, ...]:
    rpc, ws, api = map(str, free_ports(3))
    return ("--rpc-port", rpc, "--ws-port", ws, "--api-port", api)


async def job(sandbox: DockerSandbox, image: str) -> None:
    await sandbox.run(
        SandboxRun("run", JobSpec(image=image, command=("sleep", "600"), timeout_seconds=900), {})
    )


def test_that_hangs(postgres: str, redis: str, chain: LocalChain, tmp_path: Path) -> None:
    """Nothing here removes the job's container, its mount, or the two marketplaces."""
    sandbox = asyncio.run(a_docker_sandbox(tmp_path / "work"))
    Thread(target=asyncio.run, args=(job(sandbox, runtime_image()),), daemon=True).start()
    run_process("up", "--detach", "--home", str(tmp_path / "detached"), *ports(), seconds=90.0)
    with process("up", "--home", str(tmp_path / "foreground"), *ports()):
        Path(os.environ["HANGS"]).touch()
        Event().wait()
