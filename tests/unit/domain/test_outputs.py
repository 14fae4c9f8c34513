import pytest

from hypernode.domain.merkle import EMPTY_ROOT, OutputFile, leaf_hash, normal_mode, output_root
from hypernode.domain.outputs import OutputManifest
from hypernode.errors import InvalidManifest
from tests.support.documents import a_file, vectors


def _files(case):
    return [
        OutputFile(file["path"], file["mode"], file["size"], bytes.fromhex(file["sha256"]))
        for file in case["files"]
    ]


@pytest.mark.parametrize("case", vectors("output_root")["cases"], ids=lambda case: case["name"])
def test_root_and_leaves_are_those_of_the_vectors(case):
    files = _files(case)
    assert [leaf_hash(file).hex() for file in files] == case["leaves"]
    assert output_root(files).hex() == case["root"]
    assert output_root(reversed(files)).hex() == case["root"]


def test_no_file_is_not_the_hash_of_nothing():
    assert output_root([]) == EMPTY_ROOT != bytes(32)


@pytest.mark.parametrize(
    ("mode", "normal"), [(0o600, 0o644), (0o666, 0o644), (0o100, 0o755), (0o4777, 0o755), (0o100644, 0o644)]
)
def test_mode_keeps_only_whether_a_file_can_run(mode, normal):
    assert normal_mode(mode) == normal


def test_manifest_is_read_back_and_gives_its_root():
    manifest = OutputManifest.of([a_file("b"), a_file("a")])
    assert OutputManifest.from_bytes(manifest.to_bytes()) == manifest
    assert manifest.root == output_root([a_file("a"), a_file("b")])
    assert manifest.total_bytes == 6


@pytest.mark.parametrize("paths", [("a", "a"), ("a", "a/b"), ("x/y", "x/y/z")])
def test_manifest_refuses_paths_that_cannot_exist_together(paths):
    with pytest.raises(InvalidManifest):
        OutputManifest.of([a_file(path) for path in paths])


@pytest.mark.parametrize("path", ["", "/a", "../a", "a/../b", "a\0b", "\ud800", "a" * 1_100])
def test_output_path_must_stay_below_its_root(path):
    with pytest.raises(InvalidManifest):
        OutputFile(path, 0o644, 1, bytes(32))


@pytest.mark.parametrize("changes", [{"mode": 0o600}, {"size": -1}, {"sha256": b""}])
def test_output_file_refuses_other_modes_sizes_and_hashes(changes):
    with pytest.raises(InvalidManifest):
        OutputFile(**{"path": "a", "mode": 0o644, "size": 1, "sha256": bytes(32), **changes})


def test_manifest_document_must_be_sorted():
    document = OutputManifest.of([a_file("b"), a_file("a")]).to_document()
    document["files"].reverse()
    with pytest.raises(InvalidManifest, match="sorted"):
        OutputManifest.from_document(document)


def test_manifest_document_must_have_no_unknown_member():
    document = OutputManifest.of([a_file()]).to_document()
    document["files"][0]["link"] = "/etc"
    with pytest.raises(InvalidManifest, match=r"files\[0\].link"):
        OutputManifest.from_document(document)
