"""Checks of what oracles signed about one job: their findings and their attestations."""

from collections.abc import Iterator

from hypernode.domain.attestation import Attestation, Decision
from hypernode.domain.check import Check, CheckResult, found
from hypernode.domain.cluster import ClusterDescription, Verify
from hypernode.domain.commitment import FindingMessage, commitment, finding_of
from hypernode.domain.draw import DRAW_ID_BYTES
from hypernode.domain.job_receipt_document import JobReceiptDocument, SignedFinding
from hypernode.domain.status import Outcome
from hypernode.domain.types import address_bytes
from hypernode.errors import DomainError


class SignatureChecks:
    """Signatures of the oracles of the job's epoch."""

    def __init__(self, read: JobReceiptDocument, cluster: ClusterDescription, verify: Verify) -> None:
        self._read, self._cluster, self._verify = read, cluster, verify
        self._job, self._epoch = read.job, cluster.epoch(read.job.epoch)
        self._decision = read.decision

    def findings(self) -> Check:
        seen = set()
        for index, finding in enumerate(self._read.findings):
            fault = self._fault_of(finding)
            place = (finding.oracle, finding.stage, finding.commitment)
            if fault is None and place in seen:
                fault = "", "is there twice"
            if fault is not None:
                member, detail = fault
                return Check("signed findings", CheckResult.FAILS, f"findings[{index}]{member}", detail)
            seen.add(place)
        if not self._read.findings:
            return Check("signed findings", CheckResult.NOT_CHECKED, "findings", "there are none")
        return Check("signed findings", CheckResult.HOLDS, "findings", f"{len(seen)} signed")

    def _fault_of(self, finding: SignedFinding) -> tuple[str, str] | None:
        if self._epoch is None or finding.oracle not in self._epoch.keys:
            return ".oracle", "is not an oracle of the epoch"
        message = FindingMessage(
            cluster=self._cluster.genesis,
            job=address_bytes(self._job.address),
            sequence=self._job.sequence,
            attempt=self._job.attempt,
            receipt_hash=self._job.receipt_hash,
            stage=finding.stage,
            commitment=finding.commitment,
        )
        if not self._verify(finding.oracle, message.digest(), finding.signature):
            return ".signature", "is not one of the oracle over this commitment"
        if finding.content is None or finding.salt is None:
            return None
        opened = commitment(address_bytes(finding.oracle), finding.content, finding.salt)
        if opened != finding.commitment:
            return ".commitment", "is not the one that content and salt open"
        try:
            finding_of(finding.content)
        except DomainError as fault:
            return ".content", fault.detail
        return None

    def attestations(self) -> Iterator[Check]:
        signed = self._read.attestations
        judged = self._read.outcome in (Outcome.SETTLED, Outcome.REJECTED)
        if not judged:
            empty = "a job that ended without a verdict has none"
            yield found("attestations", "attestations", not signed, empty)
            yield Check("quorum", CheckResult.NOT_CHECKED, "attestations", "there is no verdict")
            return
        yield self._signed()
        wanted = self._epoch.threshold if self._epoch else 0
        known = set(self._epoch.keys) if self._epoch else set()
        count = len({one.oracle for one in signed} & known)
        enough = self._epoch is not None and count >= wanted
        yield found("quorum", "attestations", enough, f"{count} oracles signed; expected {wanted}")

    def _signed(self) -> Check:
        name, seen = "attestations", set()
        for index, one in enumerate(self._read.attestations):
            at = f"attestations[{index}]"
            if self._epoch is None or one.oracle not in self._epoch.keys:
                return Check(name, CheckResult.FAILS, f"{at}.oracle", "is not an oracle of the epoch")
            if one.oracle in seen:
                return Check(name, CheckResult.FAILS, f"{at}.oracle", "is there twice")
            if one.decision != self._decision:
                return Check(name, CheckResult.FAILS, at, "has another decision than the first one")
            if not self._verify(one.oracle, self._digest(one.decision), one.signature):
                return Check(name, CheckResult.FAILS, f"{at}.signature", "is not one over this verdict")
            seen.add(one.oracle)
        return Check(name, CheckResult.HOLDS, "attestations", f"{len(seen)} signed this verdict")

    def _digest(self, decision: Decision) -> bytes:
        job, given = self._job, self._read.draw
        return Attestation(
            cluster=self._cluster.genesis,
            program=address_bytes(self._cluster.markets),
            job=address_bytes(job.address),
            sequence=job.sequence,
            attempt=job.attempt,
            node=address_bytes(job.node),
            receipt_hash=job.receipt_hash,
            submitted_slot=job.submitted_slot,
            seconds=job.seconds,
            epoch=job.epoch,
            draw_id=bytes(DRAW_ID_BYTES) if given is None else given.draw_id,
            decision=decision,
        ).digest()
