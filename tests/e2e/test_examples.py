"""Tests of the SDK's examples: each runs as a program of its own against one local marketplace."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hypernode_cli.commands.processes import Processes
from hypernode_cli.commands.services import free_ports
from tests.support.engine import runtime_image
from tests.support.hyper import ROOT, Hyper, run_process

pytestmark = [pytest.mark.e2e, pytest.mark.docker, pytest.mark.timeout(180)]

EXAMPLES = ROOT / "sdk" / "python" / "examples"
UP_SECONDS = 90.0
EXAMPLE_SECONDS = 90.0


@pytest.fixture(scope="module")
def image() -> str:
    return runtime_image()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One marketplace with a funded wallet for all examples."""
    hyper = Hyper(tmp_path_factory.mktemp("examples"))
    rpc, ws, api = map(str, free_ports(3))
    ports = ("--rpc-port", rpc, "--ws-port", ws, "--api-port", api)
    ran = run_process("up", "--detach", "--json", "--home", str(hyper.home), *ports, seconds=UP_SECONDS)
    try:
        assert ran.document["running"]
        yield hyper.home
    finally:
        hyper("down")
        for record in Processes(hyper.home).running().values():
            with suppress(ProcessLookupError):
                os.kill(record.pid, signal.SIGKILL)


def run(name: str, home: Path, *words: str) -> list[str]:
    """Run one example and return the lines it printed."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / name), *words],
        env={**os.environ, "HYPERNODE_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=EXAMPLE_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_hello_job(home: Path, image: str) -> None:
    said, paid = run("hello_job.py", home, image)
    assert said == "hello from the market"
    assert paid.startswith("paid ")


def test_files_in_and_out(home: Path, image: str, tmp_path: Path) -> None:
    told = run("files_in_and_out.py", home, image, str(tmp_path))
    assert told[1:] == ["sorted.txt: 15 bytes", "apple", "fig", "pear"]
    assert (tmp_path / "sorted.txt").read_text() == "apple\nfig\npear\n"
    lines = len((EXAMPLES / "files_in_and_out.py").read_text().splitlines())
    assert int((tmp_path / "lines.txt").read_text()) == lines


def test_many_jobs(home: Path, image: str) -> None:
    assert sorted(run("many_jobs.py", home, image, "3")) == ["0 * 0 = 0", "1 * 1 = 1", "2 * 2 = 4"]


def test_stake_and_claim(home: Path) -> None:
    staked, claimed = run("stake_and_claim.py", home, "100")
    assert staked.startswith("staked 100 HYPER")
    assert claimed == "claimed" or "has earned nothing" in claimed


def test_follow_the_market(home: Path, image: str) -> None:
    run("hello_job.py", home, image)
    told = run("follow_the_market.py", home, "JobSettled")
    assert "GPUs" in told[0]
    assert told[-1].endswith("JobSettled")


def test_there_are_five_and_each_is_short() -> None:
    examples = sorted(EXAMPLES.glob("*.py"))
    tests = {name.removeprefix("test_") + ".py" for name in globals() if name.startswith("test_")}
    assert len(examples) == 5
    assert {path.name for path in examples} <= tests
    assert all(len(path.read_text().splitlines()) <= 40 for path in examples)
