"""Job receipts for tests and vectors, signed by keys whose seeds are the SHA-256 of their names.

`python -m tests.support.job_receipts` writes tests/vectors/job_receipt.json.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import base58

from hypernode.chain.keys import Key, verify
from hypernode.domain import draw
from hypernode.domain.attestation import Attestation, Audit, Blame, Decision, Reason
from hypernode.domain.check import CheckResult
from hypernode.domain.cluster import ClusterDescription, Oracle, OracleEpoch, OracleMachine, SignedCluster
from hypernode.domain.commitment import FindingMessage, commitment, content
from hypernode.domain.finding import Repeated
from hypernode.domain.job_receipt import verify_job_receipt
from hypernode.domain.job_receipt_document import (
    DrawRecord,
    JobFacts,
    JobReceiptDocument,
    MoneyRecord,
    SignedDecision,
    SignedFinding,
)
from hypernode.domain.pricing import FeeShares, split_price
from hypernode.domain.receipt import Receipt, receipt_hash, receipt_signing_bytes, stop_bytes
from hypernode.domain.result import NO_RESULT, Ending, Result
from hypernode.domain.sentence import Frozen, price
from hypernode.domain.spec import spec_hash
from hypernode.domain.status import Outcome, Verdict
from hypernode.domain.types import GpuVendor, address_bytes
from hypernode.errors import InvalidJobReceipt
from tests.support.documents import VECTORS, a_receipt, a_spec, an_address, digest

SHARES = FeeShares()
RATE, TIMEOUT = 1_000_003, 600
SLOT = 2**40 + 5
GENESIS = digest("genesis")
MANY, FEW = 3, 4


def key_of(name: str) -> Key:
    return Key.from_seed(digest(name))


def oracle_names(epoch: int) -> list[str]:
    return [f"oracle-{epoch}-{index}" for index in range(3 if epoch == MANY else 5)]


def a_cluster(**changes: Any) -> ClusterDescription:
    """Return a description with two epochs: 2 of 3 with eight groups, 3 of 5 with a local chain's draw."""
    machine = OracleMachine(
        cpu_millis=8_000,
        memory_mib=32_768,
        disk_mib=500_000,
        gpu_vendor=GpuVendor.NVIDIA,
        gpu_count=1,
        vram_mib=24_576,
    )
    plain = OracleMachine(cpu_millis=4_000, memory_mib=8_192, disk_mib=100_000)

    def oracle(name: str, place: int) -> Oracle:
        address = f"https://{name}.example:8443" if place == 0 else None
        wallet = None if place == 1 else an_address(f"{name} wallet")
        return Oracle(
            key=key_of(name).address,
            wallet=wallet,
            address=address,
            machine=(machine, plain, None)[place % 3],
        )

    def epoch(number: int, threshold: int, geometry: draw.Geometry) -> OracleEpoch:
        oracles = tuple(oracle(name, place) for place, name in enumerate(oracle_names(number)))
        return OracleEpoch(epoch=number, threshold=threshold, oracles=oracles, geometry=geometry)

    members: dict[str, Any] = {
        "name": "example",
        "genesis": GENESIS,
        **{name: an_address(name) for name in ("governance", "markets", "rewards", "slashing", "staking")},
        "mint": an_address("mint"),
        "epochs": (epoch(MANY, 2, draw.MAINNET), epoch(FEW, 3, draw.LOCAL)),
        "signer": key_of("signer").address,
    }
    return ClusterDescription(**{**members, **changes})


def a_signed_cluster() -> SignedCluster:
    return SignedCluster.sign(a_cluster(), key_of("signer"))


def facts(receipt: Receipt, **changes: Any) -> JobFacts:
    members: dict[str, Any] = {
        "address": receipt.job,
        "buyer": key_of("buyer").address,
        "sequence": receipt.sequence,
        "attempt": receipt.attempt,
        "node": receipt.node,
        "operator": an_address("operator"),
        "worker_key": receipt.worker_key,
        "spec_hash": spec_hash(a_spec(timeout_seconds=TIMEOUT)),
        "rate": RATE,
        "cap": RATE * TIMEOUT,
        "timeout_seconds": TIMEOUT,
        "audit_bps": 500,
        "ratio_bps": 11_000,
        "baseline_bps": 10_000,
        "shares": SHARES,
        "epoch": MANY,
        "receipt_hash": receipt_hash(receipt),
        "seconds": receipt.seconds_used,
        "submitted_slot": SLOT,
    }
    return JobFacts(**{**members, **changes})


