"""Checks of a job receipt against a cluster description: one pure function (docs/job-receipt.md)."""

from collections.abc import Iterator
from typing import Any

from hypernode.domain import draw
from hypernode.domain.attestation import GATES, Audit, Decision
from hypernode.domain.canonical import canonical_hash
from hypernode.domain.check import Check, CheckResult, found
from hypernode.domain.cluster import ClusterDescription, OracleEpoch, Verify
from hypernode.domain.finding import must_repeat
from hypernode.domain.job_receipt_document import (
    DrawRecord,
    JobFacts,
    JobReceiptDocument,
    MoneyRecord,
)
from hypernode.domain.job_receipt_signatures import SignatureChecks
from hypernode.domain.pricing import split_price
from hypernode.domain.receipt import Receipt, receipt_signing_bytes, stop_bytes
from hypernode.domain.result import Ending, Result
from hypernode.domain.sentence import Frozen, price
from hypernode.domain.spec import JobSpec
from hypernode.domain.status import Outcome, Verdict
from hypernode.errors import DomainError, InvalidDocument

# What only the chain, or the run itself, can show.
OUTSIDE = (
    ("job facts", "job", "the job's account had these values: the account closes when the job ends"),
    ("operator", "job.operator", "the node belonged to this operator at the assignment"),
    ("transaction", "transaction", "the transaction ended this job and is finalized"),
    ("finalized blocks", "draw.blocks", "the blocks are finalized blocks of this cluster"),
    ("findings", "findings", "the verdict follows from the findings: the board may have withheld some"),
    ("oracle sets", "job.epoch", "the cluster description has the oracle sets that are on chain"),
)


def verify_job_receipt(document: Any, cluster: ClusterDescription, verify: Verify) -> list[Check]:
    """Return every check of a job receipt in a fixed order.

    Raise `InvalidJobReceipt` for a document that cannot be read. `verify` checks one Ed25519 signature.
    """
    read = JobReceiptDocument.from_document(document)
    return list(_Checks(read, cluster, verify).all())


def holds(checks: list[Check]) -> bool:
    """Return True if no check failed."""
    return all(check.result is not CheckResult.FAILS for check in checks)


