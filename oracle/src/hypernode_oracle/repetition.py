"""Runs of an oracle's own: a bounded number at once, each payer in turn, none much longer than its job."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hypernode.domain.attempt import AttemptKey
from hypernode.domain.finding import Cannot, Finding, Repeated, Varies
from hypernode.domain.result import Ending, Result
from hypernode.domain.types import Address
from hypernode.domain.verification import beyond_oracles
from hypernode.errors import ImageUnavailable, ProfileViolation
from hypernode_oracle.verification.evidence import Evidence, EvidenceReader, Undecided
from hypernode_sandbox.ports import Sandbox, SandboxResult, SandboxRun

# Seconds that an engine may take beside one and a half times the timeout.
ENGINE_SECONDS = 60


def result_of(ran: SandboxResult) -> Result:
    """Return what is compared of a run: for one that did not exit by itself its ending alone."""
    if ran.ending is not Ending.EXITED:
        return Result(ran.ending)
    return Result(Ending.EXITED, ran.exit_code, ran.manifest.root)


class Places:
    """Places for runs. Payers that wait get one in turn, so that none fills the queue."""

    def __init__(self, count: int) -> None:
        self._free = count
        self._waiting: OrderedDict[Address, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def take(self, payer: Address) -> AsyncIterator[None]:
        await self._enter(payer)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, payer: Address) -> None:
        if self._free:
            self._free -= 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(payer, deque()).append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._leave()  # it was given the place while it was cancelled
            raise

    def _leave(self) -> None:
        while self._waiting:
            payer, queue = self._waiting.popitem(last=False)
            place = queue.popleft()
            if queue:
                self._waiting[payer] = queue  # behind every other payer
            if not place.done():
                place.set_result(None)
                return
        self._free += 1


class Repeater:
    """Repeats a job in a sandbox of its own. It can sign and pay nothing."""

    def __init__(self, evidence: EvidenceReader, sandbox: Sandbox, at_once: int) -> None:
        self._evidence, self._sandbox = evidence, sandbox
        self._places = Places(at_once)

    async def once(self, attempt: AttemptKey, evidence: Evidence, payer: Address) -> Finding:
        """Return what one run gives, or why it cannot be run here; raise `Undecided` for a passing fault."""
        spec = evidence.spec
        reason = beyond_oracles(spec)
        if reason is not None:
            return Cannot(reason)
        async with self._places.take(payer):
            try:
                async with asyncio.timeout(1.5 * spec.timeout_seconds + ENGINE_SECONDS):
                    ran = await self._run(attempt, evidence)
            except TimeoutError:
                raise Undecided("our own run did not end in time") from None
            except (ImageUnavailable, ProfileViolation) as fault:
                return Cannot(f"{fault.code}: {fault}")
        peak = ran.usage.peak_memory_bytes
        return Repeated(result_of(ran), ran.seconds, peak)

    async def again(
        self, attempt: AttemptKey, evidence: Evidence, payer: Address, first: Finding | None
    ) -> Finding:
        """Return what two runs agree on; `first` is an earlier one."""
        one = await self.once(attempt, evidence, payer) if first is None else first
        if not isinstance(one, Repeated):
            return one
        other = await self.once(attempt, evidence, payer)
        if isinstance(other, Repeated) and other.result != one.result:
            return Varies()
        return one if isinstance(other, Repeated) else other

    async def _run(self, attempt: AttemptKey, evidence: Evidence) -> SandboxResult:
        name = f"hypernode-audit-{attempt.job[:12].lower()}-{attempt.sequence}-{attempt.attempt}"
        try:
            inputs = await self._evidence.inputs(evidence)
            return await self._sandbox.run(SandboxRun(name, evidence.spec, inputs))
        finally:
            await self._sandbox.remove(name)
