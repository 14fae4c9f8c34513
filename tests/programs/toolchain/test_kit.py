"""The toolchain in Python: edits fail loudly, IDL sections are assembled, the record fits its files."""

import json
import shutil
from pathlib import Path

import pytest

from toolchain.sbf import artifacts, cache, check
from toolchain.sbf.compiler import environment
from toolchain.sbf.errors import ToolchainError
from toolchain.sbf.idl import assemble
from toolchain.sbf.sdk import apply
from toolchain.sbf.std_edits import EDITS, Edit

EDIT = Edit("std/src/alloc.rs", "fn old() {}\n", "fn new() {}\n")


def a_library(folder: Path, text: str) -> Path:
    (folder / "std" / "src").mkdir(parents=True)
    (folder / EDIT.path).write_text(text)
    return folder


def test_an_edit_changes_the_one_place_it_names(tmp_path: Path) -> None:
    library = a_library(tmp_path, "// before\nfn old() {}\n// after\n")
    apply(EDIT, library)
    assert (library / EDIT.path).read_text() == "// before\nfn new() {}\n// after\n"


@pytest.mark.parametrize("text", ["", "fn old() {}\nfn old() {}\n"])
def test_an_edit_of_another_rust_version_fails_loudly(tmp_path: Path, text: str) -> None:
    library = a_library(tmp_path, text)
    with pytest.raises(ToolchainError, match="not once"):
        apply(EDIT, library)
    assert (library / EDIT.path).read_text() == text


def test_every_edit_is_for_solana_alone() -> None:
    for edit in EDITS:
        added = edit.new.replace(edit.old, "")
        assert "solana" in added or 'target_arch = "bpf"' in added


def section(kind: str, body: str) -> str:
    return f"--- IDL begin {kind} ---\n{body}\n--- IDL end {kind} ---\n"


def event(name: str, *types: str) -> str:
    return section("event", json.dumps({"event": {"name": name}, "types": [{"name": one} for one in types]}))


PROGRAM = section("program", '{"address": "", "metadata": {"name": "p"}, "types": [{"name": "Known"}]}')


def test_an_idl_is_assembled_from_its_sections_in_any_order() -> None:
    printed = "running 3 tests\n" + event("Paid", "Paid", "Known") + PROGRAM + event("Left", "Left", "Paid")
    printed += (
        section("errors", '[{"code": 6000}]') + section("address", "abc") + section("const", '{"name": "N"}')
    )
    described = assemble(printed)
    assert described["address"] == "abc"
    assert [one["name"] for one in described["events"]] == ["Paid", "Left"]
    assert [one["name"] for one in described["types"]] == ["Known", "Paid", "Left"]
    assert described["errors"] == [{"code": 6000}]
    assert described["constants"] == [{"name": "N"}]


@pytest.mark.parametrize("printed", ["", PROGRAM + PROGRAM, PROGRAM + section("novelty", "{}")])
def test_an_idl_that_is_not_understood_is_refused(printed: str) -> None:
    with pytest.raises(ToolchainError):
        assemble(printed)


def test_the_callers_rust_setup_does_not_reach_the_build() -> None:
    kept = environment(
        {"RUSTFLAGS": "-g", "RUSTUP_TOOLCHAIN": "x", "CARGO_BUILD_TARGET": "y", "PATH": "/bin"}
    )
    assert kept == {"PATH": "/usr/bin:/bin", "RUSTC": "/usr/bin/rustc"}


def test_a_stale_target_folder_goes(tmp_path: Path) -> None:
    (tmp_path / "old" / "deps").mkdir(parents=True)
    assert cache.keep_only(tmp_path, "new") == tmp_path / "new"
    assert not (tmp_path / "old").exists()


def test_a_name_depends_on_parts_and_their_borders() -> None:
    assert len({cache.digest(parts) for parts in (["ab", "c"], ["a", "bc"], ["c", "ab"])}) == 3


def test_committed_programs_fit_their_checksums_and_record() -> None:
    check.intact()
    recorded = json.loads((artifacts.COMMITTED / artifacts.RECORD).read_text())
    assert {"rustc", "commit", "llvm", "cargo"} == recorded["compiler"].keys()
    assert recorded["anchor"] == "2.0.0-rc.2"


def a_rebuild(folder: Path) -> Path:
    rebuilt = folder / "rebuilt"
    shutil.copytree(artifacts.COMMITTED, rebuilt)
    (rebuilt / "probe").mkdir()
    shutil.copy(artifacts.COMMITTED_PROBE, rebuilt / "probe")
    return rebuilt


def test_an_equal_rebuild_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check.compare(a_rebuild(tmp_path))
    assert "equal, byte for byte" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["markets.so", "idl/staking.json", "probe/arithmetic_probe.so"])
def test_a_rebuild_that_differs_by_one_byte_is_named(tmp_path: Path, name: str) -> None:
    rebuilt = a_rebuild(tmp_path)
    (rebuilt / name).write_bytes((rebuilt / name).read_bytes() + b"\0")
    with pytest.raises(ToolchainError, match=Path(name).name):
        check.compare(rebuilt)
