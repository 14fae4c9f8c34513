"""Tests of `hyper` on a real local marketplace: start, use, kill, resume and stop."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from hypernode.chain import addresses
from hypernode.chain.keys import Key
from hypernode.chain.rpc_client import RpcClient
from hypernode.config import Cluster
from hypernode.domain.money import HYPER
from hypernode_cli.commands.processes import Processes
from hypernode_cli.commands.services import ORACLE_NAMES, free_ports
from hypernode_sandbox.docker_engine import DockerSandbox
from tests.support.engine import runtime_image
from tests.support.hyper import LOOK_SECONDS, Hyper, eventually, process, run_process

pytestmark = [pytest.mark.e2e, pytest.mark.docker, pytest.mark.timeout(180)]

SERVICES = {"localnet", "api", *ORACLE_NAMES, "node"}
# What `hyper up` gives a new wallet.
WELCOME = 10_000 * HYPER
UP_SECONDS = 90.0
JOB_SECONDS = 60.0
SHORT = ("sh", "-c", "echo heard; cp /job/in/said.txt /job/out/answer.txt")
# Prints a line at its start and runs until a test lets it end.
WAIT = "echo began; until [ -e /job/in/go ]; do sleep 0.1; done; echo through > /job/out/answer.txt"
LONG = ("sh", "-c", WAIT)


@pytest.fixture(scope="module")
def image() -> str:
    return runtime_image()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hyper]:
    """A home folder; services that a test leaves running are killed."""
    hyper = Hyper(tmp_path_factory.mktemp("hyper"))
    yield hyper
    hyper("down")
    for record in Processes(hyper.home).running().values():
        with suppress(ProcessLookupError):
            os.kill(record.pid, signal.SIGKILL)


@pytest.fixture
def hyper(home: Hyper) -> Hyper:
    """The same home with all services running."""
    if services(home).keys() != SERVICES:
        up(home)
    return home


def up(hyper: Hyper) -> None:
    """Raise what is not running; only the first time needs to be told where to listen."""
    ports: tuple[str, ...] = ()
    if not (hyper.home / "cluster.json").exists():
        rpc, ws, api = map(str, free_ports(3))
        ports = ("--rpc-port", rpc, "--ws-port", ws, "--api-port", api)
    words = ("up", "--detach", "--json", "--home", str(hyper.home), *ports)
    raised = run_process(*words, seconds=UP_SECONDS).document
    assert set(raised["running"]) == SERVICES


def services(hyper: Hyper) -> dict[str, int]:
    """Return the pids that hyper itself recorded, by service."""
    return {row["service"]: row["pid"] for row in hyper.json("status")}


def post(hyper: Hyper, image: str, *command: str) -> str:
    posted = hyper.json("job", "run", "--detach", "--image", image, "--timeout", "60", "--", *command)
    return str(posted["job"])


def begun(hyper: Hyper, job: str) -> None:
    """Wait until the job itself has said something: it is in mid-run, in its container."""
    eventually(lambda: "began" in hyper("job", "logs", job).out, JOB_SECONDS, "the job's first line")


@contextmanager
def released(hyper: Hyper) -> Iterator[None]:
    """Let `LONG` end, in the node's container and in those of the oracles that repeat it."""
    over, told = Event(), set[Path]()

    def release() -> None:
        while not over.wait(LOOK_SECONDS):
            for inputs in set(hyper.home.glob("*/work/*/in")) - told:
                (inputs / "go").touch()
                told.add(inputs)

    thread = Thread(target=release)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def ended(hyper: Hyper, job: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        detail: dict[str, Any] = hyper.json("job", "show", job)
        return detail if detail["ended_at"] else None

    return eventually(look, JOB_SECONDS, "the job's end")


def containers(hyper: Hyper) -> list[str]:
    """Return the containers and work folders that the services of this home have now."""

    async def look() -> list[str]:
        found = []
        for work in [hyper.home / name / "work" for name in (*ORACLE_NAMES, "node")]:
            sandbox = DockerSandbox(work)
            found += await sandbox.names()
            await sandbox.close()
        return found

    return asyncio.run(look())


def earned(hyper: Hyper) -> int:
    """Return what the node's operator was paid, by the token account itself."""

    async def look() -> int:
        cluster = Cluster.load(hyper.home)
        operator = Key.load(hyper.home / "keys" / "node-operator.json").address
        async with await RpcClient.connect(cluster.rpc_url) as chain:
            return await chain.token_balance(addresses.ata(operator, cluster.mint))

    return asyncio.run(look())


def settlements(detail: dict[str, Any]) -> int:
    return sum(entry["name"] == "JobSettled" for entry in detail["timeline"])


def require_books_balance(hyper: Hyper) -> None:
    """Deposits = payments + fees + refunds, over all jobs there have been, once none is on its way."""
    jobs = [ended(hyper, row["job"]) for row in hyper.json("job", "list")]
    held = hyper.json("wallet", "balance")
    payments, paid = earned(hyper), sum(int(job["paid"]) for job in jobs)
    assert paid == payments + held["fees_due"]
    assert held["locked"] == 0
    assert WELCOME - held["wallet"] == payments + held["fees_due"] + held["available"]
    assert all(int(job["paid"]) + int(job["refunded"]) == int(job["cap"]) for job in jobs)


def test_a_job_run_twice_with_one_nonce_is_done_and_paid_once(
    hyper: Hyper, image: str, tmp_path: Path
) -> None:
    (tmp_path / "said.txt").write_text("a word\n")
    given = ("--image", image, "--input", f"said.txt={tmp_path / 'said.txt'}", "--nonce", "7")
    run = ("job", "run", *given, "--timeout", "60", "--output", str(tmp_path / "out"), "--", *SHORT)
    first = hyper.json(*run)
    before = hyper.json("wallet", "balance")
    assert (first["status"], first["files"]) == ("Settled", [str(tmp_path / "out" / "answer.txt")])
    assert (tmp_path / "out" / "answer.txt").read_text() == "a word\n"

    again = hyper.json(*run)
    assert (again["job"], again["sequence"]) == (first["job"], first["sequence"])
    assert [row["job"] for row in hyper.json("job", "list")].count(first["job"]) == 1
    assert hyper.json("wallet", "balance") == before

    other = hyper.problem("job", "run", "--image", image, "--nonce", "7", "--", "true")
    assert (other["error"], first["job"] in other["detail"]) == ("NonceTaken", True)


def test_what_became_of_a_job_can_be_listed_shown_read_and_fetched(
    hyper: Hyper, image: str, tmp_path: Path
) -> None:
    job = post(hyper, image, "sh", "-c", "echo heard; echo mine > /job/out/answer.txt")
    detail = ended(hyper, job)
    assert (detail["status"], detail["attempt"], settlements(detail)) == ("Settled", 1, 1)
    assert job in [row["job"] for row in hyper.json("job", "list", "--status", "settled")]
    assert job in hyper("job", "list").out
    assert "JobSettled" in hyper("job", "show", job).out
    assert hyper("job", "logs", job).out == "heard\n"
    assert hyper.json("job", "logs", job)["final"]
    fetched = hyper.json("job", "download", job, "--output", str(tmp_path))
    assert fetched == {"files": [str(tmp_path / "answer.txt")]}
    assert (tmp_path / "answer.txt").read_text() == "mine\n"
    assert "has ended" in hyper.problem("job", "cancel", job)["detail"]


def test_a_receipt_of_a_job_is_checked_with_the_joined_description(
    hyper: Hyper, image: str, tmp_path: Path
) -> None:
    job = post(hyper, image, "true")
    ended(hyper, job)
    file = str(tmp_path / "receipt.json")
    assert hyper.problem("job", "receipt", job)["error"] == "NoDescription"
    hyper.json("join", Cluster.load(hyper.home).api_url)
    assert hyper.json("job", "receipt", job, "--output", file)["outcome"] == "settled"
    told = hyper.json("receipt", "verify", file)
    results = {check["name"]: check["result"] for check in told["checks"]}
    assert told["holds"] is True
    assert {results[name] for name in ("worker signature", "draw", "quorum", "price")} == {"holds"}


def test_a_job_that_nobody_takes_is_refused_or_taken_back_whole(hyper: Hyper, image: str) -> None:
    run = ("job", "run", "--image", image, "--gpu", "nvidia:1:24000", "--timeout", "60")
    assert hyper.problem(*run, "--", "true")["error"] == "NoNodeFits"
    posted = hyper.json(*run, "--anyway", "--detach", "--", "true")
    assert hyper.json("wallet", "balance")["locked"] >= posted["cap"]
    assert hyper.json("job", "cancel", posted["job"])["signature"]
    detail = ended(hyper, posted["job"])
    assert (detail["status"], int(detail["refunded"])) == ("Cancelled", posted["cap"])


def test_an_image_that_is_not_here_is_refused_before_money_is_locked(hyper: Hyper) -> None:
    before = len(hyper.json("job", "list"))
    told = hyper.problem("job", "run", "--image", f"sha256:{'0' * 64}", "--", "true")
    assert told["error"] == "ImageUnavailable"
    assert len(hyper.json("job", "list")) == before


def test_up_again_changes_nothing(hyper: Hyper) -> None:
    before = services(hyper)
    assert set(hyper.json("up", "--detach")["running"]) == SERVICES
    assert services(hyper) == before
    assert "other ports" in hyper.problem("localnet", "start", "--rpc-port", str(free_ports(1)[0]))["detail"]


def test_services_killed_in_mid_job_are_resumed_and_the_job_is_paid_once(hyper: Hyper, image: str) -> None:
    pids, home = services(hyper), str(hyper.home)
    run = ("job", "run", "--image", image, "--timeout", "60", "--nonce", "9")
    job = addresses.job(hyper.json("wallet", "address")["address"], 9)
    with process(*run, "--home", home, "--", *LONG) as following:
        begun(hyper, job)
        for name in ("oracle-1", "api", "node"):
            os.kill(pids[name], signal.SIGKILL)
        assert following.stderr is not None
        assert any("does not answer; trying again" in line for line in following.stderr)
        left = {"localnet", "oracle-2", "oracle-3"}
        assert services(hyper) == {name: pids[name] for name in left}
        assert hyper.problem("job", "show", job)["error"] == "ApiUnavailable"

        with released(hyper):
            up(hyper)
            resumed = services(hyper)
            assert {name: resumed[name] for name in left} == {name: pids[name] for name in left}
            # The command that waited goes on, and so does the same command again.
            out, err = following.communicate(timeout=JOB_SECONDS)
            detail = hyper.json(*run, "--", *LONG)
    assert (following.returncode, "settled" in out) == (0, True), err
    assert (detail["job"], detail["status"], detail["attempt"]) == (job, "Settled", 1)
    assert settlements(detail) == 1
    assert 0 < int(detail["paid"]) <= int(detail["cap"])
    require_books_balance(hyper)


def test_down_in_mid_job_leaves_no_process_and_no_container(hyper: Hyper, image: str) -> None:
    records = Processes(hyper.home).running()
    begun(hyper, post(hyper, image, *LONG))
    assert containers(hyper) != []
    assert set(hyper.json("down")["stopped"]) == SERVICES
    assert [name for name, record in records.items() if record.alive] == []
    assert containers(hyper) == []
    assert hyper.json("status") == []
    assert hyper.json("down") == {"stopped": []}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_up_that_is_interrupted_in_the_foreground_leaves_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    rpc, ws, api = map(str, free_ports(3))
    ports = ("--rpc-port", rpc, "--ws-port", ws, "--api-port", api)
    with process("up", "--home", str(tmp_path), *ports) as starting:
        chain = eventually(lambda: Processes(tmp_path).find("localnet"), UP_SECONDS, "the chain's start")
        starting.send_signal(number)
        starting.communicate(timeout=UP_SECONDS)
    assert starting.returncode == 130
    assert not chain.alive
    assert Processes(tmp_path).running() == {}
