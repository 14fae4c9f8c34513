"""For any receipt: one changed field, or one changed byte of the evidence, and it is not accepted."""

import asyncio
import hashlib
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypernode.domain.cid import cid_of_digest
from hypernode.domain.outputs import OutputManifest
from hypernode.domain.receipt import Receipt, RuntimeInfo, Usage, receipt_hash
from hypernode.domain.result import Ending
from hypernode.domain.status import RejectReason
from hypernode.domain.types import address_of
from hypernode_oracle.verification import Undecided
from hypernode_oracle.verification.evidence import Evidence, EvidenceReader
from hypernode_oracle.verification.gates import Claim, GateFailed
from hypernode_sandbox.ports import Output
from tests.support.claims import SPEC, a_claim
from tests.support.claims import a_receipt as a_bare_receipt
from tests.support.instant_blobs import InstantBlobs

OUTPUT = Output.of("out.txt", 0o644, b"what the job left")
LOGS = b"what the job said"
MANIFEST = OutputManifest.of([OUTPUT.file])
RECEIPT: Receipt = replace(
    a_bare_receipt(),
    output_root=MANIFEST.root,
    outputs=hashlib.sha256(MANIFEST.to_bytes()).digest(),
    logs=hashlib.sha256(LOGS).digest(),
)
EVIDENCE = {
    "spec": SPEC.to_bytes(),
    "receipt": RECEIPT.to_bytes(),
    "manifest": MANIFEST.to_bytes(),
    "output": OUTPUT.data,
    "log": LOGS,
}

DIGESTS = st.binary(min_size=32, max_size=32)
ADDRESSES = DIGESTS.map(address_of)
U64 = st.integers(0, 2**64 - 1)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=40)
USAGES = st.builds(Usage, cpu_ns=U64, peak_memory_bytes=U64, output_bytes=U64)
RUNTIMES = st.builds(RuntimeInfo, engine=TEXT, runc=TEXT, seccomp=DIGESTS, image=TEXT)
# What the chain, the spec or another blob binds: a node cannot even write it into a receipt it commits to.
BOUND: dict[str, st.SearchStrategy[Any]] = {
    "job": ADDRESSES,
    "sequence": U64,
    "attempt": st.integers(1, 255),
    "node": ADDRESSES,
    "worker_key": ADDRESSES,
    "output_root": DIGESTS,
    "outputs": DIGESTS,
    "logs": DIGESTS,
    "seconds_used": st.integers(0, 2**32 - 1),
    "runtime": RUNTIMES.filter(lambda runtime: runtime.image != SPEC.image),
}
# What the node alone knows: it can say anything once, before it commits to the receipt's hash.
CLAIMED: dict[str, st.SearchStrategy[Any]] = {
    "logs_truncated": st.booleans(),
    "salt": DIGESTS,
    # The result itself: oracles compare it with their own when the job is drawn.
    "exit_code": st.integers(0, 255),
    "ending": st.sampled_from([Ending.EXITED, Ending.TIME, Ending.MEMORY, Ending.OUTPUTS]),
    "started_at": st.integers(0, 2**53 - 1),
    "finished_at": st.integers(0, 2**53 - 1),
    "usage": USAGES,
}
ALL = BOUND | CLAIMED | {"runtime": RUNTIMES}
# Bound to the ending: a stop is signed by the buyer (tests/unit/oracle/test_gates.py).
SIGNED = {"stop"}


def a_store() -> InstantBlobs:
    store = InstantBlobs()
    for data in EVIDENCE.values():
        asyncio.run(store.put(data))
    return store


def the_claim(committed: Receipt = RECEIPT) -> Claim:
    """What the chain shows of a node that committed to this receipt and to the honest hashes."""
    claim = a_claim()
    job = replace(
        claim.job,
        receipt_hash=receipt_hash(committed),
    )
    return replace(claim, job=job)


def read(store: InstantBlobs, claim: Claim) -> Evidence:
    return asyncio.run(EvidenceReader(store).read(claim))


def changed(field: str, value: Any) -> Receipt:
    receipt: Receipt = replace(RECEIPT, **{field: value})
    return receipt


one_change = st.sampled_from(sorted(ALL)).flatmap(
    lambda field: st.builds(
        changed, st.just(field), ALL[field].filter(lambda it: it != getattr(RECEIPT, field))
    )
)
one_bound_change = st.sampled_from(sorted(BOUND)).flatmap(
    lambda field: st.builds(
        changed, st.just(field), BOUND[field].filter(lambda it: it != getattr(RECEIPT, field))
    )
)


def test_the_honest_receipt_is_accepted_and_every_field_of_it_is_tried() -> None:
    assert read(a_store(), the_claim()).receipt == RECEIPT
    assert set(ALL) | SIGNED == {field.name for field in fields(Receipt)}


@given(one_change)
def test_a_receipt_changed_after_the_node_committed_to_it_is_never_accepted(receipt: Receipt) -> None:
    store = a_store()
    store.kept[cid_of_digest(receipt_hash(RECEIPT))] = receipt.to_bytes()
    with pytest.raises(GateFailed):
        read(store, the_claim())


@given(one_bound_change)
def test_a_node_cannot_commit_to_a_receipt_that_says_otherwise(receipt: Receipt) -> None:
    store = a_store()
    asyncio.run(store.put(receipt.to_bytes()))
    with pytest.raises(GateFailed):
        read(store, the_claim(committed=receipt))


@given(st.sampled_from(sorted(EVIDENCE)), st.data())
def test_one_changed_byte_of_any_blob_is_never_accepted(name: str, data: st.DataObject) -> None:
    honest = EVIDENCE[name]
    at = data.draw(st.integers(0, len(honest) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda it: it != honest[at]))
    store = a_store()
    store.kept[cid_of_digest(hashlib.sha256(honest).digest())] = (
        honest[:at] + bytes([byte]) + honest[at + 1 :]
    )
    with pytest.raises(refusal(name)):
        read(store, the_claim())


@pytest.mark.parametrize("name", sorted(EVIDENCE))
def test_no_blob_may_be_missing(name: str) -> None:
    store = a_store()
    del store.kept[cid_of_digest(hashlib.sha256(EVIDENCE[name]).digest())]
    with pytest.raises(refusal(name)) as refused:
        read(store, the_claim())
    if isinstance(refused.value, GateFailed):
        assert refused.value.reason is RejectReason.MISSING_BLOB


def refusal(name: str) -> type[Exception]:
    """The buyer's blob says nothing about the node; all others are the node's to publish."""
    return Undecided if name == "spec" else GateFailed


def test_a_spec_with_another_time_out_than_the_jobs_is_refused() -> None:
    """The node signed for the job on chain: it must not have run a spec that asks for something else."""
    claim = the_claim()
    other = replace(claim, job=replace(claim.job, timeout_seconds=claim.job.timeout_seconds + 1))
    with pytest.raises(GateFailed) as refused:
        read(a_store(), other)
    assert refused.value.reason is RejectReason.SPEC_MISMATCH
