"""An oracle: watch, verify, sign, publish, settle; `python -m oracle.main` with HYPERNODE_ORACLE_* set."""

from __future__ import annotations

import asyncio
import contextlib
import signal

import structlog

from hypernode.blobs import HttpBlobs
from hypernode.chain.gateway import Chain
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.client.api import ApiClient
from hypernode.domain.clock import SystemClock
from hypernode.domain.http_signature import RequestSigner
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.errors import ApiError, HypernodeError
from hypernode.sandbox.docker_engine import DockerSandbox
from hypernode.sandbox.ports import Sandbox
from hypernode.wire.attestations import AttestationIn, AttestationList, AttestationView
from oracle.journal import Journal, Submission
from oracle.settings import Settings
from oracle.settlement import Settlement
from oracle.verdict import Board, SignedVerdict, sign
from oracle.verification import Undecided, Verifier
from oracle.verification.audit import AuditPolicy
from oracle.verification.evidence import EvidenceReader
from oracle.watcher import Watcher

log = structlog.get_logger()


class ApiBoard:
    """The board that the marketplace API keeps."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    async def publish(self, verdict: SignedVerdict) -> None:
        path = f"/v1/jobs/{verdict.job}/attestations"
        await self._api.post(AttestationView, path, verdict.document.model_dump(mode="json"))

    async def verdicts(self, job: Address) -> list[SignedVerdict]:
        found = await self._api.get(AttestationList, f"/v1/jobs/{job}/attestations")
        return [
            SignedVerdict(job, AttestationIn.model_validate(view.model_dump())) for view in found.attestations
        ]


class Oracle:
    """Wires the three parts. Each step is load → process → apply and can be done again."""

    def __init__(
        self,
        *,
        key: Key,
        chain: ChainPort,
        board: Board,
        verifier: Verifier,
        journal: Journal,
    ) -> None:
        self._key, self._chain, self._board = key, chain, board
        self._verifier, self.journal = verifier, journal
        self._watcher = Watcher(chain, journal, key)
        self._settlement = Settlement(chain, board, key)

    async def step(self) -> None:
        """Look once at everything: new submissions, verdicts to give, quorums to bring."""
        await self._watcher.step()
        for submission in self.journal.open_submissions():
            try:
                await self._judge(submission)
            except Undecided as waiting:
                log.info("undecided", job=submission.job, why=str(waiting))
            except ApiError as fault:
                log.info("board away", job=submission.job, error=fault.code)

    async def _judge(self, submission: Submission) -> None:
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
    async with await Chain.connect(settings.rpc_url) as chain, ApiClient(settings.api_url, requests) as api:
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
        oracle = Oracle(key=key, chain=chain, board=ApiBoard(api), verifier=verifier, journal=journal)
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
    """Step for ever; a fault of the world ends a step, never the oracle."""
    while True:
        try:
            await oracle.step()
        except HypernodeError as fault:
            log.warning("step failed", error=fault.code, detail=str(fault))
        await asyncio.sleep(interval)


if __name__ == "__main__":
    asyncio.run(run(Settings()))  # type: ignore[call-arg]
