"""Background processes of a home folder, each with one record and one log file."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from hypernode.errors import ConfigError

# A service finishes its writes within this time of SIGTERM; one that does not is killed, and resumes from
# its journal.
STOP_SECONDS = 10.0
# A killed process is gone within this time, unless the kernel itself waits for a disk.
KILL_SECONDS = 5.0
# Seconds between two looks at a stopping process.
POLL_SECONDS = 0.05


class AlreadyRunning(ConfigError):
    """The process is running already; starting a second one would write the same journal twice."""


class StillRunning(ConfigError):
    """The process outlived SIGKILL; its record is kept, so that it is not forgotten."""


@dataclass(frozen=True)
class Record:
    """A started process. `started` is the kernel's start tick, so a reused pid is not taken for ours."""

    pid: int
    started: int
    argv: list[str]

    @property
    def alive(self) -> bool:
        # 0 is a process that had ended before its start could be read
        return bool(self.started) and _start_tick(self.pid) == self.started


# People read these logs. Unbuffered, so that a log has each line when it is written, and in that order.
_ENVIRONMENT = {"HYPERNODE_LOG": "console", "PYTHONUNBUFFERED": "1"}


class Processes:
    """Start, find and stop named processes below one home folder."""

    def __init__(self, home: Path, *, patience: float = STOP_SECONDS) -> None:
        self._run = home / "run"
        self._logs = home / "logs"
        self._patience = patience

    def log_path(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def start(
        self, name: str, module: str, arguments: Sequence[str] = (), settings: Mapping[str, str] | None = None
    ) -> Record:
        """Run `python -m module arguments` in the background, with settings in its environment.

        Its output is appended to the log of that name.
        """
        self._run.mkdir(parents=True, exist_ok=True)
        self._logs.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if self.find(name) is not None:
                raise AlreadyRunning(
                    f"{name} is already running", fix="stop it first, or use the running one"
                )
            argv = [sys.executable, "-m", module, *arguments]
            with self.log_path(name).open("ab") as log:
                child = subprocess.Popen(
                    argv,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    env={**_ENVIRONMENT, **os.environ, **(settings or {})},
                    start_new_session=True,
                )
            record = Record(child.pid, _start_tick(child.pid) or 0, argv)
            draft = self._path(name).with_suffix(".tmp")
            draft.write_text(json.dumps(asdict(record)))
            draft.replace(self._path(name))
        return record

    def find(self, name: str) -> Record | None:
        """Return the record of a process that is still alive."""
        try:
            record = Record(**json.loads(self._path(name).read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return record if record.alive else None

    def running(self) -> dict[str, Record]:
        names = sorted(path.stem for path in self._run.glob("*.json")) if self._run.exists() else []
        found = {name: self.find(name) for name in names}
        return {name: record for name, record in found.items() if record is not None}

    def stop(self, name: str) -> bool:
        """Ask the process to end, then kill it; return whether it was running."""
        record = self.find(name)
        if record is not None and not (
            _ended_by(record, signal.SIGTERM, self._patience)
            or _ended_by(record, signal.SIGKILL, KILL_SECONDS)
        ):
            raise StillRunning(
                f"{name} (pid {record.pid}) does not end", fix="check that its disk answers and has room"
            )
        self._path(name).unlink(missing_ok=True)
        return record is not None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait for other commands: two at once would both start the same process."""
        with (self._run / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _path(self, name: str) -> Path:
        return self._run / f"{name}.json"


def tail(path: Path, lines: int) -> str:
    """Return the last lines of a log, or "" if there is no log."""
    if not path.exists() or lines < 1:
        return ""
    return "".join(path.read_text(errors="replace").splitlines(keepends=True)[-lines:])


def grown(path: Path, size: int) -> tuple[str, int]:
    """Return the text after the first `size` bytes of a log, and its size now."""
    if not path.exists():
        return "", 0
    data = path.read_bytes()
    return data[size:].decode(errors="replace"), len(data)


def _ended_by(record: Record, number: signal.Signals, seconds: float) -> bool:
    """Send the signal and wait; True once the process is gone."""
    _signal(record.pid, number)
    deadline = time.monotonic() + seconds
    while record.alive and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    return not record.alive


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _start_tick(pid: int) -> int | None:
    """Return the kernel's start tick of a live process; None if it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    if fields[0] == "Z":
        _reap(pid)
        return None
    return int(fields[19])


def _reap(pid: int) -> None:
    """Collect a finished child of ours, so that it does not stay a zombie."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return