def drawn(job: JobFacts, wanted: bool) -> DrawRecord:
    """Return the first of many draws of a job that chooses it, or does not."""
    epoch = a_cluster().epoch(job.epoch)
    assert epoch is not None
    submission = job.submission(GENESIS)
    start = epoch.geometry.first_group(job.submitted_slot) * epoch.geometry.slots
    slots = [start + group * epoch.geometry.slots for group in range(epoch.geometry.groups)]
    for turn in range(10_000):
        blocks = tuple(draw.Block(slot, slot - 1, digest(f"block {slot} {turn}")) for slot in slots)
        made = draw.draw(submission, blocks, epoch.geometry, job.audit_bps, len(epoch.oracles))
        if made.drawn is wanted:
            return DrawRecord(blocks, made.draw_id, made.drawn, tuple(epoch.keys[at] for at in made.panel))
    raise AssertionError("no draw came out as wanted")


def a_job_receipt(
    *,
    outcome: Outcome = Outcome.SETTLED,
    decision: Decision | None = None,
    receipt: Receipt | None = None,
    is_drawn: bool = True,
    found: Repeated | None = None,
    has_receipt: bool = True,
    signers: int | None = None,
    **job_changes: Any,
) -> JobReceiptDocument:
    """Return a job receipt that holds. `found` is what the first panel member told at stage one."""
    ran = receipt or a_receipt(worker_key=key_of("worker").address)
    job = facts(ran, **job_changes)
    record = drawn(job, is_drawn)
    epoch = a_cluster().epoch(job.epoch)
    assert epoch is not None
    by_key = {key_of(name).address: key_of(name) for name in oracle_names(job.epoch)}
    told = () if found is None else (told_by(by_key[record.panel[0]], job, found),)
    paid = paid_for(job, outcome, decision)
    attested = (
        () if decision is None else attested_by(by_key, job, record, decision, signers or epoch.threshold)
    )
    return JobReceiptDocument(
        genesis=GENESIS,
        spec=a_spec(timeout_seconds=TIMEOUT).to_document(),
        receipt=ran.to_document() if has_receipt else None,
        worker_signature=key_of("worker").sign(receipt_signing_bytes(job.receipt_hash))
        if has_receipt
        else None,
        job=job,
        draw=record,
        findings=told,
        attestations=attested,
        transaction=base58.b58encode(hashlib.sha512(b"transaction").digest()).decode(),
        outcome=outcome,
        money=MoneyRecord(paid, split_price(paid, SHARES), job.cap - paid),
    )


def told_by(oracle: Key, job: JobFacts, found: Repeated) -> SignedFinding:
    told, salt = content(found), digest("finding salt")
    committed = commitment(address_bytes(oracle.address), told, salt)
    message = FindingMessage(
        cluster=GENESIS,
        job=address_bytes(job.address),
        sequence=job.sequence,
        attempt=job.attempt,
        receipt_hash=job.receipt_hash,
        stage=1,
        commitment=committed,
    )
    return SignedFinding(
        oracle=oracle.address,
        stage=1,
        commitment=committed,
        signature=oracle.sign(message.digest()),
        content=told,
        salt=salt,
    )


def attested_by(
    keys: dict[Any, Key], job: JobFacts, record: DrawRecord, decision: Decision, count: int
) -> tuple[SignedDecision, ...]:
    attestation = Attestation(
        cluster=GENESIS,
        program=address_bytes(a_cluster().markets),
        job=address_bytes(job.address),
        sequence=job.sequence,
        attempt=job.attempt,
        node=address_bytes(job.node),
        receipt_hash=job.receipt_hash,
        submitted_slot=job.submitted_slot,
        seconds=job.seconds,
        epoch=job.epoch,
        draw_id=record.draw_id,
        decision=decision,
    )
    signing = [keys[key] for key in record.panel[:count]]
    return tuple(SignedDecision(key.address, decision, key.sign(attestation.digest())) for key in signing)


def paid_for(job: JobFacts, outcome: Outcome, decision: Decision | None) -> int:
    if outcome.refunds:
        return 0
    frozen = Frozen(
        rate=job.rate,
        cap=job.cap,
        timeout_seconds=job.timeout_seconds,
        audit_bps=job.audit_bps,
        quorum=0,
        factor=0,
        ratio_bps=job.ratio_bps,
        baseline_bps=job.baseline_bps,
        seconds=job.seconds,
    )
    return price(frozen, decision or Decision(verdict=Verdict.ACCEPT))


