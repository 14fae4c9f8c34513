"""Tests of background processes: stale records, reused pids, starting or stopping twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from hypernode_cli.commands.processes import AlreadyRunning, Processes, Record, grown, tail
from tests.support.hyper import Hyper, eventually

# Serves on a port of its own choice until SIGTERM.
SERVER, ON_ANY_PORT = "http.server", ("0", "--bind", "127.0.0.1")
STUBBORN = (
    "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('up', flush=True)\nsignal.pause()\n"
)

# Processes are started to outlive the command, so no parent waits for them.
pytestmark = pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning")


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    made = Processes(tmp_path, patience=0.2)
    yield made
    for name in made.running():
        made.stop(name)


def started(processes: Processes, name: str = "server") -> Record:
    return processes.start(name, SERVER, ON_ANY_PORT)


def written(processes: Processes, name: str, record: Record) -> None:
    """Put a record in place, as an earlier command would have left it."""
    path = processes.log_path(name).parents[1] / "run" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"pid": record.pid, "started": record.started, "argv": record.argv}))


def test_a_started_process_is_found_by_any_later_command(processes: Processes, tmp_path: Path) -> None:
    record = started(processes)
    assert Processes(tmp_path).find("server") == record
    assert Processes(tmp_path).running() == {"server": record}


def test_it_has_a_session_of_its_own_so_that_ctrl_c_does_not_reach_it(processes: Processes) -> None:
    record = started(processes)
    assert os.getsid(record.pid) == record.pid != os.getsid(0)


def test_settings_reach_it_and_its_output_is_kept(processes: Processes, tmp_path: Path) -> None:
    (tmp_path / "told.py").write_text(
        "import os, sys\nprint(os.environ['TOLD'])\nprint('bad', file=sys.stderr)\n"
    )
    for word in ("first", "second"):
        processes.start("told", "told", settings={"PYTHONPATH": str(tmp_path), "TOLD": word})
        eventually(lambda: processes.find("told") is None, 20, "its end")
    assert tail(processes.log_path("told"), 10) == "first\nbad\nsecond\nbad\n"


def test_a_second_start_is_refused_and_the_first_goes_on(processes: Processes) -> None:
    record = started(processes)
    with pytest.raises(AlreadyRunning) as refused:
        started(processes)
    assert refused.value.fix
    assert processes.find("server") == record


def test_of_many_starts_at_once_one_wins(processes: Processes, tmp_path: Path) -> None:
    """Two commands at once (`hyper up` twice) would write one journal from two processes."""
    won, lost = [], []

    def start() -> None:
        try:
            won.append(Processes(tmp_path).start("server", SERVER, ON_ANY_PORT))
        except AlreadyRunning as refused:
            lost.append(refused)

    threads = [Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 7)
    assert processes.find("server") == won[0]


def test_stopping_ends_it_and_stopping_again_changes_nothing(processes: Processes) -> None:
    record = started(processes)
    assert processes.stop("server")
    assert not record.alive
    assert not processes.stop("server")
    assert processes.running() == {}


def test_one_that_ignores_the_request_is_killed_and_gone(processes: Processes, tmp_path: Path) -> None:
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    record = processes.start("stubborn", "stubborn", settings={"PYTHONPATH": str(tmp_path)})
    eventually(lambda: tail(processes.log_path("stubborn"), 1) == "up\n", 20, "its start")
    assert processes.stop("stubborn")
    assert not record.alive


def test_one_that_died_is_not_found_and_can_be_started_again(processes: Processes) -> None:
    first = started(processes)
    os.kill(first.pid, signal.SIGKILL)
    eventually(lambda: processes.find("server") is None, 10, "its death")
    assert not processes.stop("server")
    second = started(processes)
    assert second.pid != first.pid
    assert processes.find("server") == second


def test_a_pid_that_nobody_has_any_more_is_not_found(processes: Processes) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    written(processes, "server", Record(gone.pid, 1, []))
    assert processes.find("server") is None


@pytest.mark.parametrize("ticks", [-1, 1])
def test_a_pid_that_another_process_got_is_left_alone(processes: Processes, ticks: int) -> None:
    """The kernel gives pids out again: ending one by its number alone would end a stranger."""
    stranger = started(processes, "stranger")
    written(processes, "server", Record(stranger.pid, stranger.started + ticks, stranger.argv))
    assert processes.find("server") is None
    assert "server" not in processes.running()
    assert not processes.stop("server")
    assert stranger.alive


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "5", '{"pid": 1}', '{"pid": 99999999, "started": null, "argv": []}']
)
def test_a_record_that_cannot_be_read_is_no_process(processes: Processes, tmp_path: Path, text: str) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "server.json").write_text(text)
    assert processes.find("server") is None
    assert started(processes).alive


def test_status_and_down_are_the_same_twice(hyper: Hyper) -> None:
    running = Processes(hyper.home)
    record = started(running, "node")
    assert hyper.json("status") == [
        {"service": "node", "pid": record.pid, "log": str(hyper.home / "logs" / "node.log")}
    ]
    assert hyper.json("down") == {"stopped": ["node"]}
    assert hyper.json("down") == {"stopped": []}
    assert hyper.json("status") == []
    assert not record.alive


def test_down_leaves_a_stranger_with_a_recorded_pid_alone(hyper: Hyper, processes: Processes) -> None:
    stranger = started(processes, "stranger")
    written(Processes(hyper.home), "node", Record(stranger.pid, stranger.started - 1, []))
    assert hyper.json("down") == {"stopped": []}
    assert stranger.alive


def test_the_last_lines_of_a_log(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    assert tail(log, 5) == ""
    assert grown(log, 0) == ("", 0)
    log.write_bytes(b"one\ntwo\n\xffthree\n")
    assert tail(log, 2) == "two\n\ufffdthree\n"
    assert tail(log, 0) == ""
    assert grown(log, 8) == ("\ufffdthree\n", 15)
