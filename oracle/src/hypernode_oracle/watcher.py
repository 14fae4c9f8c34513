"""Owns noticing: which attempts wait for a verdict, and which waits are over by the chain's clock."""

from __future__ import annotations

import structlog

from hypernode.chain import instructions
from hypernode.chain.generated.markets import Job
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.errors import TransactionFailed
from hypernode_oracle.journal import Journal

log = structlog.get_logger()


class Watcher:
    """Load the live jobs, write down the submitted ones, end the overdue ones."""

    def __init__(self, chain: ChainPort, journal: Journal, payer: Key) -> None:
        self._chain, self._journal, self._payer = chain, journal, payer

    async def step(self) -> None:
        jobs = await self._chain.jobs()
        now = (await self._chain.clock()).unix_timestamp
        live = set()
        for address, job in jobs.items():
            if job.status is JobStatus.SUBMITTED:
                submission = AttemptKey(address, job.sequence, job.attempt)
                live.add(submission)
                self._journal.see(submission)
        for submission in self._journal.open_submissions():
            if submission not in live:
                self._journal.close_submission(submission)
        for address, job in jobs.items():
            if overdue(job, now):
                await self._expire(address, job)

    async def _expire(self, address: Address, job: Job) -> None:
        """Bring an overdue job to its next status. Anyone may; somebody else may have been first."""
        step = instructions.expire_job(job=address, account=job)
        try:
            await self._chain.send([step], [self._payer])
            log.info("expired", job=address, status=job.status.label)
        except TransactionFailed as fault:
            log.info("not expired", job=address, error=fault.code)


def overdue(job: Job, now: int) -> bool:
    """Tell whether `expire_job` would act (the program's own rule)."""
    if job.status is JobStatus.POSTED:
        return now > job.expires_at
    if job.status is JobStatus.ASSIGNED:
        return now > job.deadline + job.grace
    return now > job.verdict_deadline
