"""Tests of `hyper slash` on a local chain: reports, votes, sentences, claims and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hypernode.chain.keys import Key
from hypernode.domain.cid import cid_of_bytes
from hypernode.domain.types import Address
from tests.support.documents import an_address
from tests.support.hyper import Hyper
from tests.support.local_chain import LocalChain, local_chain

DAY = 86_400
JUDGES = ("judge-1", "judge-2", "judge-3")


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalChain]:
    """A cluster as genesis leaves it, with three judges, one accused and a wallet that reports."""
    with local_chain(tmp_path_factory.mktemp("slash")) as made:
        made.wallet("wallet", 10**9)
        made.wallet("broke", 1)
        for name in (*JUDGES, "accused"):
            made.staker(name)
        yield made


@pytest.fixture
def hyper(chain: LocalChain) -> Hyper:
    return chain.hyper


def address(chain: LocalChain, name: str) -> Address:
    return Key.load(chain.settings.keys / f"{name}.json").address


def reported(chain: LocalChain, evidence: str, *words: str) -> str:
    """Report the accused, with the content id of some words as evidence."""
    accused, cid = address(chain, "accused"), cid_of_bytes(evidence.encode())
    words = (accused, "--reason", "offline", "--evidence", cid, *words)
    return str(chain.hyper.json("slash", "report", *words)["report"])


def test_a_report_is_judged_executed_and_paid(chain: LocalChain) -> None:
    hyper, report = chain.hyper, reported(chain, "a whole story")
    seen = hyper.json("slash", "show", report)
    assert (seen["status"], seen["reason"], seen["would_convict"]) == ("Voting", "Offline", False)
    for judge in JUDGES:
        hyper.json("slash", "vote", report, "uphold", "--key", judge)
    told = hyper("slash", "show", report).out
    assert "validators may vote now until" in told
    assert "would convict" in told
    # More than two thirds of all weight voted to uphold, so the vote ends early.
    resolved = hyper.json("slash", "resolve", report)
    assert resolved["windows"][0]["what"] == "if it is confirmed, the accused may appeal"
    early = hyper("slash", "execute", report, json=True).problem
    assert early["error"] == "NotNow"
    assert "the accused may appeal, for 100 HYPER, now until" in early["detail"]
    chain.advance(7 * DAY)
    dry = hyper.json("slash", "execute", report, "--dry-run")
    assert dry["preview"][0].startswith("500 HYPER  stake of")
    hyper.json("slash", "execute", report)
    assert hyper.json("slash", "show", report)["slashed"] == 500 * 10**6
    for name in ("wallet", *JUDGES):
        hyper.json("slash", "claim", report, "--key", name)
    twice = hyper.problem("slash", "claim", report)
    assert (twice["error"], twice["fix"]) == ("NothingToClaim", f"hyper slash show {report}")
    hyper.json("slash", "close", report)
    assert hyper.problem("slash", "show", report)["error"] == "UnknownReport"


def test_the_accused_appeals_in_time(chain: LocalChain) -> None:
    hyper, report = chain.hyper, reported(chain, "an appeal")
    for judge in JUDGES:
        hyper.json("slash", "vote", report, "uphold", "--key", judge)
    hyper.json("slash", "resolve", report)
    assert hyper.problem("slash", "appeal", report)["error"] == "NotYours"
    appealed = hyper.json("slash", "appeal", report, "--key", "accused")
    assert appealed["windows"][0]["what"] == "validators vote again"
    chain.advance(3 * DAY)
    hyper.json("slash", "resolve", report)
    assert hyper.json("slash", "show", report)["status"] == "Upheld"  # silence upholds
    assert "anyone may execute it now" in hyper("slash", "show", report).out


def test_a_dry_run_reports_nobody(chain: LocalChain, tmp_path: Path) -> None:
    file = tmp_path / "log.txt"
    file.write_text("what happened")
    words = (address(chain, "accused"), "--reason", "malicious", "--evidence", str(file))
    dry = chain.hyper.json("slash", "report", *words, "--dry-run")
    # A tenth of what the report could take: half of what is free.
    amount, _, way = dry["preview"][0].partition(" HYPER  ")
    assert way == "wallet -> bond, lost to the accused if the report is dismissed"
    assert float(amount) > 400
    assert "cannot leave until the report has ended" in dry["preview"][1]
    assert chain.hyper.problem("slash", "show", dry["what"].split()[-1])["error"] == "UnknownReport"


def test_who_may_not_judge_or_report_is_told_why(chain: LocalChain) -> None:
    hyper, report = chain.hyper, reported(chain, "who may not")
    cid = cid_of_bytes(b"x")
    for key in ("wallet", "accused", "broke"):
        told = hyper.problem("slash", "vote", report, "uphold", "--key", key)
        assert told["error"] == "CannotJudge"
    words = ("--reason", "offline", "--evidence", cid)
    assert hyper.problem("slash", "report", an_address("nobody"), *words)["error"] == "NothingStaked"
    accused = address(chain, "accused")
    assert hyper.problem("slash", "report", accused, *words, "--key", "broke")["error"] == "InsufficientFunds"
    told = hyper.problem("slash", "report", accused, "--reason", "offline", "--evidence", "nothing here")
    assert (told["error"], "name a file" in told["fix"]) == ("InvalidCid", True)
    for verb in ("execute", "appeal", "claim", "close", "resolve"):
        told = hyper("slash", verb, report, json=True).problem
        assert (told["error"], f"hyper slash show {report}" in told["fix"]) == ("NotNow", True)
    assert hyper("slash", "vote", report, "perhaps").code == 2


def test_a_job_that_has_not_ended_is_not_brought(chain: LocalChain) -> None:
    told = chain.hyper.problem("slash", "open", an_address("no job"))
    assert (told["error"], "waits for a report" in told["detail"]) == ("NotNow", True)


def test_lists_are_rows_for_programs_and_sentences_for_people(chain: LocalChain) -> None:
    report = reported(chain, "to be listed")
    assert report in [row["report"] for row in chain.hyper.json("slash", "list")]
    assert report in [row["report"] for row in chain.hyper.json("slash", "list", "--open")]
    assert "validators may vote now until" in chain.hyper("slash", "list").out
