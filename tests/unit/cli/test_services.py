"""Tests of a home folder: its ports, the files that belong to services, and what a reset removes."""

from __future__ import annotations

from pathlib import Path

import pytest

from hypernode.config import API_PORT, RPC_PORT, WS_PORT, Cluster
from hypernode.errors import ConfigError
from hypernode_cli.commands.services import Ports, Services
from hypernode_localnet.genesis import ensure_key
from tests.support.fake_market import FakeMarket

OURS = ("chain/chain.sqlite", "blobs/aa/bafk", "logs/api.log", "run/api.json", "api.sqlite", "api.sqlite-wal")
WORKERS = ("oracle-1/journal.sqlite", "node/journal.sqlite", "alice/work/run/out.txt")
FOREIGN = ("notes.txt", "thesis/work/draft.txt", "thesis/journal.sqlite", "node.txt")


def a_home(folder: Path, *files: str) -> Services:
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return Services(folder, Ports(1, 2, 3))


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_new_home_uses_the_default_ports(tmp_path: Path) -> None:
    assert Ports.of(tmp_path) == Ports(RPC_PORT, WS_PORT, API_PORT)
    assert Ports.of(tmp_path, ws=7) == Ports(RPC_PORT, 7, API_PORT)


def test_a_home_uses_the_ports_it_had_unless_others_are_asked_for(tmp_path: Path, market: FakeMarket) -> None:
    """A later `hyper up` without options must find what an earlier one with options started."""
    local = {"faucet": Path("keys/faucet.json")}
    urls = {"rpc_url": "http://127.0.0.1:11", "ws_url": "ws://127.0.0.1:12", "api_url": "http://127.0.0.1:13"}
    cluster = market.cluster(tmp_path)
    Cluster.model_validate({**cluster.model_dump(), **urls, "keys": local}).save(tmp_path)
    assert Ports.of(tmp_path) == Ports(11, 12, 13)
    assert Ports.of(tmp_path, rpc=5) == Ports(5, 12, 13)


def test_the_ports_of_a_cluster_elsewhere_are_not_ours_to_listen_on(
    tmp_path: Path, market: FakeMarket
) -> None:
    market.cluster(tmp_path)
    with pytest.raises(ConfigError, match="not a local one"):
        Ports.of(tmp_path)


def test_a_reset_forgets_the_chain_and_keeps_keys_and_strangers_files(tmp_path: Path) -> None:
    services = a_home(tmp_path, *OURS, *WORKERS, *FOREIGN, "cluster.json", "welcomed")
    for name in ("authority", "wallet", "node-worker", "alice-worker"):
        ensure_key(tmp_path / "keys" / f"{name}.json")
    services.forget_chain()
    keys = {f"keys/{name}.json" for name in ("authority", "wallet", "node-worker", "alice-worker")}
    assert files_of(tmp_path) == {*FOREIGN, *keys}


def test_a_reset_of_a_folder_that_never_was_a_home_removes_nothing(tmp_path: Path) -> None:
    services = a_home(tmp_path, *OURS, *FOREIGN)
    services.forget_chain()
    assert files_of(tmp_path) == {*OURS, *FOREIGN}


def test_only_oracles_and_nodes_with_a_key_here_are_workers(tmp_path: Path) -> None:
    services = a_home(tmp_path, *WORKERS, *FOREIGN)
    assert services.workers() == [tmp_path / "oracle-1"]
    ensure_key(tmp_path / "keys" / "alice-worker.json")
    assert services.workers() == [tmp_path / "oracle-1", tmp_path / "alice"]
