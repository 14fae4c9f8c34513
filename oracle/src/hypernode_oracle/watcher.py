"""Watcher of the chain: which attempts wait for a verdict, which jobs are overdue or wait for a report.

A notice only names what has changed. The state comes from a read, so a lost or doubled notice is harmless.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Protocol

import structlog

from hypernode.chain import addresses, instructions
from hypernode.chain.generated.markets import (
    Job,
    JobAccepted,
    JobAssigned,
    JobCancelled,
    JobCreated,
    JobDeclined,
    JobExpired,
    JobGivenUp,
    JobRejected,
    JobReposted,
    JobSettled,
    JobTimedOut,
    JobUnverified,
    OracleSet,
    OutcomeClosed,
    ReceiptSubmitted,
)
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.layout import Event
from hypernode.chain.ports import Accounts, Transactions
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.errors import TransactionFailed
from hypernode_oracle.board import turn
from hypernode_oracle.journal import Journal

log = structlog.get_logger()

# Seconds between the turns of two oracles, so that only one pays for a transaction.
TURN_SECONDS = 2
# Seconds to wait after the program refused an expiry: another sender was first, or the RPC node lags.
AGAIN_SECONDS = 30
# The same after a refused report: the stake may have nothing left to take, which does not change soon.
REPORT_AGAIN_SECONDS = 3600

# As in the markets program: afterwards anyone may close an ended job without a report.
OUTCOME_SECONDS = 30 * 86_400

Ending = (
    JobAccepted
    | JobCancelled
    | JobExpired
    | JobGivenUp
    | JobRejected
    | JobSettled
    | JobTimedOut
    | JobUnverified
    | OutcomeClosed
)


class AccountsAndTransactions(Accounts, Transactions, Protocol):
    """What the watcher needs of the chain."""


class Watcher:
    """Writes down submitted attempts, remembers deadlines, ends overdue jobs and reports ended ones."""

    def __init__(
        self,
        chain: AccountsAndTransactions,
        journal: Journal,
        payer: Key,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chain, self._journal, self._payer = chain, journal, payer
        self._monotonic = monotonic
        # By job: the second of the chain's clock after which it may be overdue.
        self._due: dict[Address, int] = {}
        # By submitted job: the second by which the oracles should agree. Later verdicts count, but are late.
        self._verdict_by: dict[Address, int] = {}
        self._ahead = 0.0  # the chain's clock, less this process's

    async def look(self, *, everything: bool) -> None:
        """Read all submitted jobs, or every live job, and note what they wait for."""
        await self._read_clock()
        jobs = await self._chain.jobs(None if everything else JobStatus.SUBMITTED)
        if everything:
            self._due.clear()
            self._verdict_by.clear()
        live = set()
        for address, job in jobs.items():
            self._due[address] = due(job)
            if job.status is JobStatus.SUBMITTED:
                self._verdict_by[address] = job.verdict_deadline
                live.add(AttemptKey(address, job.sequence, job.attempt))
        for attempt in live:
            self._journal.see(attempt)
        for attempt in self._journal.open_submissions():
            if attempt not in live:
                self._journal.close_submission(attempt)

    def heed(self, events: Iterable[Event]) -> None:
        """Note what these events of landed transactions say of deadlines and submissions."""
        for event in events:
            if isinstance(event, JobCreated | JobReposted):
                self._due[event.job] = event.expires_at
            elif isinstance(event, JobRejected | JobTimedOut) and event.sentence:
                self._end(event)
                self._due[event.job] = 0  # its account may wait for a report
            elif isinstance(event, JobDeclined):
                self._due[event.job] = 0  # read the account: the event has no times
            elif isinstance(event, JobAssigned):
                self._due[event.job] = event.deadline
            elif isinstance(event, ReceiptSubmitted):
                self._due[event.job] = event.late_until
                self._verdict_by[event.job] = event.verdict_deadline
                self._journal.see(AttemptKey(event.job, event.sequence, event.attempt))
            elif isinstance(event, Ending):
                self._end(event)

    def _end(self, event: Ending) -> None:
        self._due.pop(event.job, None)
        self._verdict_by.pop(event.job, None)
        self._journal.close_submission(AttemptKey(event.job, event.sequence, event.attempt))

    def seconds_to_due(self) -> float | None:
        """Return when the next job may be overdue, as far as is known; None if no job is live."""
        return max(0.0, min(self._due.values()) + 1 - self.now()) if self._due else None

    def seconds_left(self, job: Address) -> float:
        """Return the seconds until the verdict is due, then until it is too late; 0 for an unknown job."""
        now = self.now()
        left = (moment - now for moment in (self._verdict_by.get(job, 0), self._due.get(job, 0)))
        return next((seconds for seconds in left if seconds > 0), 0.0)

    async def expire(self) -> None:
        """End the jobs that are overdue, and report those that were rejected or timed out, in turns."""
        if all(moment > self.now() for moment in self._due.values()):
            return
        now = await self._read_clock()
        for address in [job for job, moment in self._due.items() if moment < now]:
            await self._expire_one(address, now)

    async def _expire_one(self, address: Address, now: int) -> None:
        found = await self._chain.read_many([address, addresses.oracle_set()])
        job, oracles = found.get(Job, address), found.get(OracleSet, addresses.oracle_set())
        if job is None or oracles is None:
            self._due.pop(address, None)
            self._verdict_by.pop(address, None)
            return
        attempt = AttemptKey(address, job.sequence, job.attempt)
        mine = due(job) + TURN_SECONDS * turn(oracles, attempt, self._payer.address)
        if now <= mine:
            self._due[address] = mine
            return
        self._due[address] = now + (REPORT_AGAIN_SECONDS if job.status.is_end else AGAIN_SECONDS)
        step = _next_step(address, job, now, self._payer.address)
        try:
            await self._chain.send([step], [self._payer])
        except TransactionFailed as fault:
            log.info("not ended", job=address, status=job.status.label, error=fault.code)
            return
        log.info("ended", job=address, status=job.status.label)

    async def catch_up(self, moment: int) -> None:
        """Read the clock again if the chain has already reached a moment that is still to come here."""
        if self.now() < moment:
            await self._read_clock()

    async def _read_clock(self) -> int:
        now = (await self._chain.clock()).unix_timestamp
        self._ahead = now - self._monotonic()
        return now

    def now(self) -> float:
        return self._monotonic() + self._ahead


def _next_step(address: Address, job: Job, now: int, payer: Address) -> Instruction:
    """Return what ends an overdue job, or what brings an ended one to slashing while its stake is locked."""
    if not job.status.is_end:
        return instructions.expire_job(job=address, account=job)
    if now > job.ended_at + OUTCOME_SECONDS:
        return instructions.close_outcome(closer=payer, job=address, account=job)
    return instructions.open_from_job(payer=payer, job=address, account=job)


def due(job: Job) -> int:
    """Return the last second of the chain's clock at which `expire_job` refuses; of an ended job, its end."""
    if job.status.is_end:
        return job.ended_at
    if job.status is JobStatus.POSTED:
        return job.expires_at
    if job.status is JobStatus.ASSIGNED:
        return job.deadline
    return job.late_until
