"""Test of the SDK's messages: none names the command line, which adds its own fixes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import hypernode

SDK = Path(hypernode.__file__).parent
# HYPER is the token, `hyper` the command; the rest are its options.
CLI_WORD = re.compile(r"\bhyper\b|--(key|yes|json|home|dry-run|nonce|anyway|output)\b")


def texts(module: ast.Module) -> Iterator[str]:
    """Yield every text of a module but the docstrings."""
    docstrings = {
        id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr) and _is_text(node.value)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_no_message_of_the_sdk_names_the_command_line() -> None:
    found = {path: list(texts(ast.parse(path.read_text()))) for path in SDK.rglob("*.py")}
    assert sum(map(len, found.values())) > 1_000
    named = [f"{path.name}: {text}" for path, all_ in found.items() for text in all_ if CLI_WORD.search(text)]
    assert named == []
