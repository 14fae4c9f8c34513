"""The IDLs in the older shape: up to date, and refused where that shape cannot say the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from codegen.idl import UnknownIdl
from codegen.legacy_idl import convert, main
from hypernode.chain.programs import artifacts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one IDL and its older shape."""
    path = next((artifacts() / "idl").glob("*.json"))
    (tmp_path / path.name).write_text(path.read_text())
    assert main(["--idl", str(tmp_path)]) == 0
    return tmp_path


def an_idl() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(next((artifacts() / "idl").glob("*.json")).read_text())
    return document


def test_the_committed_files_are_up_to_date() -> None:
    assert main(["--check"]) == 0


def test_a_file_that_differs_is_stale_until_it_is_written_again(folder: Path) -> None:
    (written,) = (folder / "legacy").glob("*.json")
    written.write_text("{}")
    assert main(["--check", "--idl", str(folder)]) == 1
    assert main(["--idl", str(folder)]) == 0
    assert main(["--check", "--idl", str(folder)]) == 0


def test_a_file_without_an_idl_is_removed(folder: Path) -> None:
    (folder / "legacy" / "gone.json").write_text("{}")
    assert main(["--check", "--idl", str(folder)]) == 1
    assert main(["--idl", str(folder)]) == 0
    assert not (folder / "legacy" / "gone.json").exists()


@pytest.mark.parametrize("kind", ["instructions", "accounts", "events"])
def test_a_discriminator_that_is_not_made_from_the_name_is_refused(kind: str) -> None:
    idl = an_idl()
    idl[kind][0]["discriminator"][0] ^= 1
    with pytest.raises(UnknownIdl, match="discriminator"):
        convert(idl)


@pytest.mark.parametrize("unknown", ["spec", "type", "generic"])
def test_what_the_older_shape_does_not_know_is_refused(unknown: str) -> None:
    idl = an_idl()
    if unknown == "spec":
        idl["metadata"]["spec"] = "0.2.0"
    else:
        kind = {"type": {"hashMap": ["u8", "u8"]}, "generic": {"defined": {"name": "A", "generics": []}}}
        idl["instructions"][0]["args"].append({"name": "new", "type": kind[unknown]})
    with pytest.raises(UnknownIdl):
        convert(idl)
