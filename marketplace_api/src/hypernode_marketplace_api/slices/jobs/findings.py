"""Intake of findings: each must be signed by an oracle, over the submission as it stands on chain."""

from collections.abc import Sequence
from typing import Self

from hypernode.chain.generated.markets import Job, OracleSet
from hypernode.chain.keys import verify
from hypernode.chain.ports import ChainPort
from hypernode.domain.clock import Clock
from hypernode.domain.commitment import FindingMessage, commitment
from hypernode.domain.types import Address, address_bytes
from hypernode.errors import DomainError
from hypernode.wire.findings import FindingIn, FindingList
from hypernode_marketplace_api.auth.signatures import VerifySignature, signature_bytes
from hypernode_marketplace_api.errors import (
    AttestationMismatch,
    Malformed,
    NotAnOracle,
    SignatureInvalid,
)
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.models import FindingRow
from hypernode_marketplace_api.slices.jobs.oracle_sets import OracleSets
from hypernode_marketplace_api.slices.jobs.service import JobService
from hypernode_marketplace_api.slices.jobs.submissions import submitted_job


class FindingDesk:
    """Keeps what oracles tell one another. It decides nothing: each oracle checks every signature itself."""

    def __init__(
        self, jobs: JobService, sets: OracleSets, chain: ChainPort, clock: Clock, verifier: VerifySignature
    ) -> None:
        self._jobs, self._sets, self._chain, self._clock, self._verify = jobs, sets, chain, clock, verifier

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        outside = kernel.outside
        return cls(kernel.one(JobService), kernel.one(OracleSets), outside.chain, outside.clock, verify)

    async def take(self, address: str, oracle: Address, given: FindingIn) -> FindingList:
        """Keep a commitment, or open it, and return all of the attempt. The same again changes nothing."""
        if given.oracle != oracle:
            raise NotAnOracle("an oracle can bring only its own findings")
        await self._sets.require_member(oracle)
        job = await submitted_job(self._jobs, self._chain, Address(address), given.sequence, given.attempt)
        if (given.sequence, given.attempt) != (job.sequence, job.attempt):
            raise AttestationMismatch(f"the chain shows sequence {job.sequence}, attempt {job.attempt}")
        oracles = await self._sets.judges(job.epoch, oracle)
        digest = _message(address, job, oracles, given).digest()
        if not self._verify(oracle, digest, signature_bytes(given.signature)):
            raise SignatureInvalid("the signature is not of this oracle over this finding")
        row = self._row(address, given)
        if given.content is not None and not _opens(given):
            raise AttestationMismatch("content and salt do not open the commitment")
        return _views(await self._jobs.keep_finding(row))

    async def list(self, address: str) -> FindingList:
        row = await self._jobs.row(address)
        return _views(await self._jobs.findings(row.job, row.sequence, row.attempt))

    def _row(self, address: str, given: FindingIn) -> FindingRow:
        return FindingRow(
            job=address,
            sequence=given.sequence,
            attempt=given.attempt,
            oracle=given.oracle,
            stage=given.stage,
            commitment=bytes.fromhex(given.commitment),
            signature=given.signature,
            content=given.content,
            salt=None if given.salt is None else bytes.fromhex(given.salt),
            received_at=self._clock.now(),
        )


def _message(address: str, job: Job, oracles: OracleSet, given: FindingIn) -> FindingMessage:
    try:
        return FindingMessage(
            cluster=oracles.cluster,
            job=address_bytes(Address(address)),
            sequence=given.sequence,
            attempt=given.attempt,
            receipt_hash=job.receipt_hash,
            stage=given.stage,
            commitment=bytes.fromhex(given.commitment),
        )
    except DomainError as error:
        raise Malformed(str(error)) from error


def _opens(given: FindingIn) -> bool:
    if given.content is None or given.salt is None:
        return False
    told, salt = bytes.fromhex(given.content), bytes.fromhex(given.salt)
    return commitment(address_bytes(Address(given.oracle)), told, salt).hex() == given.commitment


def _views(rows: Sequence[FindingRow]) -> FindingList:
    return FindingList(
        findings=[
            FindingIn(
                oracle=row.oracle,
                sequence=row.sequence,
                attempt=row.attempt,
                stage=row.stage,
                commitment=row.commitment.hex(),
                signature=row.signature,
                content=row.content,
                salt=None if row.salt is None else row.salt.hex(),
            )
            for row in rows
        ]
    )
