"""An oracle: watch, verify, sign, publish, settle; `python -m oracle.main` with HYPERNODE_ORACLE_* set."""

from __future__ import annotations

import asyncio
import contextlib
import signal

import structlog

from hypernode.blobs import HttpBlobs
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.chain.rpc_client import RpcClient
from hypernode.client.api import ApiClient
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.clock import SystemClock
from hypernode.domain.http_signature import RequestSigner
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.errors import ApiError, HypernodeError
from hypernode.wire.attestations import AttestationIn, AttestationList
from hypernode_oracle.journal import Journal
from hypernode_oracle.settings import JUDGED_AT_ONCE, Settings
from hypernode_oracle.settlement import Settlement
from hypernode_oracle.verdict import Board, SignedAttestation, sign
from hypernode_oracle.verification import Undecided, Verifier
from hypernode_oracle.verification.audit import AuditPolicy
from hypernode_oracle.verification.evidence import EvidenceReader
from hypernode_oracle.watcher import Watcher
from hypernode_sandbox.docker_engine import DockerSandbox
from hypernode_sandbox.ports import Sandbox

log = structlog.get_logger()


class ApiBoard:
    """The board that the marketplace API keeps."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    async def publish(self, verdict: SignedAttestation) -> None:
        path = f"/v1/jobs/{verdict.job}/attestations"
        await self._api.post(AttestationList, path, verdict.document.model_dump(mode="json"))

    async def verdicts(self, job: Address) -> list[SignedAttestation]:
        found = await self._api.get(AttestationList, f"/v1/jobs/{job}/attestations")
        return [
            SignedAttestation(job, AttestationIn.model_validate(view.model_dump()))
            for view in found.attestations
        ]


class Oracle:
    """Wires the three parts. Each step is load → process → apply and can be done again.

    Submissions are judged side by side, at most `at_once` of them: running a job again takes as long as the
    job, and the others must have their verdicts in time.
    """

    def __init__(
        self,
        *,
        key: Key,
        chain: ChainPort,
        board: Board,
        verifier: Verifier,
        journal: Journal,
        at_once: int = JUDGED_AT_ONCE,
    ) -> None:
        self._key, self._chain, self._board = key, chain, board
        self._verifier, self.journal = verifier, journal
        self._watcher = Watcher(chain, journal, key)
        self._settlement = Settlement(chain, board, key)
        self._places = asyncio.Semaphore(at_once)
        # One judge a submission: two would run its job twice, and for the same verdict.
        self._judging: dict[AttemptKey, asyncio.Task[None]] = {}

    @property
    def judging(self) -> list[AttemptKey]:
        """Return what is being judged or waits for a place."""
        return sorted(self._judging)

    async def step(self) -> None:
        """Look once at everything, and wait until all that was found is judged."""
        try:
            await self.look()
            if self._judging:
                await asyncio.wait(self._judging.values())
        finally:
            await self.stop()

    async def look(self) -> None:
        """Look once at everything: new submissions, verdicts to give, quorums to bring; wait for none."""
        await self._watcher.step()
        for submission in self.journal.open_submissions():
            if submission not in self._judging:
                task = asyncio.create_task(self._in_turn(submission))
                self._judging[submission] = task
                task.add_done_callback(lambda done, key=submission: self._judged(key, done))  # type: ignore[misc]

    async def stop(self) -> None:
        """Stop judging; what was not decided is found again by the next look."""
        tasks = list(self._judging.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _in_turn(self, submission: AttemptKey) -> None:
        """Judge when there is a place; a fault over one submission says nothing of the others."""
        async with self._places:
            try:
                await self._judge(submission)
            except Undecided as waiting:
                log.info("undecided", job=submission.job, why=str(waiting))
            except ApiError as fault:
                log.info("board away", job=submission.job, error=fault.code)
            except HypernodeError as fault:
                log.warning("not judged", job=submission.job, error=fault.code, detail=str(fault))

    def _judged(self, submission: AttemptKey, task: asyncio.Task[None]) -> None:
        del self._judging[submission]
        if not task.cancelled() and (fault := task.exception()) is not None:
            log.error("judging broke off", job=submission.job, exc_info=fault)

    async def _judge(self, submission: AttemptKey) -> None:
        job, oracles = await self._chain.job(submission.job), await self._chain.oracle_set()
        if (
            job is None
            or oracles is None
            or job.status is not JobStatus.SUBMITTED
            or (job.sequence, job.attempt) != (submission.sequence, submission.attempt)
        ):
            self.journal.close_submission(submission)
            return
        finding = self.journal.finding(submission)
        if finding is None:
            finding = self.journal.decide(submission, await self._verifier.verify(submission.job, job))
            log.info("verdict", job=submission.job, verdict=finding.verdict.label, reason=finding.detail)
        await self._board.publish(sign(submission.job, job, oracles, finding, self._key))
        if await self._settlement.settle(submission.job):
            self.journal.close_submission(submission)


async def run(settings: Settings, sandbox: Sandbox | None = None) -> None:
    """Serve until SIGTERM or SIGINT; whatever was going on is taken up again next time."""
    key = Key.load(settings.key)
    box = sandbox or DockerSandbox(settings.work, waived_runc=settings.waived_runc)
    await box.check()
    journal = Journal(settings.journal_path)
    blobs = HttpBlobs(settings.api_url, key)
    requests = RequestSigner(key, SystemClock())
    policy = AuditPolicy(settings.least_audit_bps, settings.always_audit_above, settings.newcomer_jobs)
    async with (
        await RpcClient.connect(settings.rpc_url) as chain,
        ApiClient(settings.api_url, requests) as api,
    ):
        verifier = Verifier(
            chain=chain,
            evidence=EvidenceReader(blobs),
            sandbox=box,
            policy=policy,
            salt=journal.salt(),
            blob_patience=settings.blob_patience,
        )
        for name in await box.names():
            await box.remove(name)
        oracle = Oracle(
            key=key,
            chain=chain,
            board=ApiBoard(api),
            verifier=verifier,
            journal=journal,
            at_once=settings.judged_at_once,
        )
        log.info("oracle up", oracle=key.address)
        await _until_stopped(oracle, settings.interval)
    await blobs.close()
    journal.close()


async def _until_stopped(oracle: Oracle, interval: float) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    serving = asyncio.create_task(_serve(oracle, interval))
    waiting = asyncio.create_task(stopped.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    for task in (serving, waiting):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _serve(oracle: Oracle, interval: float) -> None:
    """Look for ever; a fault of the world ends a look, never the oracle."""
    try:
        while True:
            try:
                await oracle.look()
            except HypernodeError as fault:
                log.warning("look failed", error=fault.code, detail=str(fault))
            await asyncio.sleep(interval)
    finally:
        await oracle.stop()


if __name__ == "__main__":
    asyncio.run(run(Settings()))  # type: ignore[call-arg]
