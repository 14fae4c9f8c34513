"""Tests of the public surface: every name of `hypernode.__all__` can be imported, and cheaply."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import hypernode
import hypernode.sync
from hypernode.domain.status import Named
from reference.__main__ import ROOT, texts
from reference.members import members

# CPU seconds that `from hypernode import Hypernode` may take.
BUDGET = 0.15


def test_every_public_name_is_there_and_documented() -> None:
    listed = {name for names in hypernode._HOMES.values() for name in names.split()}
    assert listed == set(hypernode.__all__)
    assert hypernode.__all__ == sorted(hypernode.__all__, key=lambda name: (not name.isupper(), name))
    undocumented = [
        name
        for name in hypernode.__all__
        if inspect.isclass(found := getattr(hypernode, name)) and not inspect.getdoc(found)
    ]
    assert undocumented == []
    assert set(hypernode.__all__) <= set(dir(hypernode))


def test_a_name_that_is_not_there_is_refused() -> None:
    assert not hasattr(hypernode, "nothing")


def test_the_sync_names_are_classes_of_their_own() -> None:
    for name in hypernode.sync.__all__:
        assert getattr(hypernode.sync, name).__name__.endswith(name)
        assert getattr(hypernode.sync, name) is not getattr(hypernode, name)


@pytest.mark.parametrize("module", ["hypernode", "hypernode.sync"])
def test_importing_the_sdk_takes_little_cpu(module: str) -> None:
    code = (
        "import time; began = time.process_time(); from MODULE import Hypernode;"
        "print(time.process_time() - began);"
        "import sys; assert not {'httpx', 'pydantic', 'solders'} & set(sys.modules)"
    )
    code = code.replace("MODULE", module)
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert float(done.stdout) < BUDGET


def test_the_reference_is_written_and_lists_every_public_name() -> None:
    for path, text in texts().items():
        assert path.read_text() == text, "run `make generate`"
    page = (ROOT / "docs" / "sdk.md").read_text()
    assert [
        name for name in hypernode.__all__ if f"### {name}\n" not in page and f"| `{name}` |" not in page
    ] == []


def test_every_public_member_is_documented() -> None:
    classes = [found for name in hypernode.__all__ if inspect.isclass(found := getattr(hypernode, name))]
    assert [
        f"{owner.__name__}.{member.name}"
        for owner in classes
        if not issubclass(owner, BaseException)
        for member in members(owner)
        if not member.doc
    ] == []


def test_every_choice_that_a_caller_must_make_is_public() -> None:
    classes = [found for name in hypernode.__all__ if inspect.isclass(found := getattr(hypernode, name))]
    wanted = {
        kind.__name__
        for owner in classes
        if owner.__module__.startswith("hypernode.client.")
        for member in members(owner)
        for kind in member.hints.values()
        if inspect.isclass(kind) and issubclass(kind, Named)
    }
    assert "VoteChoice" in wanted
    assert wanted <= set(hypernode.__all__)
