import json

import pytest

from hypernode.domain.cid import cid_of_bytes
from hypernode.domain.spec import GpuRequest, JobSpec, Resources, spec_hash
from hypernode.domain.spec_rules import MAX_SPEC_BYTES
from hypernode.domain.types import GpuVendor
from hypernode.errors import HashMismatch, InvalidDocument, InvalidJobSpec
from tests.support.documents import a_spec, an_input, vectors

CASES = vectors("spec_hash")["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_hash_is_the_one_of_the_vectors(case):
    spec = JobSpec.from_document(case["document"])
    assert spec.to_bytes().decode() == case["canonical"]
    assert spec_hash(spec).hex() == case["hash"]
    assert cid_of_bytes(spec.to_bytes()) == case["cid"]


def test_reading_the_blob_gives_the_spec_back():
    spec = a_spec(env={"B": "2", "A": "1"})
    assert JobSpec.from_bytes(spec.to_bytes(), spec_hash(spec)) == spec


def test_reading_refuses_another_spec_than_the_hash_names():
    with pytest.raises(HashMismatch):
        JobSpec.from_bytes(a_spec(seed=1).to_bytes(), spec_hash(a_spec()))


def test_reading_refuses_another_spelling_of_the_same_document():
    with pytest.raises(InvalidDocument, match="canonical"):
        JobSpec.from_bytes(json.dumps(a_spec().to_document()).encode())


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("image", {"image": "ubuntu:latest"}),
        ("image", {"image": "ubuntu@sha256:abc"}),
        ("image", {"image": "Ubuntu@sha256:" + "a" * 64}),
        ("image", {"image": "sha256:" + "A" * 64}),
        ("command", {"command": ()}),
        ("command[0]", {"command": ("",)}),
        ("command[1]", {"command": ("sh", "a\0b")}),
        ("command[1]", {"command": ("sh", "x" * 131_072)}),
        ("command[0]", {"command": ("\ud800",)}),
        ("workdir", {"workdir": "job"}),
        ("workdir", {"workdir": "/job/../etc"}),
        ("env.1A", {"env": {"1A": "x"}}),
        ("env.A B", {"env": {"A B": "x"}}),
        ("env.A", {"env": {"A": "\0"}}),
        ("env", {"env": {f"N{index}": "" for index in range(257)}}),
        ("inputs[0].path", {"inputs": (an_input("/etc/passwd"),)}),
        ("inputs[0].path", {"inputs": (an_input("../secret"),)}),
        ("inputs[0].path", {"inputs": (an_input("a/./b"),)}),
        ("inputs[0].path", {"inputs": (an_input("a//b"),)}),
        ("inputs[0].path", {"inputs": (an_input("a\\b"),)}),
        ("inputs[0].path", {"inputs": (an_input("a\nb"),)}),
        ("inputs[0].path", {"inputs": (an_input(""),)}),
        ("inputs[0].path", {"inputs": (an_input("n" * 256),)}),
        ("inputs[0].size", {"inputs": (an_input(size=-1),)}),
        ("inputs[0].size", {"inputs": (an_input(size=2**40),)}),
        ("inputs", {"inputs": (an_input("a"), an_input("a"))}),
        ("inputs", {"inputs": (an_input("a"), an_input("a/b"))}),
        ("inputs", {"inputs": tuple(an_input(str(index)) for index in range(1_025))}),
        ("inputs", {"inputs": (an_input("a", 2**36), an_input("b", 1))}),
        ("resources.cpu_millis", {"resources": Resources(cpu_millis=9)}),
        ("resources.memory_mib", {"resources": Resources(memory_mib=15)}),
        ("resources.pids", {"resources": Resources(pids=0)}),
        ("resources.tmpfs_mib", {"resources": Resources(tmpfs_mib=-1)}),
        ("resources.gpu.count", {"resources": Resources(gpu=GpuRequest(GpuVendor.NVIDIA, 0))}),
        ("resources.gpu.count", {"resources": Resources(gpu=GpuRequest(GpuVendor.NONE, 1))}),
        ("resources.gpu.min_vram_mib", {"resources": Resources(gpu=GpuRequest(GpuVendor.NONE, 0, 1))}),
        ("timeout_seconds", {"timeout_seconds": 0}),
        ("timeout_seconds", {"timeout_seconds": 7 * 86_400 + 1}),
        ("max_output_bytes", {"max_output_bytes": -1}),
        ("max_log_bytes", {"max_log_bytes": 2**30}),
        ("seed", {"seed": 2**53}),
        ("network", {"network": "bridge"}),
        ("document", {"command": ("sh", *["x" * 100_000] * 3)}),
    ],
)
def test_a_spec_that_breaks_a_rule_names_the_field(field, changes):
    with pytest.raises(InvalidJobSpec) as refusal:
        a_spec(**changes)
    assert refusal.value.field == field