EXITED = Result(Ending.EXITED, 0, digest("outputs"))


def settled_repeated() -> JobReceiptDocument:
    accept = Decision(verdict=Verdict.ACCEPT, result=EXITED, audit=Audit.REPEATED, own=41)
    return a_job_receipt(decision=accept, found=Repeated(EXITED, 41, 2**20))


def settled_undrawn() -> JobReceiptDocument:
    accept = Decision(verdict=Verdict.ACCEPT, result=EXITED)
    return a_job_receipt(decision=accept, is_drawn=False, epoch=FEW, audit_bps=2_500)


def rejected() -> JobReceiptDocument:
    other = Result(Ending.EXITED, 0, digest("other outputs"))
    mismatch = Decision(
        verdict=Verdict.REJECT,
        reason=Reason.OUTPUT_MISMATCH,
        result=other,
        audit=Audit.REPEATED,
        own=40,
        blame=Blame.FAULT,
    )
    found = Repeated(other, 40, 2**20)
    return a_job_receipt(
        outcome=Outcome.REJECTED, decision=mismatch, found=found, epoch=FEW, audit_bps=draw.ALWAYS
    )


def rejected_without_receipt() -> JobReceiptDocument:
    missing = Decision(
        verdict=Verdict.REJECT, reason=Reason.MISSING_BLOB, result=NO_RESULT, blame=Blame.TIMEOUT
    )
    return a_job_receipt(outcome=Outcome.REJECTED, decision=missing, is_drawn=False, has_receipt=False)


def stopped() -> JobReceiptDocument:
    """Return a job that its buyer stopped: it was drawn, and no repetition could confirm the stop."""
    ran = a_receipt(worker_key=key_of("worker").address)
    message = stop_bytes(GENESIS, a_cluster().markets, ran.job, ran.sequence, ran.attempt)
    ran = replace(ran, ending=Ending.STOPPED, stop=key_of("buyer").sign(message))
    return a_job_receipt(decision=Decision(verdict=Verdict.ACCEPT, result=ran.result), receipt=ran)


def accepted() -> JobReceiptDocument:
    return a_job_receipt(outcome=Outcome.ACCEPTED, is_drawn=False)


def unverified() -> JobReceiptDocument:
    return replace(a_job_receipt(outcome=Outcome.UNVERIFIED, is_drawn=False), draw=None)


DOCUMENTS: dict[str, Callable[[], JobReceiptDocument]] = {
    "settled, repeated": settled_repeated,
    "settled, not drawn": settled_undrawn,
    "rejected, other outputs": rejected,
    "rejected, the receipt is missing": rejected_without_receipt,
    "settled, stopped by the buyer": stopped,
    "accepted by the buyer": accepted,
    "unverified": unverified,
}

