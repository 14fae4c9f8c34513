"""Submitted attempts, as oracles sign about them."""

from typing import cast

from hypernode.chain.generated.markets import Job
from hypernode.chain.ports import ChainPort
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode_marketplace_api.errors import JobNotSubmitted
from hypernode_marketplace_api.slices.jobs.service import JobService


async def submitted_job(
    jobs: JobService, chain: ChainPort, address: Address, sequence: int, attempt: int
) -> Job:
    """Return the job from the mirror where it is submitted at this attempt, else from the chain.

    Raise `JobNotSubmitted` for a job in another status, `JobNotFound` for an unknown one.
    """
    row = await jobs.submitted(address, sequence, attempt)
    if row is not None:
        return cast("Job", row)  # a submitted job's row has every field that is signed
    job = await chain.job(address)
    if job is None:
        await jobs.row(address)  # an unknown job is not found, an ended one is in conflict
        raise JobNotSubmitted("the job has ended")
    if job.status is not JobStatus.SUBMITTED:
        raise JobNotSubmitted(f"the job is {job.status.label}")
    return job
