"""Benchmark of what a user waits for: imports, commands beside vastai, a start, a verdict, wheel sizes."""

import asyncio
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect

from benchmarks.report import Column, publish
from hypernode import Hypernode
from hypernode.chain.events import decode_events
from hypernode.chain.keys import Key
from hypernode.chain.ports import MARKETS
from hypernode.config import Cluster
from hypernode.domain.spec import JobSpec
from hypernode_cli.commands.services import free_ports
from tests.support.engine import runtime_image

RUNS = 9
STARTS = 3
JOBS = 7
ROOT = Path(__file__).parents[1]
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hypernode"
VASTAI = "vastai==1.9.1"
CPU, WALL, SIZE = "CPU ms", "wall ms", "KiB"
# The last one is what `Hypernode.connect` loads: names before it load their modules on first use.
IMPORTS = ("import hypernode", "from hypernode import Hypernode", "import hypernode.client.connection")
# Compiled modules are kept and nothing else of the caller's Python leaks in.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Seconds of one finished command: user and system time, and on the clock."""

    cpu: float
    wall: float


def cost(command: Sequence[str], **settings: str) -> Cost:
    """Run a command to its end, with these settings in its environment; raise if it fails."""
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT | settings,
    )
    assert process.stderr is not None
    with process.stderr as pipe:
        told = pipe.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=told)
    return Cost(usage.ru_utime + usage.ru_stime, wall)


@dataclass(frozen=True)
class Installed:
    """An environment that holds hypernode-cli[up], from wheels, and a home folder for its services."""

    environment: Path
    home: Path

    @property
    def python(self) -> str:
        return str(self.environment / "bin" / "python")

    def hyper(self, *words: str) -> tuple[str, ...]:
        return (str(self.environment / "bin" / "hyper"), *words, "--home", str(self.home))


