"""One attempt, from assignment to receipt.

Every step can be done again: the chain, the journal and the container's name say what has happened, so a
killed worker neither runs a job twice nor forgets one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from hypernode.chain import instructions
from hypernode.chain.generated.markets import PROGRAM_ID, Job
from hypernode.chain.keys import Key, verify
from hypernode.chain.ports import ChainPort
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.receipt import Receipt, receipt_hash, stop_bytes
from hypernode.domain.result import Ending
from hypernode.domain.status import DeclineReason, JobStatus
from hypernode.domain.types import Address
from hypernode.errors import BlobStoreUnavailable, HypernodeError, ProgramError
from hypernode_node_client.artifacts import Artifacts
from hypernode_node_client.journal import Journal, Phase
from hypernode_node_client.receipts import evidence_of
from hypernode_sandbox.ports import LogSink, Sandbox, SandboxRun

log = structlog.get_logger()

# Puts the evidence of an attempt where oracles are served from.
Keep = Callable[[AttemptKey, Sequence[bytes]], Awaitable[None]]


class StopLost(HypernodeError):
    """A run was stopped, but the journal lost the buyer's signature; the API brings it again."""


class Attempts:
    """Works attempts of one node; knows nothing of offers or connections."""

    def __init__(
        self,
        *,
        node: Address,
        worker_key: Key,
        chain: ChainPort,
        artifacts: Artifacts,
        sandbox: Sandbox,
        journal: Journal,
        keep: Keep | None = None,
        devices: tuple[str, ...] = (),
    ) -> None:
        self._node, self._worker_key, self._chain = node, worker_key, chain
        self._artifacts, self._sandbox, self._journal = artifacts, sandbox, journal
        self._keep, self._devices = keep, devices

    async def unfinished(self) -> list[AttemptKey]:
        """Return what this node still owes: by the chain, and by a journal the chain has moved past.

        The chain is asked too, so that a lost journal forgets no job.
        """
        owed = {entry.key for entry in self._journal.open_entries()}
        for address, job in (await self._chain.jobs(JobStatus.ASSIGNED, self._node)).items():
            owed.add(AttemptKey(address, job.sequence, job.attempt))
        return sorted(owed)

    async def sweep(self, keep: list[AttemptKey]) -> None:
        """Remove containers of attempts that are over: what a killed worker left."""
        wanted = {key.run_name for key in keep}
        for name in await self._sandbox.names():
            if name not in wanted:
                await self._sandbox.remove(name)

    async def work(self, key: AttemptKey, on_log: LogSink | None = None) -> Receipt | None:
        """Bring one attempt to its end; its receipt if that is on chain, None if the attempt was lost.

        None, too, for a receipt on chain that a lost journal has forgotten.
        """
        self._journal.take(key)
        bound = log.bind(job=key.job, attempt=key.attempt)
        job = await self._mine(key)
        if job is not None and job.status is JobStatus.ASSIGNED:
            delivered = await self._submit(key, await self._receipt(key, job, on_log))
        else:
            delivered = job is not None and job.status is JobStatus.SUBMITTED
        bound.info("receipt on chain" if delivered else "attempt lost")
        self._journal.finish(key, Phase.DONE if delivered else Phase.ABANDONED)
        await self._sandbox.remove(key.run_name)
        entry = self._journal.entry(key)
        kept = None if entry is None else entry.receipt
        return Receipt.from_bytes(kept) if delivered and kept is not None else None

    async def decline(self, key: AttemptKey, reason: DeclineReason) -> None:
        """Give the attempt back on chain, for another node; forget it if that is too late."""
        job = await self._mine(key)
        if job is not None and job.status is JobStatus.ASSIGNED:
            step = instructions.decline_job(job=key.job, account=job, reason=reason)
            try:
                await self._chain.send([step], [self._worker_key])
            except ProgramError as refusal:
                log.warning("decline refused", job=key.job, attempt=key.attempt, error=refusal.code)
        self._journal.finish(key, Phase.ABANDONED)
        await self._sandbox.remove(key.run_name)

    async def stop(self, key: AttemptKey, signature: bytes) -> bool:
        """End an attempt's run for its buyer; the buyer must have signed it, and not its bearer.

        Return False if the chain does not show the attempt as running here, as it may not yet.
        """
        job = await self._mine(key)
        if job is None or job.status is not JobStatus.ASSIGNED:
            return False
        cluster = await self._chain.genesis_hash()
        signed = stop_bytes(cluster, PROGRAM_ID, key.job, key.sequence, key.attempt)
        if not verify(job.buyer, signed, signature):
            log.warning("stop refused: the buyer did not sign it", job=key.job, attempt=key.attempt)
            return True
        self._journal.stop(key, signature)
        log.info("stopped by the buyer", job=key.job, attempt=key.attempt)
        await self._sandbox.stop(key.run_name)
        return True

    async def _mine(self, key: AttemptKey) -> Job | None:
        """Return the job as it is now, if this attempt of it is still this node's."""
        job = await self._chain.job(key.job)
        if job is None or (job.sequence, job.attempt, job.node) != (key.sequence, key.attempt, self._node):
            return None
        return job

    async def _receipt(self, key: AttemptKey, job: Job, on_log: LogSink | None) -> Receipt:
        """Return the attempt's receipt, running the job unless its receipt was sent before.

        The chain refuses what is late, and seems to refuse where an RPC node lags. Either way the container
        is gone, and running the job again could give no other receipt.
        """
        entry = self._journal.entry(key)
        sent = None if entry is None else entry.sent
        return await self._run(key, job, on_log) if sent is None else Receipt.from_bytes(sent)

    async def _run(self, key: AttemptKey, job: Job, on_log: LogSink | None) -> Receipt:
        """Run the job, or pick up its container; publish the evidence; keep the one receipt."""
        spec = await self._artifacts.spec(job.spec_hash)
        inputs = await self._artifacts.inputs(spec)
        run = SandboxRun(key.run_name, spec, inputs, self._devices if spec.resources.gpu.count else ())
        if self._journal.stop_of(key) is not None:  # the worker ended before the run did
            await self._sandbox.stop(key.run_name)
        result = await self._sandbox.run(run, on_log)
        stop = self._journal.stop_of(key)
        if result.ending is Ending.STOPPED and stop is None:
            raise StopLost("the run was stopped, and the buyer's signature is not here")
        clock = await self._chain.clock()
        evidence = evidence_of(
            address=key.job,
            job=job,
            worker_key=self._worker_key.address,
            result=result,
            chain_now=clock.unix_timestamp,
            stop=stop,
        )
        kept = self._journal.save_receipt(key, evidence.receipt.to_bytes())
        if self._keep is not None:
            await self._keep(key, (*evidence.documents, kept, spec.to_bytes(), *inputs.values()))
        await self._publish((*evidence.documents, kept))
        return Receipt.from_bytes(kept)

    async def _publish(self, blobs: Sequence[bytes]) -> None:
        """Copy the evidence to the API's store; a node that serves the oracles itself can go on without."""
        try:
            await self._artifacts.publish(blobs)
        except BlobStoreUnavailable as fault:
            if self._keep is None:
                raise
            log.warning("evidence not copied to the API", detail=str(fault))

    async def _submit(self, key: AttemptKey, receipt: Receipt) -> bool:
        """Send the receipt and return True if it is on chain; a refusal means the attempt is over."""
        submit = instructions.submit_receipt(
            job=key.job,
            worker_key=self._worker_key.address,
            receipt_hash=receipt_hash(receipt),
            seconds_used=receipt.seconds_used,
        )
        try:
            await self._chain.send([submit], [self._worker_key])
        except ProgramError as refusal:
            log.warning("receipt refused", job=key.job, attempt=key.attempt, error=refusal.code)
            job = await self._mine(key)
            return job is not None and job.status is JobStatus.SUBMITTED
        return True


async def cancelled(tasks: set[asyncio.Task[None]]) -> None:
    """Stop tasks and wait until they have stopped."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
