"""Intake of findings: each must be signed by an oracle, over the submission as it stands on chain."""

from collections.abc import Sequence
from typing import Self

from hypernode.chain.epochs import set_of_epoch
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
from hypernode_marketplace_api.slices.jobs.service import JobService
from hypernode_marketplace_api.slices.jobs.submissions import submitted_job


class FindingDesk:
    """Keeps what oracles tell one another. It decides nothing: each oracle checks every signature itself."""

    def __init__(self, jobs: JobService, chain: ChainPort, clock: Clock, verifier: VerifySignature) -> None:
        self._jobs, self._chain, self._clock, self._verify = jobs, chain, clock, verifier
        self._known: OracleSet | None = None

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        outside = kernel.outside
        return cls(kernel.one(JobService), outside.chain, outside.clock, verify)

    async def take(self, address: str, oracle: Address, given: FindingIn) -> FindingList:
        """Keep a commitment, or open it, and return all of the attempt. The same again changes nothing."""
        if given.oracle != oracle:
            raise NotAnOracle("an oracle can bring only its own findings")
        oracles = await self._oracles(oracle)
        job = await submitted_job(self._jobs, self._chain, Address(address), given.sequence, given.attempt)
        if (given.sequence, given.attempt) != (job.sequence, job.attempt):
            raise AttestationMismatch(f"the chain shows sequence {job.sequence}, attempt {job.attempt}")
        judges = set_of_epoch(oracles, job.epoch)
        if judges is None or oracle not in judges.keys[: judges.count]:
            raise NotAnOracle(f"{oracle} is not in the oracle set of epoch {job.epoch}")
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

    async def _oracles(self, signer: Address) -> OracleSet:
        """Return the oracle set; the chain is asked again for a signer that it neither has nor had."""
        if self._known is None or not _had(self._known, signer):
            self._known = await self._chain.oracle_set()
        if self._known is None or not _had(self._known, signer):
            raise NotAnOracle(f"{signer} is not in the oracle set")
        return self._known

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


def _had(oracles: OracleSet, key: Address) -> bool:
    return key in oracles.keys[: oracles.count] + oracles.previous_keys[: oracles.previous_count]


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
