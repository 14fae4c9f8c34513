"""The TypeScript client as a stranger installs it, and a local chain and API for it to use.

All imports of our Python packages are in this file.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from hypernode_cli.commands.services import free_ports
from tests.support.hyper import eventually
from tests.support.local_chain import LocalChain

API_MODULE = "hypernode_marketplace_api.main"
SDK = Path(__file__).parents[3] / "sdk" / "typescript"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "hypernode"
NODE_LEAST = (22, 19)
HYPER = 10**6
API_SECONDS = 30


def environment(**more: str) -> dict[str, str]:
    """Return the environment of the Makefile: a Node.js in our cache comes first."""
    path = f"{CACHE / 'node' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHON": sys.executable, **more}


def run(*words: str, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Run a command, return what it printed, and fail with that if it fails."""
    done = subprocess.run(
        words, cwd=cwd, env=env or environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@dataclass(frozen=True)
class Project:
    """A folder of a stranger's project that has the packed client installed."""

    folder: Path

    def node(self, *words: str, home: Path) -> str:
        return run("node", *words, cwd=self.folder, env=environment(HYPERNODE_HOME=str(home)))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Generate, build and pack the client, and install the package beside what it asks for."""
    _require_node()
    run("bash", "install.sh", cwd=SDK)
    run("npm", "run", "--silent", "generate", cwd=SDK)
    run("npm", "run", "--silent", "build", cwd=SDK)
    folder = tmp_path_factory.mktemp("project")
    package = run("npm", "pack", "--silent", "--pack-destination", str(folder), cwd=SDK).strip()
    installed = folder / "node_modules" / "@hypernode" / "sdk"
    installed.mkdir(parents=True)
    run("tar", "-xzf", str(folder / package), "-C", str(installed), "--strip-components=1", cwd=folder)
    for name in (
        "@noble",
        "@solana",
        "@types",
        "canonicalize",
        "openapi-fetch",
        "openapi-typescript-helpers",
    ):
        (folder / "node_modules" / name).symlink_to(SDK / "node_modules" / name)
    (folder / "package.json").write_text('{"type": "module"}')
    shutil.copy(Path(__file__).parent / "tsconfig.json", folder)
    return Project(folder)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home folder whose `cluster.json` names a local chain and an API, with a funded wallet."""
    chain = LocalChain(tmp_path)
    (port,) = free_ports(1)
    chain.settings = chain.settings.model_copy(update={"api_url": f"http://127.0.0.1:{port}"})
    thread = chain.start()
    try:
        chain.wallet("wallet", 100 * HYPER)
        with _api(tmp_path, chain.settings.rpc_url, port):
            yield tmp_path
    finally:
        chain.stop(thread)


@contextmanager
def _api(folder: Path, rpc_url: str, port: int) -> Iterator[None]:
    database = f"sqlite+aiosqlite:///{folder / 'api.sqlite'}"
    words = ("serve", "--port", str(port), "--rpc-url", rpc_url, "--database-url", database)
    process = subprocess.Popen([sys.executable, "-m", API_MODULE, *words], env=environment())
    try:
        eventually(lambda: _healthy(port), API_SECONDS, "the API answers")
        yield
    finally:
        process.terminate()
        process.wait()


def _healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _require_node() -> None:
    if shutil.which("node", path=environment()["PATH"]) is None:
        pytest.skip("Node.js is not installed: run `bash deploy/setup.sh node`")
    text = run("node", "--version", cwd=SDK).strip().removeprefix("v")
    if tuple(int(part) for part in text.split(".")[:2]) < NODE_LEAST:
        pytest.skip(f"Node.js {text} is older than 22.19: run `bash deploy/setup.sh node`")
