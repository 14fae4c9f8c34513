"""Tests of the built wheels: each is installed into an empty environment, away from the sources, and used."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hypernode_cli.commands.services import free_ports
from tests.support.engine import runtime_image
from tests.support.stopping import VARIABLE

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hypernode"
UV = shutil.which("uv", path=f"{os.environ['PATH']}:{CACHE / 'uv' / 'bin'}") or "uv"
SERVER_PARTS = {"docker", "fastapi", "nvidia-ml-py", "sqlalchemy", "uvicorn"}
COMMAND_SECONDS = 120.0

# A stranger's first script: the installed distributions, the size of one program, two clients.
SDK_SCRIPT = """
import json, importlib.metadata, pathlib, hypernode
home = pathlib.Path(hypernode.__path__[0])
from hypernode.chain.programs import NAMES, binary
from hypernode.client import BuyerClient, StakerClient
print(json.dumps({
    "installed": sorted(found.name.lower() for found in importlib.metadata.distributions()),
    "programs": {name: binary(name)[:4].hex() for name in NAMES},
    "idls": sorted(path.stem for path in (home / "artifacts/idl").glob("*.json")),
    "typed": (home / "py.typed").exists(),
    "clients": [BuyerClient.__name__, StakerClient.__name__],
}))
"""


@dataclass(frozen=True)
class Environment:
    """A virtual environment that holds nothing but what one wheel brings."""

    folder: Path

    def run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in its own folder, where no source of this repository is found."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name == VARIABLE or not name.startswith(("PYTHON", "HYPERNODE"))
        }
        return subprocess.run(
            [str(self.folder / "bin" / program), *words],
            cwd=self.folder,
            env=kept,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )

    def python(self, script: str) -> Any:
        ran = self.run("python", "-c", script)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    def hyper(self, *words: str) -> Any:
        """Run a command of `hyper` that succeeds on the home of this environment; return its document."""
        ran = self._home(*words)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    def problem(self, *words: str) -> Any:
        """Run a command of `hyper` that fails with a reason; return it."""
        ran = self._home(*words)
        assert (ran.returncode, ran.stdout) == (1, ""), ran.stderr
        return json.loads(ran.stderr)

    def _home(self, *words: str) -> subprocess.CompletedProcess[str]:
        at = words.index("--") if "--" in words else len(words)
        options = ("--json", "--home", str(self.folder / "home"))
        return self.run("hyper", *words[:at], *options, *words[at:])


def uv(*words: str) -> str:
    ran = subprocess.run([UV, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def pins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build every wheel; return constraints that name them, and uv.lock's versions of everything else."""
    folder = tmp_path_factory.mktemp("wheels")
    uv("build", "--quiet", "--all-packages", "--out-dir", str(folder))
    ours = [f"{path.name.split('-')[0].replace('_', '-')} @ file://{path}" for path in folder.glob("*.whl")]
    members = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["workspace"]["members"]
    assert len(ours) == len([path for member in members for path in ROOT.glob(f"{member}/pyproject.toml")])
    export = (
        "export",
        "--quiet",
        "--frozen",
        "--all-packages",
        "--all-extras",
        "--no-dev",
        "--no-emit-workspace",
    )
    pins = folder / "pins.txt"
    pins.write_text("\n".join([uv(*export, "--no-hashes"), *ours]))
    return pins


def installed(folder: Path, pins: Path, requirement: str) -> Environment:
    uv("venv", "--quiet", "--no-python-downloads", "--python", sys.executable, str(folder))
    python = str(folder / "bin" / "python")
    uv("pip", "install", "--quiet", "--python", python, "--constraints", str(pins), requirement)
    return Environment(folder)