class _Checks:
    def __init__(self, read: JobReceiptDocument, cluster: ClusterDescription, verify: Verify) -> None:
        self._read, self._cluster, self._verify = read, cluster, verify
        self._job: JobFacts = read.job
        self._epoch: OracleEpoch | None = cluster.epoch(read.job.epoch)
        self._receipt: Receipt | None = None
        self._decision = read.decision
        # A verdict that names what is wrong with the node's evidence: the evidence need not be right.
        self._by_gate = self._decision is not None and self._decision.reason in GATES

    def all(self) -> Iterator[Check]:
        signed = SignatureChecks(self._read, self._cluster, self._verify)
        yield found("cluster", "genesis", self._read.genesis == self._cluster.genesis, "another genesis")
        missing = f"the description has no epoch {self._job.epoch}"
        yield found("epoch", "job.epoch", self._epoch is not None, missing)
        yield self._spec()
        yield self._terms()
        yield self._receipt_hash()
        yield self._receipt_facts()
        yield self._worker_signature()
        yield self._stop()
        yield from self._draw()
        yield signed.findings()
        yield from signed.attestations()
        yield self._result()
        yield self._outcome()
        yield from self._money(self._read.money)
        for name, member, detail in OUTSIDE:
            yield Check(name, CheckResult.NOT_CHECKED, member, detail)

    def _spec(self) -> Check:
        try:
            same = canonical_hash(self._read.spec) == self._job.spec_hash
        except DomainError:
            same = False
        return found("spec hash", "spec", same, "the spec has another hash than job.spec_hash")

    def _terms(self) -> Check:
        try:
            timeout = JobSpec.from_document(self._read.spec).timeout_seconds
        except InvalidDocument as fault:
            return Check("terms", CheckResult.FAILS, f"spec.{fault.field}", fault.detail)
        if timeout != self._job.timeout_seconds:
            return Check("terms", CheckResult.FAILS, "job.timeout_seconds", f"the spec says {timeout}")
        full = self._job.rate * self._job.timeout_seconds
        return found("terms", "job.cap", self._job.cap == full, f"rate times timeout is {full}")

    def _receipt_hash(self) -> Check:
        name, given = "receipt hash", self._read.receipt
        if given is None:
            if self._by_gate or self._read.outcome is Outcome.UNVERIFIED:
                return Check(name, CheckResult.NOT_CHECKED, "receipt", "the node did not deliver it")
            return Check(name, CheckResult.FAILS, "receipt", "is missing, and no verdict says why")
        try:
            same = canonical_hash(given) == self._job.receipt_hash
        except DomainError:
            same = False
        return found(name, "receipt", same, "the receipt has another hash than job.receipt_hash")

    def _receipt_facts(self) -> Check:
        name, given, job = "receipt facts", self._read.receipt, self._job
        if given is None:
            return Check(name, CheckResult.NOT_CHECKED, "receipt", "there is no receipt")
        try:
            self._receipt = receipt = Receipt.from_document(given)
        except InvalidDocument as fault:
            return self._evidence(name, f"receipt.{fault.field}", False, fault.detail)
        facts = {
            "job": (receipt.job, job.address),
            "sequence": (receipt.sequence, job.sequence),
            "attempt": (receipt.attempt, job.attempt),
            "node": (receipt.node, job.node),
            "worker_key": (receipt.worker_key, job.worker_key),
            "seconds_used": (receipt.seconds_used, job.seconds),
        }
        wrong = next((member for member, (said, fact) in facts.items() if said != fact), None)
        member = "receipt" if wrong is None else f"receipt.{wrong}"
        return self._evidence(name, member, wrong is None, "is another one than the job has")

    def _worker_signature(self) -> Check:
        name, signature = "worker signature", self._read.worker_signature
        if signature is None:
            return Check(name, CheckResult.NOT_CHECKED, "worker_signature", "it was not kept")
        message = receipt_signing_bytes(self._job.receipt_hash)
        signed = self._verify(self._job.worker_key, message, signature)
        return self._evidence(name, "worker_signature", signed, "is not one of job.worker_key")

    def _stop(self) -> Check:
        if self._receipt is None or self._receipt.stop is None:
            return Check("stop", CheckResult.NOT_CHECKED, "receipt.stop", "the buyer did not stop the run")
        job = self._job
        message = stop_bytes(
            self._cluster.genesis, self._cluster.markets, job.address, job.sequence, job.attempt
        )
        signed = self._verify(job.buyer, message, self._receipt.stop)
        return self._evidence("stop", "receipt.stop", signed, "is not one of job.buyer")

    def _evidence(self, name: str, member: str, is_right: bool, detail: str) -> Check:
        """Return the check of a node's evidence. What a rejection by a gate complains about may be wrong."""
        if not is_right and self._by_gate and self._read.outcome is Outcome.REJECTED:
            return Check(name, CheckResult.NOT_CHECKED, member, "the verdict rejects this evidence")
        return found(name, member, is_right, detail)

    def _draw(self) -> Iterator[Check]:
        given = self._read.draw
        if given is None:
            judged = self._read.outcome in (Outcome.SETTLED, Outcome.REJECTED)
            result = CheckResult.FAILS if judged else CheckResult.NOT_CHECKED
            for name in ("draw", "draw id", "audit"):
                yield Check(name, result, "draw", "there is no draw")
            return
        made = self._made(given)
        if isinstance(made, str):
            yield Check("draw", CheckResult.FAILS, "draw.blocks", made)
        else:
            if made.drawn != given.drawn:
                yield Check("draw", CheckResult.FAILS, "draw.drawn", f"the blocks say {made.drawn}")
            else:
                keys = self._epoch.keys if self._epoch else ()
                panel = tuple(keys[place] for place in made.panel)
                yield found("draw", "draw.panel", panel == given.panel, f"the blocks say {list(panel)}")
        named = draw.draw_id(given.blocks)
        yield found("draw id", "draw.draw_id", named == given.draw_id, f"the blocks say {named.hex()}")
        yield self._audit(given.drawn)

    def _made(self, given: DrawRecord) -> draw.Draw | str:
        if self._epoch is None:
            return "the epoch is unknown"
        job = self._job
        submission = job.submission(self._cluster.genesis)
        oracles = len(self._epoch.oracles)
        try:
            return draw.draw(submission, given.blocks, self._epoch.geometry, job.audit_bps, oracles)
        except DomainError as fault:
            return fault.detail

    def _audit(self, drawn: bool) -> Check:
        """Check that what was drawn was repeated, and nothing else."""
        decision = self._decision
        if decision is None:
            return Check("audit", CheckResult.NOT_CHECKED, "attestations", "there is no verdict")
        result = None if self._receipt is None else self._receipt.result
        must = result is not None and must_repeat(result)
        if self._by_gate:
            wanted = (drawn or must) if decision.audit is not Audit.NONE else not drawn
        else:
            stopped = result is not None and result.ending is Ending.STOPPED
            wanted = (decision.audit is not Audit.NONE) == ((drawn or must) and not stopped)
        audit = decision.audit.name.lower()
        was = "drawn" if drawn else "not drawn"
        return found("audit", "attestations[0].audit", wanted, f"is {audit} for a job that was {was}")

    def _result(self) -> Check:
        """Check that an accepted result is the receipt's. The one of a rejection is the oracles' own."""
        if self._decision is None or self._decision.verdict is not Verdict.ACCEPT:
            return Check("result", CheckResult.NOT_CHECKED, "attestations", "no result was accepted")
        claimed: Result | None = None if self._receipt is None else self._receipt.result
        same = claimed == self._decision.result
        return found("result", "attestations[0]", same, "is another result than the receipt's")

    def _outcome(self) -> Check:
        wanted = {Outcome.SETTLED: Verdict.ACCEPT, Outcome.REJECTED: Verdict.REJECT}
        verdict = None if self._decision is None else self._decision.verdict
        said = "no verdict" if verdict is None else f"the verdict {verdict.name.lower()}"
        return found(
            "outcome", "outcome", wanted.get(self._read.outcome) is verdict, f"does not follow {said}"
        )

    def _money(self, money: MoneyRecord) -> Iterator[Check]:
        due = self._price()
        yield found("price", "money.price", money.price == due, f"these terms and seconds give {due}")
        split = split_price(money.price, self._job.shares)
        shares = f"the fee shares give {split.node}, {split.treasury}, {split.stakers}, {split.operations}"
        yield found("fee split", "money", split == money.split, shares)
        left = self._job.cap - money.price
        yield found("refund", "money.refund", money.refund == left, f"cap less price is {left}")

    def _price(self) -> int:
        job, decision = self._job, self._decision
        if self._read.outcome is Outcome.ACCEPTED:
            decision = Decision(verdict=Verdict.ACCEPT)
        if decision is None or self._read.outcome not in (Outcome.SETTLED, Outcome.ACCEPTED):
            return 0
        frozen = Frozen(
            rate=job.rate,
            cap=job.cap,
            timeout_seconds=job.timeout_seconds,
            audit_bps=job.audit_bps,
            # Neither decides a price.
            quorum=0,
            factor=0,
            ratio_bps=job.ratio_bps,
            baseline_bps=job.baseline_bps,
            seconds=job.seconds,
        )
        return price(frozen, decision)
