"""Tests of `hyper receipt verify` and `hyper join`: what they print, store and refuse."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import base58
import pytest

from hypernode.config import Cluster
from hypernode.domain.cluster import WELL_KNOWN, SignedCluster
from tests.support import fake_market
from tests.support.documents import an_address
from tests.support.fake_market import FakeMarket
from tests.support.hyper import Hyper
from tests.support.job_receipts import GENESIS, a_cluster, a_signed_cluster, key_of, mutated, settled_repeated

ROUTE = f"GET {WELL_KNOWN}"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Files with a receipt, one that was changed, and the description of their cluster."""
    receipt = settled_repeated().to_document()
    documents = {
        "receipt": receipt,
        "changed": mutated(receipt, ("money", "price"), "1"),
        "broken": mutated(receipt, ("job", "attempt"), 0),
        "cluster": a_signed_cluster().to_document(),
    }
    paths = {name: tmp_path / f"{name}.json" for name in documents}
    for name, path in paths.items():
        path.write_text(json.dumps(documents[name], indent=2))
    return paths


def verify(hyper: Hyper, files: dict[str, Path], name: str, **options: Any) -> Any:
    return hyper("receipt", "verify", str(files[name]), "--cluster", str(files["cluster"]), **options)


def test_a_receipt_that_holds_ends_with_0_and_names_what_was_not_checked(hyper, files):
    ran = verify(hyper, files, "receipt")
    assert (ran.code, ran.err) == (0, "")
    assert "holds        price" in ran.out
    assert "not checked  transaction" in ran.out
    assert f"0 fail; cluster example, signed by {key_of('signer').address}" in ran.out
    told = verify(hyper, files, "receipt", json=True).document
    assert told["holds"] is True
    assert {"name": "price", "result": "holds", "member": "money.price", "detail": ""} in told["checks"]


def test_a_receipt_that_fails_ends_with_1_and_names_the_members(hyper, files):
    ran = verify(hyper, files, "changed")
    assert ran.code == 1
    assert "FAILS        price             money.price: these terms" in ran.out
    assert "money.price" in ran.err
    assert "fix:" in ran.err
    told = verify(hyper, files, "changed", json=True)
    assert json.loads(told.out)["holds"] is False
    assert json.loads(told.err)["error"] == "ReceiptFails"


def test_a_receipt_that_cannot_be_read_is_a_typed_failure(hyper, files):
    told = verify(hyper, files, "broken", json=True)
    assert (told.code, told.problem["error"]) == (1, "InvalidJobReceipt")
    assert told.problem["detail"].startswith("job.attempt")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1, "a": 2}', "9" * 5_000, "[" * 100_000])
def test_a_file_that_is_not_a_document_is_named(hyper, files, text):
    files["receipt"].write_text(text)
    told = verify(hyper, files, "receipt", json=True)
    assert (told.code, told.problem["error"]) == (1, "InvalidDocument")
    assert str(files["receipt"]) in told.problem["detail"]


def test_a_forged_description_verifies_nothing(hyper, files):
    document = mutated(a_signed_cluster().to_document(), ("description", "name"), "another")
    files["cluster"].write_text(json.dumps(document))
    told = verify(hyper, files, "receipt", json=True)
    assert (told.code, told.problem["error"]) == (1, "InvalidCluster")


def test_without_a_description_it_says_how_to_get_one(hyper, files):
    told = hyper.problem("receipt", "verify", str(files["receipt"]))
    assert (told["error"], "hyper join URL" in told["fix"]) == ("NoDescription", True)


# --- writing one


def test_a_job_receipt_needs_a_description_first(buyer):
    told = buyer.problem("job", "receipt", an_address("job"))
    assert (told["error"], "hyper join URL" in told["fix"]) == ("NoDescription", True)


def test_a_job_without_a_receipt_writes_no_file(buyer, market, files, tmp_path):
    path = tmp_path / "written.json"
    where = ("--cluster", str(files["cluster"]), "--output", str(path))
    assert buyer.problem("job", "receipt", an_address("job"), *where)["error"] == "JobNotFound"
    assert not path.exists()


