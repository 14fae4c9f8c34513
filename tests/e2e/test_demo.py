"""Test of the demo: its exit code is 0 and it prints the sums."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.stopping import VARIABLE

ROOT = Path(__file__).parents[2]
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
DEMO_SECONDS = 480


@pytest.mark.e2e
@pytest.mark.docker
@pytest.mark.timeout(DEMO_SECONDS + 20)
def test_the_six_jobs_come_out_as_they_must(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "demo"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": PATH, "TMPDIR": str(tmp_path), VARIABLE: os.environ[VARIABLE]},
        capture_output=True,
        text=True,
        timeout=DEMO_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    animation = (tmp_path / "demo-output" / "animation.gif").read_bytes()
    assert animation.startswith(b"GIF89a")
    assert "a job that the buyer stops: settled" in done.stdout
    assert "deposits" in done.stdout
