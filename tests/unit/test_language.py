"""Tests of the language check: which text it reads, and what it says about a word."""

import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECK = runpy.run_path(str(ROOT / "docs/check_language.py"))
WORDS = CHECK["compiled"](tomllib.loads((ROOT / "docs/language.toml").read_text())["words"])


def complaints(path: str, source: str) -> list[tuple[int, str]]:
    return list(CHECK["hits"](path, source, WORDS))


@pytest.mark.parametrize(
    ("path", "source", "line"),
    [
        ("a.py", '"""Owns the thing."""\n', 1),
        ("a.py", "x = 1  # tried anew\n", 1),
        ("a.py", 'def f():\n    """Return it.\n\n    A node is\n    no buyer.\n    """\n', 4),
        ("a.py", 'raise ValueError(f"{x} is no number")\n', 1),
        ("a.rs", "//! Owns the thing.\n", 1),
        ("a.rs", "fn f() {\n    /// It is tried anew.\n}\n", 2),
        ("a.rs", '#[msg("the job is no more than this")]\nlet q = \'"\'; // anew\n', 2),
        ("a.ts", "const a = 1; /* kept for ever */\n", 1),
        ("Makefile", "check: # anybody may run it\n", 1),
        ("a.md", "# Title\n\nThe price\ncap is locked.\n", 3),
    ],
)
def test_a_word_is_found_where_people_read_it(path, source, line):
    [(found, complaint)] = complaints(path, source)
    assert found == line
    assert ": write " in complaint


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.py", "price_cap = anew  # the cap\n"),
        ("a.py", '"""Return `price cap` as it was."""\n'),
        ("a.rs", "let anew = 1; // a reason\n"),
        ("a.ts", "const anybody = 1;\n"),
        ("a.md", "There is no dust, and `anybody` is code. It is no longer open.\n"),
    ],
)
def test_code_and_quoted_words_are_not_read(path, source):
    assert complaints(path, source) == []


def test_every_rule_finds_its_own_plain_words():
    for word in ("Owns", "nowhere", "so many", "tells whether", "buried", "requestor", "time-out", "lottery"):
        assert complaints("a.md", f"It {word} it."), word