# --- join


@pytest.fixture
def publishing(market: FakeMarket) -> FakeMarket:
    market.answers[ROUTE] = a_signed_cluster().to_document()
    return market


def test_joining_stores_what_later_receipts_are_checked_with(hyper, publishing, files):
    ran = hyper("join", publishing.url)
    assert ran.code == 0
    assert all(word in ran.out for word in ("example", key_of("signer").address, "epoch 4: 3 of 5 oracles"))
    assert "compare the signer" in ran.err
    assert hyper.json("receipt", "verify", str(files["receipt"]))["holds"] is True
    assert not (hyper.home / "cluster.json").exists()
    assert hyper.json("join", publishing.url, "--signer", key_of("signer").address)["cluster_file"] is False


def test_joining_writes_the_cluster_file_for_a_chain_with_that_genesis(hyper, publishing, monkeypatch):
    where = ("--rpc-url", publishing.url, "--market", an_address("market"))
    genesis = base58.b58encode(GENESIS).decode()
    monkeypatch.setitem(fake_market.EMPTY_CHAIN, "getGenesisHash", genesis)
    assert hyper.json("join", publishing.url, *where)["cluster_file"] is True
    cluster = Cluster.load(hyper.home)
    assert (cluster.api_url, cluster.rpc_url) == (publishing.url, publishing.url)
    assert (cluster.markets_program, cluster.mint) == (a_cluster().markets, a_cluster().mint)


def test_another_chain_at_the_rpc_url_stores_nothing(hyper, publishing, monkeypatch):
    monkeypatch.setitem(fake_market.EMPTY_CHAIN, "getGenesisHash", an_address("elsewhere"))
    where = ("--rpc-url", publishing.url, "--market", an_address("market"))
    assert hyper.problem("join", publishing.url, *where)["error"] == "AnotherCluster"
    assert not list(hyper.home.glob("*.json"))


def test_the_cluster_file_of_a_local_chain_is_kept(hyper, publishing, monkeypatch):
    genesis = base58.b58encode(GENESIS).decode()
    monkeypatch.setitem(fake_market.EMPTY_CHAIN, "getGenesisHash", genesis)
    local = publishing.cluster(hyper.home).model_copy(update={"keys": {"faucet": Path("keys/faucet.json")}})
    before = local.save(hyper.home).read_bytes()
    where = ("--rpc-url", publishing.url, "--market", an_address("market"))
    assert hyper.problem("join", publishing.url, *where)["error"] == "AnotherCluster"
    assert (hyper.home / "cluster.json").read_bytes() == before


def test_a_signer_that_was_not_asked_for_is_refused(hyper, publishing):
    told = hyper.problem("join", publishing.url, "--signer", an_address("another"))
    assert told["error"] == "AnotherCluster"
    assert not hyper.home.exists()


def test_a_home_keeps_the_signer_that_it_trusted_first(hyper, publishing):
    hyper.json("join", publishing.url)
    other = key_of("another signer")
    forged = SignedCluster.sign(replace(a_cluster(), signer=other.address), other)
    publishing.answers[ROUTE] = forged.to_document()
    told = hyper.problem("join", publishing.url)
    assert "another signer" in told["detail"]
    assert hyper.json("join", publishing.url, "--replace")["description"]["signer"] == other.address


def test_a_description_that_nobody_signed_is_refused(hyper, publishing):
    publishing.answers[ROUTE]["signature"] = "00" * 64
    assert hyper.problem("join", publishing.url)["error"] == "InvalidCluster"
    assert not hyper.home.exists()


def test_a_service_that_publishes_none_is_named(hyper, market):
    assert "answers 404" in hyper.problem("join", market.url)["detail"]


def test_a_url_and_options_that_cannot_be_are_wrong_usage(hyper):
    assert hyper("join", "example.com", json=True).code == 2
    assert hyper("join", "https://example.com", "--rpc-url", "http://x", json=True).code == 2
