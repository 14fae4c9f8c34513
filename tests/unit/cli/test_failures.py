"""Tests of failures of `hyper`: each has a sentence, a fix and exit code 1."""

from __future__ import annotations

import signal
import socket
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.support.documents import an_address, digest
from tests.support.fake_market import FakeMarket, a_quote
from tests.support.hyper import Hyper, process, run_process

IMAGE = f"repo.example/tool@sha256:{digest('image').hex()}"
RUN = ("job", "run", "--image", IMAGE, "--rate", "0.001")
COMMAND = ("--", "true")


def closed_url() -> str:
    """Return a URL at which no process listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return f"http://127.0.0.1:{found.getsockname()[1]}"


# --- nothing set up yet


def test_without_a_wallet_it_says_how_to_make_one(hyper: Hyper) -> None:
    told = hyper.problem("wallet", "address")
    assert "no key at" in told["detail"]
    assert "hyper wallet new" in told["fix"]


def test_without_a_chain_it_says_how_to_start_one(hyper: Hyper) -> None:
    hyper.json("wallet", "new")
    for words in (("wallet", "balance"), ("job", "list"), ("localnet", "clock"), ("stake", "show")):
        told = hyper.problem(*words)
        assert (told["error"], "hyper up" in told["fix"]) == ("NoCluster", True)


def test_without_a_node_it_says_how_to_set_one_up(hyper: Hyper, market: FakeMarket) -> None:
    market.cluster(hyper.home)
    assert "hyper node:init" in hyper.problem("node:start")["fix"]
    assert "hyper node:init" in hyper.problem("node:status")["fix"]


# --- keys


@pytest.mark.parametrize("content", ["", "[1, 2, 3]", "not json", '{"key": 1}', "[" + "0," * 63 + "0]"])
def test_a_broken_key_file_is_named(hyper: Hyper, content: str) -> None:
    path = hyper.home / "keys" / "wallet.json"
    path.parent.mkdir(parents=True)
    path.write_text(content)
    told = hyper.problem("wallet", "address")
    assert told["error"] == "KeyUnusable"
    assert str(path) in told["detail"]


def test_a_key_file_that_cannot_be_opened_is_named(hyper: Hyper) -> None:
    (hyper.home / "keys" / "wallet.json").mkdir(parents=True)
    assert hyper.problem("wallet", "address")["error"] == "KeyUnusable"


def test_an_existing_wallet_is_kept(hyper: Hyper) -> None:
    made = hyper.json("wallet", "new")["address"]
    assert "exists already" in hyper.problem("wallet", "new")["detail"]
    assert hyper.json("wallet", "address")["address"] == made


def test_an_unknown_key_of_a_stake_is_named(buyer: Hyper) -> None:
    assert "'nobody'" in buyer.problem("stake", "show", "--key", "nobody")["detail"]


# --- services away


@pytest.mark.parametrize("options", [(), ("--no-node",)], ids=["node", "no-node"])
def test_an_engine_that_is_away_stops_up_before_it_starts_anything(
    hyper: Hyper, options: tuple[str, ...]
) -> None:
    """Oracles run jobs too, so a marketplace without a node needs the engine as well."""
    nowhere = f"unix://{hyper.home}/no-engine.sock"
    ran = run_process("up", "--detach", "--json", "--home", str(hyper.home), *options, DOCKER_HOST=nowhere)
    assert (ran.code, ran.problem["error"]) == (1, "EngineUnavailable")
    assert "systemctl start docker" in ran.problem["fix"]
    assert hyper.json("status") == []


def test_an_engine_that_is_away_does_not_keep_down_from_stopping(hyper: Hyper) -> None:
    (hyper.home / "oracle-1" / "work").mkdir(parents=True)
    nowhere = f"unix://{hyper.home}/no-engine.sock"
    ran = run_process("down", "--home", str(hyper.home), DOCKER_HOST=nowhere)
    assert (ran.code, ran.out) == (0, "stopped: nothing was running\n")
    assert "containers were not looked for" in ran.err


def test_a_chain_that_is_away_is_named(hyper: Hyper, market: FakeMarket) -> None:
    url = closed_url()
    market.cluster(hyper.home, rpc_url=url)
    hyper.json("wallet", "new")
    told = hyper.problem("localnet", "clock")
    assert told["error"] == "RpcUnavailable"
    assert url in told["detail"]
    assert "hyper up" in told["fix"]


def test_an_api_that_is_away_is_named(hyper: Hyper, market: FakeMarket) -> None:
    url = closed_url()
    market.cluster(hyper.home, api_url=url)
    hyper.json("wallet", "new")
    told = hyper.problem(*RUN, *COMMAND)
    assert told["error"] == "ApiUnavailable"
    assert url in told["detail"]
    assert "hyper status" in told["fix"]


def test_an_api_of_another_kind_is_no_crash(buyer: Hyper, market: FakeMarket) -> None:
    market.answers[f"GET /v1/jobs/{an_address('job')}"] = {"nodes": []}
    told = buyer.problem("job", "show", an_address("job"))
    assert told["error"] == "Unreadable"
    assert "JobDetail" in told["detail"]


def test_a_port_that_is_taken_is_refused_before_another_market_is_asked(
    hyper: Hyper, market: FakeMarket
) -> None:
    """The listener may be the chain of another home, whose answers look like ours."""
    told = hyper.problem("localnet", "start", "--rpc-port", str(market.server_port))
    assert told["error"] == "PortTaken"
    assert str(market.server_port) in told["detail"]
    assert market.asked == []
    assert hyper.json("status") == []


def test_a_home_of_another_cluster_is_not_overwritten(hyper: Hyper, market: FakeMarket) -> None:
    market.cluster(hyper.home)
    before = (hyper.home / "cluster.json").read_bytes()
    for words in (("up", "--detach"), ("localnet", "start"), ("up", "--reset", "--detach")):
        assert "--home" in hyper.problem(*words)["fix"]
    assert (hyper.home / "cluster.json").read_bytes() == before


def test_a_home_that_cannot_be_written_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = Hyper(tmp_path / "file" / "home").problem("wallet", "new")
    assert told["error"] == "FileUnusable"
    assert str(tmp_path / "file") in told["detail"]


# --- jobs


def test_a_job_without_funds_says_what_is_missing(buyer: Hyper, market: FakeMarket) -> None:
    market.answers["POST /v1/quotes"] = a_quote
    told = buyer.problem(*RUN, *COMMAND)
    assert told["error"] == "InsufficientFunds"
    assert "0.6 HYPER" in told["detail"]
    assert "hyper wallet airdrop" in told["fix"]


def test_a_job_that_no_node_fits_says_why(buyer: Hyper, market: FakeMarket) -> None:
    unfit: dict[str, Any] = {"fitting_nodes": 0, "online_nodes": 3, "unfit": {"Memory": 3}}
    market.answers["POST /v1/quotes"] = partial(a_quote, **unfit)
    told = buyer.problem(*RUN, *COMMAND)
    assert told["error"] == "NoNodeFits"
    assert "3 with too little memory" in told["detail"]
    assert "--anyway" in told["fix"]


@pytest.mark.parametrize("verb", ["show", "logs", "download"])
def test_an_unknown_job_is_named(buyer: Hyper, verb: str) -> None:
    told = buyer.problem("job", verb, an_address("job"))
    assert (told["error"], told["fix"]) == ("JobNotFound", "see which there are: hyper job list")
    assert an_address("job") in told["detail"]


@pytest.mark.parametrize("image", ["python:3.11", "repo/tool@sha256:12", f"sha256:{'g' * 64}"])
def test_an_image_without_a_digest_is_refused(hyper: Hyper, image: str) -> None:
    told = hyper.problem("job", "run", "--image", image, *COMMAND)
    assert told["error"] == "InvalidJobSpec"
    assert image in told["detail"]
    assert "sha256:" in told["fix"]


@pytest.mark.parametrize(
    ("content", "member"),
    [
        (None, "spec: cannot read"),
        ("{", "spec: "),
        ("[]", "spec: "),
        ('{"resources": 5}', "resources: "),
        ('{"inputs": {}}', "inputs: "),
    ],
)
def test_a_spec_file_that_cannot_be_read_names_the_member(
    hyper: Hyper, tmp_path: Path, content: str | None, member: str
) -> None:
    path = tmp_path / "job.json"
    if content is not None:
        path.write_text(content)
    (tmp_path / "input").write_text("x")
    told = hyper.problem("job", "run", "--spec", str(path), "--input", f"a={tmp_path / 'input'}")
    assert told["error"] == "InvalidJobSpec"
    assert told["detail"].startswith(member)


def test_an_input_that_is_not_there_is_named(hyper: Hyper, tmp_path: Path) -> None:
    told = hyper.problem(*RUN, "--input", f"a={tmp_path / 'gone'}", *COMMAND)
    assert told["error"] == "InvalidJobSpec"
    assert str(tmp_path / "gone") in told["detail"]


def test_a_gpu_that_cannot_be_read_shows_how_to_write_one(hyper: Hyper) -> None:
    assert "nvidia:1:24000" in hyper.problem(*RUN, "--gpu", "many", *COMMAND)["fix"]


# --- money


@pytest.mark.parametrize("amount", ["many", "1e3", "1.0000001", "0"])
@pytest.mark.parametrize("verb", ["deposit", "withdraw", "airdrop"])
def test_an_amount_that_cannot_be_is_refused(buyer: Hyper, verb: str, amount: str) -> None:
    assert buyer.problem("wallet", verb, amount)["error"] == "InvalidAmount"


@pytest.mark.parametrize("words", [("deposit", "5"), ("withdraw", "5"), ("withdraw",)], ids=" ".join)
def test_money_that_is_not_there_cannot_be_moved(buyer: Hyper, words: tuple[str, ...]) -> None:
    told = buyer.problem("wallet", *words)
    assert told["error"] == "InsufficientFunds"
    assert "has 0 HYPER" in told["detail"]


@pytest.mark.parametrize("words", [("extend", "30"), ("unstake",), ("restake",), ("withdraw",)], ids=" ".join)
def test_a_stake_that_is_not_there_is_said_to_be_missing(buyer: Hyper, words: tuple[str, ...]) -> None:
    told = buyer.problem("stake", *words)
    assert "has no stake" in told["detail"]
    assert told["fix"] == "hyper stake add AMOUNT"


def test_an_interrupted_command_exits_130(hyper: Hyper) -> None:
    (hyper.home / "logs").mkdir(parents=True)
    (hyper.home / "logs" / "node.log").write_text("what the worker wrote\n")
    with process("node:logs", "--follow", "--home", str(hyper.home)) as following:
        assert following.stdout is not None
        assert following.stderr is not None
        assert following.stdout.readline() == "what the worker wrote\n"
        following.send_signal(signal.SIGINT)
        assert following.stderr.read().strip() == "error: interrupted"
    assert following.returncode == 130
