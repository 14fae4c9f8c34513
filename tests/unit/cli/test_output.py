"""Tests of the output: one JSON document for programs, unchanged text for people."""

from __future__ import annotations

import json

import pytest

from hypernode.errors import EngineUnavailable, HypernodeError, RpcUnavailable
from hypernode_cli.output import Output
from tests.support.documents import an_address
from tests.support.fake_market import FakeMarket, a_quote
from tests.support.hyper import Hyper

# Markup of terminal libraries: each must be printed unchanged.
TEXTS = ["[bold]", "[/nothing]", "/tmp/[a]/:x:.log", "a:warning:b"]


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_shown_as_it_is(capsys: pytest.CaptureFixture[str], text: str) -> None:
    output = Output()
    output.result({}, text)
    output.rows([{"log": text}], ("log",), empty="none")
    output.note(text)
    output.failure(HypernodeError(text, fix=text))
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [text, "log", text]
    assert shown.err.splitlines() == [text, f"error: {text}", f"  fix: {text}"]


def test_a_row_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Piped into grep or awk, an address must not be broken in two."""
    row = {name: an_address(name) for name in ("job", "node", "buyer", "market")}
    Output().rows([row, row], tuple(row), empty="none")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [list(row), list(row.values()), list(row.values())]


def test_notes_and_progress_are_kept_from_programs(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output(as_json=True)
    output.note("on the way")
    with output.progress("working") as bar:
        bar.step("more", 0.5)
    output.result({"done": True}, "done")
    shown = capsys.readouterr()
    assert (json.loads(shown.out), shown.err) == ({"done": True}, "")


@pytest.mark.parametrize("kind", [RpcUnavailable, EngineUnavailable])
def test_an_error_without_a_fix_gets_the_one_that_commands_know(
    capsys: pytest.CaptureFixture[str], kind: type[HypernodeError]
) -> None:
    Output(as_json=True).failure(kind("away"))
    assert "try: " in json.loads(capsys.readouterr().err)["fix"]
    Output(as_json=True).failure(kind("away", fix="its own"))
    assert json.loads(capsys.readouterr().err)["fix"] == "its own"


@pytest.mark.parametrize(
    ("words", "members"),
    [
        (("wallet", "address"), {"address"}),
        (("wallet", "balance"), {"address", "wallet", "available", "locked", "fees_due", "lamports"}),
        (("stake", "show"), {"owner", "amount"}),
        (("down",), {"stopped"}),
        (("node:stop",), {"stopped"}),
        (("node:logs",), {"log", "lines"}),
        (
            ("job", "run", "--quote", "--rate", "1", "--image", "a@sha256:" + "0" * 64, "--", "true"),
            {"cap", "unfit"},
        ),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_json_is_one_document_and_nothing_else(
    buyer: Hyper, market: FakeMarket, words: tuple[str, ...], members: set[str]
) -> None:
    market.answers["POST /v1/quotes"] = a_quote
    ran = buyer(*words, json=True)
    assert members <= set(ran.document)
    assert ran.err == ""


@pytest.mark.parametrize("words", [("status",), ("job", "list")], ids=" ".join)
def test_a_list_of_nothing_is_an_empty_list(buyer: Hyper, market: FakeMarket, words: tuple[str, ...]) -> None:
    market.answers["GET /v1/jobs"] = {"jobs": []}
    assert buyer.json(*words) == []
    assert "hyper" in buyer(*words).out
