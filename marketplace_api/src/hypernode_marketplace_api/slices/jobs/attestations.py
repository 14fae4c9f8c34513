"""Intake of attestations: each must cover the job as it stands on chain."""

from collections.abc import Sequence
from typing import Self

from hypernode.chain.attesting import attestation_for
from hypernode.chain.generated.markets import Job, OracleSet
from hypernode.chain.keys import verify
from hypernode.chain.ports import ChainPort
from hypernode.domain.attestation import Attestation
from hypernode.domain.clock import Clock
from hypernode.domain.types import Address
from hypernode.errors import DomainError
from hypernode.wire.attestations import AttestationIn, AttestationList, AttestationView
from hypernode_marketplace_api.auth.signatures import VerifySignature, signature_bytes
from hypernode_marketplace_api.errors import (
    AttestationMismatch,
    Malformed,
    NotAnOracle,
    SignatureInvalid,
)
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.models import AttestationRow
from hypernode_marketplace_api.slices.jobs.oracle_sets import OracleSets
from hypernode_marketplace_api.slices.jobs.service import JobService
from hypernode_marketplace_api.slices.jobs.submissions import submitted_job
from hypernode_marketplace_api.views import view


class AttestationDesk:
    def __init__(
        self, jobs: JobService, sets: OracleSets, chain: ChainPort, clock: Clock, verifier: VerifySignature
    ) -> None:
        self._jobs, self._sets, self._chain, self._clock, self._verify = jobs, sets, chain, clock, verifier

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        outside = kernel.outside
        return cls(kernel.one(JobService), kernel.one(OracleSets), outside.chain, outside.clock, verify)

    async def take(self, job_address: str, oracle: Address, given: AttestationIn) -> AttestationList:
        """Check everything that the program will check, keep it, and return all that the job has.

        The same attestation again changes nothing. The oracle that completes a quorum sees it in the answer.
        """
        oracles = await self._sets.judges(given.epoch, oracle)
        if given.oracle != oracle:
            raise NotAnOracle("an oracle can bring only its own verdicts")
        address = Address(job_address)
        job = await submitted_job(self._jobs, self._chain, address, given.sequence, given.attempt)
        if (given.sequence, given.attempt, given.epoch) != (job.sequence, job.attempt, job.epoch):
            raise AttestationMismatch(
                f"the chain shows sequence {job.sequence}, attempt {job.attempt}, epoch {job.epoch}"
            )
        digest = _attestation(Address(job_address), job, oracles, given).digest()
        if digest.hex() != given.digest:
            raise AttestationMismatch(f"the digest of this verdict is {digest.hex()}")
        if not self._verify(oracle, digest, signature_bytes(given.signature)):
            raise SignatureInvalid("the signature is not of this oracle over this digest")
        return _views(await self._jobs.keep_attestation(self._row(Address(job_address), job, given, digest)))

    async def list(self, job: str) -> AttestationList:
        row = await self._jobs.row(job)
        return _views(await self._jobs.attestations(row.job, row.sequence))

    def _row(self, address: Address, job: Job, given: AttestationIn, digest: bytes) -> AttestationRow:
        return AttestationRow(
            job=address,
            sequence=job.sequence,
            attempt=job.attempt,
            oracle=given.oracle,
            digest=digest,
            verdict=given.verdict,
            reason=given.reason,
            ending=given.ending,
            exit_code=given.exit_code,
            root=bytes.fromhex(given.root),
            audit=given.audit,
            draw_id=given.draw_id,
            own=given.own,
            blame=given.blame,
            epoch=given.epoch,
            node=job.node,
            receipt_hash=job.receipt_hash,
            seconds_used=job.seconds_used,
            signature=given.signature,
            received_at=self._clock.now(),
        )


def _views(rows: Sequence[AttestationRow]) -> AttestationList:
    return AttestationList(attestations=[view(AttestationView, row) for row in rows])


def _attestation(address: Address, job: Job, oracles: OracleSet, given: AttestationIn) -> Attestation:
    try:
        return attestation_for(
            job=address,
            account=job,
            oracle_set=oracles,
            decision=given.decision(),
            draw_id=bytes.fromhex(given.draw_id),
        )
    except DomainError as error:
        raise Malformed(f"the decision: {error}") from error
