"""Properties of canonical documents: order never matters, every member does."""

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypernode.domain.canonical import canonical_bytes, canonical_hash, parse_canonical
from hypernode.domain.cid import cid_of_digest, digest_of_cid
from hypernode.domain.merkle import OutputFile, output_root
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import receipt_hash
from hypernode.domain.spec import GpuRequest, JobSpec, Resources, spec_hash
from hypernode.domain.status import DeterminismClass
from hypernode.domain.types import GpuVendor
from tests.support.documents import (
    a_receipt,
    a_spec,
    an_address,
    an_input,
    digest,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
integers = st.integers(-(2**53) + 1, 2**53 - 1)
values = st.recursive(
    st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(texts, values, max_size=6)
names = st.text("abcdefgh._-é", min_size=1, max_size=8).filter(lambda name: name not in (".", ".."))
files = st.builds(
    OutputFile,
    st.lists(names, min_size=1, max_size=3).map("/".join),
    st.sampled_from([0o644, 0o755]),
    st.integers(0, 2**40),
    st.binary(min_size=32, max_size=32),
)


@given(documents, st.randoms())
def test_hash_is_stable_under_the_order_of_members(document, shuffle):
    other: Any = shuffled(document, shuffle)
    assert canonical_hash(other) == canonical_hash(document)


@given(documents)
def test_canonical_bytes_are_read_back(document):
    assert parse_canonical(canonical_bytes(document)) == document


@given(documents)
def test_canonical_bytes_are_plain_json(document):
    assert json.loads(canonical_bytes(document)) == document


@given(st.randoms(), st.dictionaries(st.from_regex(r"[A-Z_]{1,5}", fullmatch=True), texts))
def test_spec_hash_is_stable_under_the_order_of_members(shuffle, env):
    spec = a_spec(env={name: value.replace("\0", "") for name, value in env.items()})
    document = shuffled(spec.to_document(), shuffle)
    assert spec_hash(JobSpec.from_document(document)) == spec_hash(spec)


@given(st.binary(min_size=32, max_size=32))
def test_cid_and_digest_are_one(raw):
    assert digest_of_cid(cid_of_digest(raw)) == raw


@given(st.lists(files, max_size=9, unique_by=lambda file: file.path.split("/")[0]), st.randoms())
def test_root_is_stable_under_the_order_of_files(listed, shuffle):
    mixed = shuffle.sample(listed, len(listed))
    assert output_root(mixed) == output_root(listed)
    assert OutputManifest.from_bytes(OutputManifest.of(mixed).to_bytes()).root == output_root(listed)


@given(st.lists(files, min_size=1, max_size=9, unique_by=lambda file: file.path.split("/")[0]), st.data())
def test_root_changes_with_every_file(listed, data):
    index = data.draw(st.integers(0, len(listed) - 1))
    file = listed[index]
    other = data.draw(
        st.sampled_from(
            [
                OutputFile(file.path + "x", file.mode, file.size, file.sha256),
                OutputFile(file.path, file.mode ^ 0o111, file.size, file.sha256),
                OutputFile(file.path, file.mode, file.size + 1, file.sha256),
                OutputFile(file.path, file.mode, file.size, bytes([file.sha256[0] ^ 1]) + file.sha256[1:]),
            ]
        )
    )
    assert output_root([*listed[:index], other, *listed[index + 1 :]]) != output_root(listed)
    assert output_root(listed[:index] + listed[index + 1 :]) != output_root(listed)


SPEC_MUTATIONS = {
    "image digest": a_spec(image=f"sha256:{digest('other').hex()}"),
    "image name": a_spec(image=f"name@sha256:{digest('image').hex()}"),
    "program": a_spec(command=("python", "/job/in/render.py")),
    "argument": a_spec(command=("python3", "/job/in/other.py")),
    "argument more": a_spec(command=("python3", "/job/in/render.py", "")),
    "argument less": a_spec(command=("python3",)),
    "arguments joined": a_spec(command=("python3 /job/in/render.py",)),
    "arguments swapped": a_spec(command=("/job/in/render.py", "python3")),
    "workdir": a_spec(workdir="/job/out"),
    "variable": a_spec(env={"A": ""}),
    "variable name": a_spec(env={"B": ""}),
    "variable value": a_spec(env={"A": "1"}),
    "input gone": a_spec(inputs=()),
    "input path": a_spec(inputs=(an_input("other.json"),)),
    "input size": a_spec(inputs=(an_input(size=6),)),
    "input more": a_spec(inputs=(an_input(), an_input("b"))),
    "inputs swapped": a_spec(inputs=(an_input("b"), an_input())),
    "cpu": a_spec(resources=Resources(cpu_millis=1_001)),
    "memory": a_spec(resources=Resources(memory_mib=513)),
    "pids": a_spec(resources=Resources(pids=129)),
    "tmpfs": a_spec(resources=Resources(tmpfs_mib=65)),
    "gpu": a_spec(resources=Resources(gpu=GpuRequest(GpuVendor.NVIDIA, 1))),
    "gpu vendor": a_spec(resources=Resources(gpu=GpuRequest(GpuVendor.AMD, 1))),
    "gpu count": a_spec(resources=Resources(gpu=GpuRequest(GpuVendor.NVIDIA, 2))),
    "gpu memory": a_spec(resources=Resources(gpu=GpuRequest(GpuVendor.NVIDIA, 1, 1))),
    "timeout_seconds": a_spec(timeout_seconds=601),
    "output cap": a_spec(max_output_bytes=1),
    "log cap": a_spec(max_log_bytes=1),
    "seed": a_spec(seed=1),
    "D1": a_spec(determinism=DeterminismClass.D1),
    "D2": a_spec(determinism=DeterminismClass.D2),
    "D3": a_spec(determinism=DeterminismClass.D3),
    "D4": a_spec(determinism=DeterminismClass.D4),
}


def test_every_mutation_of_a_spec_has_a_hash_of_its_own():
    hashes = {spec_hash(spec) for spec in SPEC_MUTATIONS.values()} | {spec_hash(a_spec())}
    assert len(hashes) == len(SPEC_MUTATIONS) + 1 >= 31


RECEIPT_MUTATIONS: dict[str, dict[str, Any]] = {
    "logs": {"logs": digest("other")},
    "truncation": {"logs_truncated": True},
    "start": {"started_at": 999},
    "finish": {"finished_at": 1_043},
    "seconds": {"seconds_used": 43},
    "node": {"node": an_address("other")},
    "worker_key": {"worker_key": an_address("other")},
    "manifest": {"outputs": digest("other")},
}


@pytest.mark.parametrize("mutation", RECEIPT_MUTATIONS)
def test_time_usage_logs_and_node_change_the_receipt_and_not_the_result(mutation):
    receipt = a_receipt(**RECEIPT_MUTATIONS[mutation])
    assert receipt_hash(receipt) != receipt_hash(a_receipt())
    assert receipt.result == a_receipt().result


def shuffled(value: object, shuffle: random.Random) -> object:
    if isinstance(value, dict):
        members = list(value.items())
        shuffle.shuffle(members)
        return {name: shuffled(member, shuffle) for name, member in members}
    if isinstance(value, list):
        return [shuffled(item, shuffle) for item in value]
    return value
