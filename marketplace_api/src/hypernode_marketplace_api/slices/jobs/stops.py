"""Intake of stops: a buyer ends a running attempt of its job, and pays for the seconds used."""

from typing import Self

from hypernode.chain.generated.markets import PROGRAM_ID
from hypernode.chain.keys import verify
from hypernode.chain.ports import ChainPort
from hypernode.domain.clock import Clock
from hypernode.domain.receipt import stop_bytes
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.wire.jobs import StopIn, StopView
from hypernode_marketplace_api.auth.signatures import VerifySignature, signature_bytes
from hypernode_marketplace_api.errors import JobNotRunning, SignatureInvalid
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.models import StopRow
from hypernode_marketplace_api.slices.jobs.service import JobService
from hypernode_marketplace_api.views import view

_FIXES = {
    JobStatus.POSTED: "no node has it yet: cancel it",
    JobStatus.SUBMITTED: "its run has ended: wait for the verdict",
}


class StopDesk:
    """Keeps stops for the workers. It decides nothing: the worker and each oracle check the signature too."""

    def __init__(self, jobs: JobService, chain: ChainPort, clock: Clock, verifier: VerifySignature) -> None:
        self._jobs, self._chain, self._clock, self._verify = jobs, chain, clock, verifier

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        outside = kernel.outside
        return cls(kernel.one(JobService), outside.chain, outside.clock, verify)

    async def take(self, address: Address, given: StopIn) -> StopView:
        """Keep the stop of the attempt that runs now. The same again changes nothing."""
        job = await self._chain.job(address)
        if job is None:
            await self._jobs.row(address)  # an unknown job is not found, an ended one is in conflict
            raise JobNotRunning("the job has ended")
        if job.status is not JobStatus.ASSIGNED:
            raise JobNotRunning(f"the job is {job.status.label}", fix=_FIXES.get(job.status))
        if (given.sequence, given.attempt) != (job.sequence, job.attempt):
            raise JobNotRunning(f"the chain shows sequence {job.sequence}, attempt {job.attempt}")
        cluster = await self._chain.genesis_hash()
        signed = stop_bytes(cluster, PROGRAM_ID, address, job.sequence, job.attempt)
        if not self._verify(job.buyer, signed, signature_bytes(given.signature)):
            raise SignatureInvalid("the signature is not of the job's buyer over this stop")
        row = StopRow(
            job=address,
            sequence=job.sequence,
            attempt=job.attempt,
            signature=given.signature,
            received_at=self._clock.now(),
        )
        return view(StopView, await self._jobs.keep_stop(row))