def test_refusals_say_how_to_repair_the_spec():
    with pytest.raises(InvalidJobSpec) as refusal:
        a_spec(image="ubuntu:latest")
    assert "sha256:" in (refusal.value.fix or "")


@pytest.mark.parametrize("name", [name for name in a_spec().to_document() if name != "type"])
def test_a_document_must_have_every_member(name):
    document = a_spec().to_document()
    del document[name]
    with pytest.raises(InvalidJobSpec) as refusal:
        JobSpec.from_document(document)
    assert refusal.value.field == name


@pytest.mark.parametrize(
    ("path", "field"),
    [((), "extra"), (("resources",), "resources.extra"), (("resources", "gpu"), "resources.gpu.extra")],
)
def test_a_document_must_have_no_unknown_member(path, field):
    document = a_spec().to_document()
    target = document
    for name in path:
        target = target[name]
    target["extra"] = 1
    with pytest.raises(InvalidJobSpec) as refusal:
        JobSpec.from_document(document)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"type": "hn/spec/2"}, "type"),
        ({"timeout_seconds": "600"}, "timeout_seconds"),
        ({"timeout_seconds": True}, "timeout_seconds"),
        ({"command": "true"}, "command"),
        ({"command": [1]}, "command[0]"),
        ({"env": {"A": 1}}, "env.A"),
        ({"env": []}, "env"),
        ({"inputs": [{"path": "a", "sha256": "AB" * 32, "size": 1}]}, "inputs[0].sha256"),
        ({"inputs": [{"path": "a", "sha256": "ab" * 32, "size": 1, "url": ""}]}, "inputs[0].url"),
        ({"determinism": "D5"}, "determinism"),
    ],
)
def test_a_document_with_a_wrong_type_names_the_member(changes, field):
    with pytest.raises(InvalidJobSpec) as refusal:
        JobSpec.from_document({**a_spec().to_document(), **changes})
    assert refusal.value.field == field


def test_an_unknown_vendor_is_refused():
    document = a_spec().to_document()
    document["resources"]["gpu"]["vendor"] = "intel"
    with pytest.raises(InvalidJobSpec, match=r"resources\.gpu\.vendor"):
        JobSpec.from_document(document)


def test_a_draft_takes_defaults_even_inside_resources():
    spec = JobSpec.from_draft(
        {"image": a_spec().image, "command": ["true"], "resources": {"gpu": {"vendor": "amd", "count": 1}}}
    )
    assert spec.resources == Resources(gpu=GpuRequest(GpuVendor.AMD, 1, 0))
    assert spec.timeout_seconds == 600


@pytest.mark.parametrize("draft", [{}, {"command": ["true"]}, {"image": "sha256:" + "0" * 64}, []])
def test_a_draft_without_image_or_command_is_refused(draft):
    with pytest.raises(InvalidJobSpec):
        JobSpec.from_draft(draft)


def test_the_largest_spec_is_still_one_small_blob():
    assert len(a_spec(command=("sh", "x" * 130_000, "x" * 120_000)).to_bytes()) <= MAX_SPEC_BYTES


def test_image_digest_is_what_the_engine_reports():
    assert a_spec(image="repo/name@sha256:" + "a" * 64).image_digest == "sha256:" + "a" * 64
    assert a_spec(image="sha256:" + "b" * 64).image_digest == "sha256:" + "b" * 64