Path = tuple[str | int, ...]
HEX, ADDRESS = digest("another").hex(), an_address("another")
REPEATED, UNDRAWN, REJECTED, STOPPED = (list(DOCUMENTS)[place] for place in (0, 1, 2, 4))
ACCEPTED = list(DOCUMENTS)[5]
# One changed member each; none of them may pass.
MUTATIONS: tuple[tuple[str, Path, Any], ...] = (
    (REPEATED, ("type",), "hn/job-receipt/2"),
    (REPEATED, ("genesis",), HEX),
    (REPEATED, ("spec", "command", 1), "/job/in/other.py"),
    (REPEATED, ("spec", "timeout_seconds"), 601),
    (REPEATED, ("receipt", "output_root"), HEX),
    (REPEATED, ("receipt", "salt"), HEX),
    (REPEATED, ("receipt",), None),
    (REPEATED, ("worker_signature",), "00" * 64),
    (REPEATED, ("job", "address"), ADDRESS),
    (REPEATED, ("job", "sequence"), "8"),
    (REPEATED, ("job", "attempt"), 2),
    (REPEATED, ("job", "node"), ADDRESS),
    (REPEATED, ("job", "worker_key"), ADDRESS),
    (REPEATED, ("job", "rate"), "1000004"),
    (REPEATED, ("job", "cap"), "600001801"),
    (REPEATED, ("job", "timeout_seconds"), 599),
    (REPEATED, ("job", "ratio_bps"), 10_000),
    (REPEATED, ("job", "fees", "operations_bps"), 501),
    (REPEATED, ("job", "epoch"), "9"),
    (REPEATED, ("job", "epoch"), "4"),
    (REPEATED, ("job", "receipt_hash"), HEX),
    (REPEATED, ("job", "seconds"), 43),
    (REPEATED, ("job", "submitted_slot"), str(SLOT + 4)),
    (REPEATED, ("draw", "blocks", 3, "hash"), HEX),
    (REPEATED, ("draw", "blocks", 1, "parent_slot"), "0"),
    (REPEATED, ("draw", "blocks", 1, "slot"), str(SLOT)),
    (REPEATED, ("draw", "draw_id"), "00" * 8),
    (REPEATED, ("draw", "drawn"), False),
    (REPEATED, ("draw", "panel", 0), ADDRESS),
    (REPEATED, ("draw",), None),
    (REPEATED, ("findings", 0, "oracle"), ADDRESS),
    (REPEATED, ("findings", 0, "stage"), 2),
    (REPEATED, ("findings", 0, "salt"), HEX),
    (REPEATED, ("findings", 0, "salt"), None),
    (REPEATED, ("attestations", 0, "own"), 42),
    (REPEATED, ("attestations", 1, "oracle"), ADDRESS),
    (REPEATED, ("attestations", 1, "signature"), "00" * 64),
    (REPEATED, ("attestations", 0, "audit"), "none"),
    (REPEATED, ("attestations",), []),
    (REPEATED, ("transaction",), "1" * 64 + "0"),
    (REPEATED, ("outcome",), "rejected"),
    (REPEATED, ("outcome",), "cancelled"),
    (REPEATED, ("money", "price"), "1"),
    (REPEATED, ("money", "node_share"), "1"),
    (REPEATED, ("money", "refund"), "1"),
    (REPEATED, ("money", "operations"), "-1"),
    (REPEATED, ("note",), "unknown"),
    (UNDRAWN, ("job", "audit_bps"), draw.ALWAYS),
    (UNDRAWN, ("job", "audit_bps"), 501),
    (UNDRAWN, ("attestations", 2, "reason"), "late"),
    (REJECTED, ("outcome",), "settled"),
    (REJECTED, ("money", "price"), "1"),
    (REJECTED, ("attestations", 0, "blame"), "timeout"),
    (REJECTED, ("attestations", 0, "output_root"), HEX),
    (STOPPED, ("job", "buyer"), ADDRESS),
    (ACCEPTED, ("outcome",), "unverified"),
)


def mutated(document: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """Return a copy with one member replaced, or added."""
    changed: Any = copy.deepcopy(document)
    place = changed
    for step in path[:-1]:
        place = place[step]
    assert path == ("note",) or place[path[-1]] != value, f"{path} is not changed"
    place[path[-1]] = value
    assert isinstance(changed, dict)
    return changed


def checked(document: dict[str, Any]) -> dict[str, Any]:
    """Return the name and result of every check, or the member at which the document cannot be read."""
    try:
        checks = verify_job_receipt(document, a_cluster(), verify)
    except InvalidJobReceipt as refused:
        return {"refused": refused.field}
    failed = [[check.name, check.member] for check in checks if check.result is CheckResult.FAILS]
    return {"checks": [[check.name, check.result.value] for check in checks], "failed": failed}


def _mutations() -> Iterator[dict[str, Any]]:
    documents = {name: make().to_document() for name, make in DOCUMENTS.items()}
    for name, path, value in MUTATIONS:
        found = checked(mutated(documents[name], path, value))
        found.pop("checks", None)
        yield {"document": name, "path": list(path), "value": value, **found}


def vectors() -> dict[str, Any]:
    cases = [
        {"name": name, "document": make().to_document(), "checks": checked(make().to_document())["checks"]}
        for name, make in DOCUMENTS.items()
    ]
    return {
        "about": "Job receipts with the result of every check, and mutations that must all fail "
        "(docs/job-receipt.md). Seeds of keys are the SHA-256 of their names. "
        "Written by tests/support/job_receipts.py.",
        "cluster": a_signed_cluster().to_document(),
        "cases": cases,
        "mutations": list(_mutations()),
    }


if __name__ == "__main__":
    (VECTORS / "job_receipt.json").write_text(json.dumps(vectors(), indent=1) + "\n")