@pytest.fixture(scope="module")
def buyer(pins: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return installed(tmp_path_factory.mktemp("cli"), pins, "hypernode-cli")


@pytest.fixture(scope="module")
def local(pins: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    """The command line with the local stack; what a test leaves running is stopped."""
    made = installed(tmp_path_factory.mktemp("up"), pins, "hypernode-cli[up]")
    yield made
    made.hyper("down")


def test_the_sdk_alone_brings_programs_and_types_and_no_server(pins: Path, tmp_path: Path) -> None:
    found = installed(tmp_path / "sdk", pins, "hypernode").python(SDK_SCRIPT)
    assert not SERVER_PARTS & set(found["installed"])
    assert [name for name in found["installed"] if name.startswith("hypernode")] == ["hypernode"]
    assert set(found["programs"].values()) == {b"\x7fELF".hex()}
    assert found["idls"] == sorted(found["programs"])
    assert found["typed"]
    assert found["clients"] == ["BuyerClient", "StakerClient"]


def test_the_command_line_alone_brings_no_server(buyer: Environment) -> None:
    names = buyer.python(
        "import importlib.metadata as m, json; print(json.dumps([d.name.lower() for d in m.distributions()]))"
    )
    assert {name for name in names if name.startswith("hypernode")} == {"hypernode", "hypernode-cli"}
    assert not SERVER_PARTS & set(names)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("--version",), "hyper, version "),
        (("--help",), "Usage: hyper"),
        (("job", "--help"), "Usage: hyper job"),
        (("job:run", "--help"), "Usage: hyper job run"),
        (("wallet:airdrop", "--help"), "Usage: hyper wallet airdrop"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_command_line_alone_explains_itself(
    buyer: Environment, words: tuple[str, ...], shown: str
) -> None:
    ran = buyer.run("hyper", *words)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith(shown)


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        (("up",), "up"),
        (("localnet:start",), "up"),
        (("node:init",), "node"),
        (("node:start",), "node"),
        (("node", "start"), "node"),
    ],
    ids=" ".join,
)
def test_a_command_of_an_extra_says_how_to_install_it(
    buyer: Environment, words: tuple[str, ...], extra: str
) -> None:
    told = buyer.problem(*words)
    assert (told["error"], told["fix"]) == ("ExtraMissing", f"uv tool install 'hypernode-cli[{extra}]'")


def test_a_buyer_without_extras_has_a_wallet_and_reads_status(buyer: Environment) -> None:
    assert buyer.hyper("wallet:new")["address"] == buyer.hyper("wallet:address")["address"]
    assert buyer.hyper("status") == []
    assert "cluster.json" in buyer.problem("job:list")["detail"]


def test_every_colon_form_of_the_documentation_is_a_command(local: Environment) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    text = "\n".join(page.read_text() for page in pages)
    forms = sorted(set(re.findall(r"\bhyper ([a-z]+:[a-z-]+[a-z])\b", text)))
    assert {"job:run", "node:start", "wallet:airdrop"} <= set(forms)
    for form in forms:
        ran = local.run("hyper", form, "--help")
        assert (ran.returncode, ran.stderr) == (0, ""), form
        assert ran.stdout.startswith(f"Usage: hyper {form.replace(':', ' ')}"), form


def test_the_node_extra_runs_node_commands_without_the_local_stack(pins: Path, tmp_path: Path) -> None:
    operator = installed(tmp_path / "node", pins, "hypernode-cli[node]")
    assert "cluster.json" in operator.problem("node:init")["detail"]
    assert operator.hyper("node:stop") == {"stopped": False}
    told = operator.problem("up", "--no-node", "--detach")
    assert told["fix"] == "uv tool install 'hypernode-cli[up]'"


@pytest.mark.docker
def test_a_marketplace_from_wheels_alone_sells_a_job(local: Environment) -> None:
    ports = zip(("--rpc-port", "--ws-port", "--api-port"), map(str, free_ports(3)), strict=True)
    raised = local.hyper("up", "--detach", "--no-node", *(word for pair in ports for word in pair))
    assert {"localnet", "api"} <= set(raised["running"])
    registered = local.hyper("node:init")
    assert local.hyper("node:start") == {"node": registered["node"], "state": "online"}
    image = runtime_image()
    run = ("job:run", "--image", image, "--timeout", "60", "--output", "out", "--")
    bought = local.hyper(*run, "sh", "-c", "echo made > /job/out/made.txt")
    assert (bought["status"], bought["files"]) == ("Settled", ["out/made.txt"])
    assert (local.folder / "out" / "made.txt").read_text() == "made\n"
    assert [row["job"] for row in local.hyper("job:list")] == [bought["job"]]
    assert local.hyper("node:status")["state"] == "online"
    assert local.hyper("node:stop") == {"stopped": True}
    assert {"localnet", "api"} <= set(local.hyper("down")["stopped"])
    assert local.hyper("status") == []
