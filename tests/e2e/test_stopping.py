"""Tests that a run that is stopped ends within seconds, and leaves no process, container or mount."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import docker
import pytest

from hypernode_sandbox.profile import OWNER_LABEL
from tests.support.hyper import ROOT, eventually
from tests.support.stopping import RECORDS, Run

pytestmark = [pytest.mark.e2e, pytest.mark.docker, pytest.mark.timeout(300)]

SAMPLE = "tests/e2e/hanging.py"
HANG_SECONDS, STOP_SECONDS = 120.0, 30.0
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
MAKE = ("make", "--no-print-directory", "test-python", f"TESTS={SAMPLE}")


class Started:
    """A started sample run that hangs."""

    def __init__(self, folder: Path, command: tuple[str, ...]) -> None:
        self.folder = folder / "run"
        hangs = folder / "hangs"
        options = f"--basetemp={self.folder}"
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "HANGS": str(hangs), "PYTEST_ADDOPTS": options},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        eventually(lambda: hangs.exists() or self.process.poll() is not None, HANG_SECONDS, "the test hangs")
        assert self.process.poll() is None, (folder / "log").read_text()
        self.run = eventually(self._run, HANG_SECONDS, "the run's record")

    def _run(self) -> Run | None:
        runs = (Run(**json.loads(path.read_text())) for path in RECORDS.glob("*.json"))
        return next((run for run in runs if run.folder == str(self.folder)), None)

    def containers(self) -> list[str]:
        client = docker.from_env()
        found = client.api.containers(all=True, filters={"label": OWNER_LABEL})
        client.close()
        sources = [mount["Source"] for entry in found for mount in entry["Mounts"]]
        return [source for source in sources if source.startswith(str(self.folder))]

    def mounts(self) -> list[str]:
        lines = Path("/proc/self/mountinfo").read_text().splitlines()
        return [line for line in lines if str(self.folder) in line]

    def left(self) -> dict[str, object]:
        """Return what is there of this run now."""
        return {
            "processes": self.run.processes(),
            "containers": self.containers(),
            "mounts": self.mounts(),
            "folders": list(Path("/tmp").glob(f"hypernode-*{self.run.name}*")),
            "record": [self.run.record] if self.run.record.exists() else [],
        }

    def require_all(self) -> None:
        found = self.left()
        if os.geteuid() != 0:
            del found["mounts"]
        assert all(found.values()), found

    def require_nothing(self) -> None:
        assert not any(self.left().values()), self.left()


@pytest.mark.parametrize(
    ("command", "number"),
    [
        (MAKE, signal.SIGTERM),
        ((*PYTEST, SAMPLE), signal.SIGINT),
        ((*PYTEST, "-n", "1", SAMPLE), signal.SIGTERM),
    ],
    ids=["make", "ctrl-c", "xdist"],
)
def test_a_signal_ends_the_run_and_leaves_nothing(
    tmp_path: Path, command: tuple[str, ...], number: signal.Signals
) -> None:
    started = Started(tmp_path, command)
    started.require_all()
    started.process.send_signal(number)
    assert started.process.wait(STOP_SECONDS) != 0
    started.require_nothing()


def test_the_next_run_removes_what_a_killed_run_left(tmp_path: Path) -> None:
    started = Started(tmp_path, (*PYTEST, SAMPLE))
    started.process.kill()
    started.process.wait(STOP_SECONDS)
    started.require_all()
    subprocess.run([*PYTEST, "--collect-only", "tests/unit/test_errors.py"], cwd=ROOT, check=True)
    started.require_nothing()