def installed(folder: Path, built: Sequence[Path]) -> Installed:
    """Install the wheels as a user does, with the versions of everything else that uv.lock pins."""
    found, pins = Installed(folder / "environment", folder / "home"), folder / "pins.txt"
    export = ("uv", "export", "--quiet", "--frozen", "--all-packages", "--all-extras", "--no-dev")
    subprocess.run(
        (*export, "--no-emit-workspace", "--no-hashes", "--output-file", str(pins)),
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    subprocess.run(("uv", "venv", "--quiet", "--python", sys.executable, str(found.environment)), check=True)
    install = ("uv", "pip", "install", "--quiet", "--python", found.python, "--constraints", str(pins))
    subprocess.run((*install, *map(str, built)), check=True)
    return found


def commands(here: Installed) -> list[dict[str, Any]]:
    """Return the CPU time of every command, each once unmeasured and then in turn with the others."""
    python = (here.python, "-c")
    asked: dict[str, Sequence[str]] = {
        "python -c pass": (*python, "pass"),
        **{statement: (*python, statement) for statement in IMPORTS},
        "hyper --help": (here.hyper()[0], "--help"),
        "vastai --help": (vastai(), "--help"),
        "hyper job list": here.hyper("job", "list"),
    }
    found: dict[str, list[float]] = {name: [] for name in asked}
    for run in range(RUNS + 1):
        for name, command in asked.items():
            used = cost(command).cpu
            if run:
                found[name].append(used)
    bare = statistics.median(found["python -c pass"])
    rows = []
    for name, values in found.items():
        rows.append(_row(name, CPU, values))
        if name in IMPORTS:
            rows.append(_row(f"{name}, less bare python", CPU, [value - bare for value in values]))
    return rows


def vastai() -> str:
    """Return the entry point of the vastai command line, installed now unless it is there."""
    home = CACHE / "vastai"
    entry = home / "bin" / "vastai"
    folders = {"UV_TOOL_DIR": str(home / "tools"), "UV_TOOL_BIN_DIR": str(entry.parent)}
    install = ("uv", "tool", "install", "--quiet", "--python", sys.executable, VASTAI)
    subprocess.run(install, check=True, env={**os.environ, **folders})
    return str(entry)


@contextlib.contextmanager
def stopped(here: Installed) -> Any:
    """Stop all services at the end, even if the block fails."""
    try:
        yield
    finally:
        cost(here.hyper("down"))


def starts(here: Installed) -> list[dict[str, Any]]:
    """Start the stack once unmeasured, then measure later starts; the last one keeps running."""
    up = here.hyper("up", "--detach")
    ports = zip(("--rpc-port", "--ws-port", "--api-port"), free_ports(3), strict=True)
    cost((*up, *(str(part) for pair in ports for part in pair)))
    walls, used = [], []
    for _ in range(STARTS):
        cost(here.hyper("down"))
        spent = cost(up)
        walls.append(spent.wall)
        used.append(spent.cpu + _services_cpu(here))
    return [
        _row("hyper up --detach, second start", WALL, walls),
        _row("hyper up --detach, second start, all processes", CPU, used),
    ]


def _services_cpu(here: Installed) -> float:
    """Return the CPU seconds that the running services have used since they started."""
    status = here.hyper("status", "--json")
    told = subprocess.run(status, check=True, capture_output=True, env=ENVIRONMENT)
    total = 0
    for service in json.loads(told.stdout):
        fields = Path(f"/proc/{service['pid']}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


async def verdicts(home: Path, image: str, *, repeated: bool) -> list[dict[str, Any]]:
    """Return how long trivial jobs wait for their verdict, timed by the chain's own notices of its events.

    `repeated` says how the running oracles are set: as usual, or to repeat only what their draw takes.
    """
    cluster = Cluster.load(home)
    wallet = Key.load(home / "keys" / "wallet.json")
    seen: dict[tuple[str, str], float] = {}
    jobs = []
    async with Hypernode.connect(cluster=cluster, wallet=wallet) as hn, _listening(cluster, seen):
        for number in range(JOBS + 1):
            spec = JobSpec(image=image, command=("true", f"{number} {repeated}"), timeout_seconds=60)
            job = await hn.jobs.post(spec)
            async with asyncio.timeout(60):
                (await job.result()).check()
            jobs.append(job.id)
    steps = {"created -> receipt": ("JobCreated", "ReceiptSubmitted")}
    steps["receipt -> settled"] = ("ReceiptSubmitted", "JobSettled")
    kind = "repeated" if repeated else "not repeated"
    return [
        _row(f"{name}, {kind}", WALL, [seen[end, job] - seen[begin, job] for job in jobs[1:]])
        for name, (begin, end) in steps.items()
    ]


@contextlib.asynccontextmanager
async def _listening(cluster: Cluster, seen: dict[tuple[str, str], float]) -> AsyncIterator[None]:
    """Record in `seen` when the notice of each job event arrives."""
    request = {"jsonrpc": "2.0", "id": 1, "method": "logsSubscribe"}
    params = [{"mentions": [MARKETS]}, {"commitment": "confirmed"}]
    async with connect(cluster.ws_url) as chain:
        await chain.send(json.dumps({**request, "params": params}))
        await chain.recv()

        async def note() -> None:
            async for message in chain:
                now = time.monotonic()
                events, _ = decode_events(json.loads(message)["params"]["result"]["value"]["logs"])
                for event in events:
                    seen[type(event).__name__, str(getattr(event, "job", ""))] = now

        task = asyncio.create_task(note())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


def wheels(folder: Path) -> list[Path]:
    """Build the wheel of every distribution in this repository."""
    build = ("uv", "build", "--quiet", "--all-packages", "--wheel", "--out-dir", str(folder))
    subprocess.run(build, check=True, cwd=ROOT)
    return sorted(folder.glob("*.whl"))


def measure() -> None:
    if shutil.which("uv") is None:
        sys.exit("error: uv is not on PATH\n  fix: make bench-cli")
    image = runtime_image()
    with tempfile.TemporaryDirectory(prefix="hypernode-command-line-") as folder:
        built = wheels(Path(folder) / "wheels")
        here = installed(Path(folder), built)
        with stopped(here):
            begun = starts(here)
            waited = asyncio.run(verdicts(here.home, image, repeated=True))
            cost(here.hyper("down"))
            cost(here.hyper("up", "--detach"), HYPERNODE_ORACLE_NEWCOMER_JOBS="0")
            waited += asyncio.run(verdicts(here.home, image, repeated=False))
            used = commands(here)
        sizes = [
            _row(f"wheel {path.name.split('-')[0]}", SIZE, [path.stat().st_size / 1024]) for path in built
        ]
    publish(
        "command_line",
        (
            Column("what", "what"),
            Column("unit", "unit"),
            Column("median", "median"),
            Column("least", "least"),
            Column("most", "most"),
            Column("runs", "runs"),
            Column("load", "load"),
        ),
        [*used, *begun, *waited, *sizes],
        (
            "hyper is hypernode-cli[up], installed from its wheels into an empty environment.",
            "CPU is user and system time of the process and its children, after one run that is not counted.",
            f"vastai is {VASTAI} from PyPI, in an environment of its own with the same Python.",
            "A second start ends with a funded wallet; its CPU counts all services up to that moment.",
            f"{JOBS} jobs of `true`, each with another argument. Repeated: the oracles run each job again,",
            "as they do with a node's first ten. Not repeated: they repeat the 5 % that their draw takes.",
            "Load is that of the last minute when the row was made: wall figures grow with it.",
        ),
    )


def _row(what: str, unit: str, values: Sequence[float]) -> dict[str, Any]:
    scale = 1 if unit == SIZE else 1000
    return {
        "what": what,
        "unit": unit,
        "median": round(statistics.median(values) * scale),
        "least": round(min(values) * scale),
        "most": round(max(values) * scale),
        "runs": len(values),
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    measure()
