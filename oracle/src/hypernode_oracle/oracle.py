"""One oracle: it watches the chain, verifies what is submitted, attests, and settles once enough agree."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable

import structlog
from structlog.contextvars import bind_contextvars

from hypernode.chain import addresses
from hypernode.chain.epochs import set_of_epoch
from hypernode.chain.generated.markets import BuyerAccount, Job, OracleSet
from hypernode.chain.keys import Key
from hypernode.chain.notices import Notices, WakeKind
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.backoff import Backoff, sweep_seconds
from hypernode.domain.draw import Geometry
from hypernode.domain.status import JobStatus
from hypernode.errors import HypernodeError
from hypernode_oracle.board import Board, sign, turn
from hypernode_oracle.collecting import Collector
from hypernode_oracle.deliberation import Deliberation, Draws
from hypernode_oracle.journal import Decided, Journal
from hypernode_oracle.repetition import Repeater
from hypernode_oracle.settlement import Settlement, quorum
from hypernode_oracle.verification import Undecided, Verifier
from hypernode_oracle.watcher import TURN_SECONDS, AccountsAndTransactions, Watcher

log = structlog.get_logger()

# Pauses in seconds: after an attempt that could not be judged, and after a look at the chain that failed.
TRYING = Backoff(first=1.0, longest=30.0)
LOOKING = Backoff(first=0.4, longest=15.0)
# Anyone can cause a gap by a transaction with a long log: at most this often all live jobs are read for it.
GAP_SECONDS = 15.0
LEAST_PAUSE = 0.4
# Sentences wait for days: their reports are looked at every tenth sweep, about every ten minutes.
SWEEPS_TO_COLLECT = 10
# Pauses while a decision waits for blocks or for other members.
LOOKING_FOR_OTHERS = Backoff(first=0.4, longest=5.0)
LONGEST_WAIT = 30.0

Sleep = Callable[[float], Awaitable[None]]
Later = Callable[[float, Callable[[], None]], asyncio.TimerHandle]


class Oracle:
    """Each step is load → process → apply, and can be done again after a kill.

    Submissions are judged side by side: running a job again takes as long as the job, and the others must
    have their verdicts in time.
    """

    def __init__(
        self,
        *,
        key: Key,
        chain: AccountsAndTransactions,
        board: Board,
        draws: Draws,
        geometry: Geometry,
        verifier: Verifier,
        repeater: Repeater,
        journal: Journal,
        monotonic: Callable[[], float] = time.monotonic,
        later: Later | None = None,
    ) -> None:
        self._key, self._chain, self._board = key, chain, board
        self.journal = journal
        self._watcher = Watcher(chain, journal, key, monotonic)
        self._settlement = Settlement(chain, key)
        self._collector = Collector(chain, key)
        self._deliberation = Deliberation(
            key=key,
            board=board,
            draws=draws,
            geometry=geometry,
            verifier=verifier,
            repeater=repeater,
            journal=journal,
            now=self._watcher.now,
        )
        self._monotonic = monotonic
        self._later = later or (lambda seconds, act: asyncio.get_running_loop().call_later(seconds, act))
        # One task a submission: two would run its job twice, and for the same verdict.
        self._judging: dict[AttemptKey, asyncio.Task[None]] = {}
        self._timers: dict[AttemptKey, asyncio.TimerHandle] = {}
        self._failures: Counter[AttemptKey] = Counter()
        self._waits: Counter[AttemptKey] = Counter()
        self._looks: Counter[AttemptKey] = Counter()

    @property
    def judging(self) -> list[AttemptKey]:
        """Return what is being judged or waits for a place."""
        return sorted(self._judging)

    async def serve(
        self, notices: Notices, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Work until cancelled. A fault of the chain or the API ends one look, never the oracle."""
        failures, behind, sweep_at, whole_at, collect_at = 0, True, 0.0, 0.0, 0.0
        try:
            while True:
                try:
                    now = self._monotonic()
                    if (behind and now >= whole_at) or now >= sweep_at:
                        await self.look(everything=behind or not notices.connected)
                        now = self._monotonic()
                        if behind and sweep_at:  # after a gap, and not at the start
                            whole_at = now + GAP_SECONDS
                        behind, sweep_at = False, now + sweep_seconds()
                    await self._watcher.expire()
                    if now >= collect_at:
                        await self._collector.collect()
                        collect_at = now + SWEEPS_TO_COLLECT * sweep_seconds()
                    gap = await self._wait(notices, min(sweep_at, whole_at) if behind else sweep_at)
                    behind, failures = behind or gap, 0
                except HypernodeError as fault:
                    failures, behind = failures + 1, True
                    log.warning("look failed", error=fault.code, detail=str(fault), failures=failures)
                    await sleep(LOOKING(failures))
        finally:
            await self.stop()

    async def _wait(self, notices: Notices, sweep_at: float) -> bool:
        """Wait for notices, the sweep or a job that becomes overdue; True asks to read everything."""
        waits = [sweep_at - self._monotonic()]
        if (soon := self._watcher.seconds_to_due()) is not None:
            waits.append(soon)
        wake = await notices.wait(max(0.0, min(waits)))
        if wake.kind is WakeKind.EVENTS:
            self._watcher.heed(wake.events)
            self._begin_all()
        elif not notices.connected:
            await self.look(everything=False)
        return wake.kind is WakeKind.GAP

    async def step(self) -> None:
        """Look once at everything, and wait until all that was found was judged once."""
        try:
            await self.look(everything=True)
            await self._watcher.expire()
            await self._collector.collect()
            if self._judging:
                await asyncio.wait(self._judging.values())
        finally:
            await self.stop()

    async def look(self, *, everything: bool = True) -> None:
        """Read what is submitted, or every live job, and begin to judge what waits; wait for no verdict."""
        await self._watcher.look(everything=everything)
        self._begin_all()

    async def stop(self) -> None:
        """Stop judging; what was not decided is found again by the next look."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        tasks = list(self._judging.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin_all(self) -> None:
        """Begin with every open submission that waits for nothing; forget those that have ended."""
        waiting = set(self.journal.open_submissions())
        for ended in self._timers.keys() - waiting:
            self._timers.pop(ended).cancel()
        for ended in self._judging.keys() - waiting:
            self._judging[ended].cancel()  # a run of a job that has ended helps nobody
        for tries in (self._failures, self._waits, self._looks):
            for ended in tries.keys() - waiting:
                del tries[ended]
                self._deliberation.forget(ended)
        for submission in sorted(waiting - self._timers.keys()):
            self._begin(submission)

    def _begin(self, submission: AttemptKey) -> None:
        self._timers.pop(submission, None)
        if submission not in self._judging:
            task = asyncio.create_task(self._in_turn(submission))
            self._judging[submission] = task
            task.add_done_callback(lambda done: self._judged(submission, done))

    async def _in_turn(self, submission: AttemptKey) -> None:
        """Judge once; a fault over one submission says nothing of the others."""
        bind_contextvars(job=submission.job, attempt=submission.attempt)  # of this task alone
        try:
            pause = await self._judge(submission)
        except Undecided as waiting:
            log.info("undecided", why=str(waiting))
            pause = self._pause(submission)
        except HypernodeError as fault:
            log.warning("not judged", error=fault.code, detail=str(fault))
            pause = self._pause(submission)
        if pause is None:
            self.journal.close_submission(submission)
        else:
            self._try_later(submission, pause)

    def _try_later(self, submission: AttemptKey, pause: float) -> None:
        self._timers[submission] = self._later(pause, lambda: self._begin(submission))

    def _pause(self, submission: AttemptKey) -> float:
        """Return a pause that doubles with each failure, at most a quarter of the time that is left."""
        self._failures[submission] += 1
        quarter = self._watcher.seconds_left(submission.job) / 4
        return max(LEAST_PAUSE, min(TRYING(self._failures[submission]), quarter))

    def _judged(self, submission: AttemptKey, task: asyncio.Task[None]) -> None:
        del self._judging[submission]
        if not task.cancelled() and (fault := task.exception()) is not None:
            # A defect of ours: it is tried again, but a notice of another job must not do that at once.
            log.error("judging broke off", job=submission.job, exc_info=fault)
            self._try_later(submission, self._pause(submission))

    async def _judge(self, submission: AttemptKey) -> float | None:
        """Attest, and settle if it is this oracle's turn; return when to look again, None if it is over."""
        address = submission.job
        found = await self._chain.read_many([address, addresses.oracle_set()])
        job, oracles = found.get(Job, address), found.get(OracleSet, addresses.oracle_set())
        if job is None or (job.sequence, job.attempt) != (submission.sequence, submission.attempt):
            return None
        if job.status is JobStatus.ASSIGNED:
            raise Undecided("the RPC node shows the job as it was before its receipt")
        if job.status is not JobStatus.SUBMITTED:
            return None
        await self._watcher.catch_up(job.submitted_at)
        buyer_account = addresses.buyer(job.buyer)
        oracles = _judges(job, oracles)
        if oracles is None:
            return None
        decided = await self._decided(submission, job, oracles)
        if decided is None:
            return self._look_again(submission)
        buyer = await self._chain.read(BuyerAccount, buyer_account)
        if buyer is None:
            raise Undecided("the RPC node does not show the buyer")
        mine = sign(address, job, oracles, decided, self._key)
        agreed = quorum(address, job, oracles, await self._board.publish(address, mine))
        place = turn(oracles, submission, self._key.address)
        if agreed is None:
            return self._wait_for_others(submission, place + 1)
        signers = [oracle for oracle, _ in agreed[1]]
        completes = self._key.address in signers and len(signers) == oracles.threshold
        if not completes and place > 0 and self._waits[submission] == 0:
            return self._wait_for_others(submission, place)
        if await self._settlement.settle(address, job, oracles, buyer, agreed):
            return None
        return self._wait_for_others(submission, place + 1)

    async def _decided(self, submission: AttemptKey, job: Job, oracles: OracleSet) -> Decided | None:
        """Return this oracle's decision: the one of its journal, or a new one; None while it waits."""
        kept = self.journal.decided(submission)
        if kept is not None:
            return kept
        new = await self._deliberation.decide(submission, job, oracles)
        if new is None:
            return None
        decided = self.journal.decide(submission, new)
        decision = decided.decision
        log.info(
            "verdict",
            job=submission.job,
            verdict=decision.verdict.label,
            reason=decision.reason.label,
            audit=decision.audit.label,
            own_seconds=decision.own,
            blame=decision.blame.label,
        )
        return decided

    def _look_again(self, submission: AttemptKey) -> float:
        """Return when to look for blocks and other members: soon, then less and less often."""
        self._looks[submission] += 1
        return LOOKING_FOR_OTHERS.pace(self._looks[submission])

    def _wait_for_others(self, submission: AttemptKey, place: int) -> float:
        """Return how long to leave the settlement to the others: longer each time, at most 30 s."""
        self._waits[submission] += 1
        return Backoff(TURN_SECONDS * place, LONGEST_WAIT).pace(self._waits[submission])


def _judges(job: Job, oracles: OracleSet | None) -> OracleSet | None:
    """Return the oracles of the job's epoch; None if that is over, and the job can only be refunded."""
    if oracles is None:
        raise Undecided("the RPC node does not show the oracle set")
    return set_of_epoch(oracles, job.epoch)
