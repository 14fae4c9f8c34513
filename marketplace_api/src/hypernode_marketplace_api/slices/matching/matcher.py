"""Matcher: it offers waiting jobs to fitting nodes and turns accepted offers into assignments.

Every offer is a row before it is a message, so a matcher that was killed goes on from the database: live
offers run out, offers of jobs that moved on chain are closed, the rest is offered again. Each replica asks
the nodes that are connected to it; the row of an offer keeps two replicas from offering one job.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Self

from prometheus_client import Counter

from hypernode.domain.cid import cid_of_digest
from hypernode.domain.clock import Clock
from hypernode.domain.types import Address
from hypernode.errors import HypernodeError
from hypernode.wire.nodes import Assignment, Offer
from hypernode_marketplace_api.errors import OfferGone
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.models import JobRow, OfferRow
from hypernode_marketplace_api.resources.leases import LeaseStore
from hypernode_marketplace_api.settings import Settings
from hypernode_marketplace_api.slices.matching.assignment import Assignments, ChainAssignments, NoAssignments
from hypernode_marketplace_api.slices.matching.eligibility import Candidate, Needs, exposure_of, unfit
from hypernode_marketplace_api.slices.matching.scoring import choose
from hypernode_marketplace_api.slices.matching.service import MatchingService, Posting
from hypernode_marketplace_api.slices.matching.specs import SpecReader
from hypernode_marketplace_api.slices.nodes.service import NodeService, WorkerSession

SEED_BITS = 63  # what a signed BIGINT holds


class Matcher:
    """One `step` is load, process, apply; nodes' answers come in between (`OfferAnswers`)."""

    def __init__(
        self,
        matching: MatchingService,
        specs: SpecReader,
        assignments: Assignments,
        leases: LeaseStore,
        clock: Clock,
        settings: Settings,
        nudge: Callable[[], None],
        outcomes: Counter,
    ) -> None:
        self._matching = matching
        self._specs = specs
        self._assignments = assignments
        self._leases = leases
        self._clock = clock
        self._settings = settings
        self._nudge = nudge
        self._outcomes = outcomes

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        outside, key = kernel.outside, kernel.outside.matcher
        matcher = cls(
            kernel.one(MatchingService),
            SpecReader(outside.blobs),
            ChainAssignments(outside.chain, key) if key else NoAssignments(),
            outside.leases,
            outside.clock,
            kernel.settings,
            kernel.nudge,
            kernel.metrics.offers,
        )
        kernel.one(NodeService).answers = matcher
        return matcher

    async def step(self) -> None:
        for offer, job in await self._matching.over():
            await self._close(offer, job)
        postings = await self._matching.postings()
        if not postings:
            return
        candidates = dict(await self._sessions())
        quorum = await self._matching.quorum()
        for posting in postings:
            if not candidates:
                return
            taken = await self._offer_to_best(posting, candidates, quorum)
            if taken is not None:
                _occupy(candidates, taken, posting, quorum)

    # --- answers of nodes

    async def accept(self, session: WorkerSession, offer_id: str) -> None:
        """Send the node the transaction that assigns the job to it."""
        expires_at = self._clock.now() + self._settings.assign_seconds
        offer = await self._matching.accept(offer_id, session.node, expires_at)
        if offer is None:
            raise OfferGone("the offer ran out, was answered before, or is not yours")
        try:
            if not await self._hold(offer):
                raise OfferGone("the lease on the job was lost")
            transaction = await self._assignments.build(
                Address(offer.job), offer.sequence, session.operator, session.worker_key
            )
        except HypernodeError as error:
            await self._end(offer, "failed", error.code)
            raise
        if session.connection is not None:
            await session.connection.send(Assignment(offer_id=offer_id, transaction=transaction))

    async def decline(self, session: WorkerSession, offer_id: str, reason: str) -> None:
        offer = await self._matching.offer(offer_id, session.node)
        if offer is None:
            raise OfferGone("no such offer was made to this node")
        await self._end(offer, "declined", reason)

    async def assigned(self, session: WorkerSession, offer_id: str) -> None:
        """Look at once: the offer is closed when the mirror shows the job with this node."""
        if await self._matching.offer(offer_id, session.node) is None:
            raise OfferGone("no such offer was made to this node")
        self._nudge()

    def node_ready(self) -> None:
        self._nudge()

    # --- steps

    async def _sessions(self) -> list[tuple[str, tuple[Candidate, WorkerSession]]]:
        return [
            (candidate.node, (candidate, session))
            for candidate, session in await self._matching.candidates()
            if candidate.free_slots > 0
        ]

    async def _offer_to_best(
        self, posting: Posting, candidates: dict[str, tuple[Candidate, WorkerSession]], quorum: int
    ) -> str | None:
        spec = await self._specs.of(posting)
        if spec is None:
            return None
        needs = Needs(spec, posting.market, posting.rate, posting.cap, quorum, posting.buyer)
        able = [
            node
            for node, _ in candidates.values()
            if node.node not in posting.declined and unfit(needs, node) is None
        ]
        fitting = [node for node in able if node.node not in posting.round.asked]
        if not fitting and self._clock.now() >= posting.round.again_at:
            fitting = able
        choice = choose(needs, fitting, secrets.randbits(SEED_BITS))
        if choice is None:
            return None
        offer_id = secrets.token_hex(16)
        if not await self._leases.acquire(_lease(posting.job), offer_id, self._settings.lease_seconds):
            return None
        expires_at = self._clock.now() + self._settings.accept_seconds
        if not await self._matching.open_offer(offer_id, posting, choice, expires_at):
            await self._leases.release(_lease(posting.job), offer_id)
            return None
        await _send_offer(candidates[choice.node.node][1], offer_id, posting, expires_at)
        return choice.node.node

    async def _hold(self, offer: OfferRow) -> bool:
        """Lengthen the lease; a lost one is taken again, unless another holder came first."""
        name, seconds = _lease(offer.job), self._settings.assign_seconds
        return await self._leases.extend(name, offer.offer_id, seconds) or await self._leases.acquire(
            name, offer.offer_id, seconds
        )

    async def _close(self, offer: OfferRow, job: JobRow) -> None:
        if (job.node, job.attempt) == (offer.node, offer.attempt):
            await self._end(offer, "assigned")
        elif job.status != "Posted" or job.attempt >= offer.attempt:
            await self._end(offer, "failed", f"the job is {job.status}")
        else:
            await self._end(offer, "expired" if offer.status == "offered" else "failed", "no answer in time")

    async def _end(self, offer: OfferRow, status: str, reason: str = "") -> None:
        if await self._matching.end(offer.offer_id, status, reason) is not None:
            self._outcomes.labels(status).inc()
        await self._leases.release(_lease(offer.job), offer.offer_id)
        self._nudge()


def _lease(job: str) -> str:
    return f"job:{job}"


def _occupy(
    candidates: dict[str, tuple[Candidate, WorkerSession]], node: str, posting: Posting, quorum: int
) -> None:
    candidate, session = candidates.pop(node)
    exposure = exposure_of(posting.cap, posting.market.audit_bps, quorum, on_probation=candidate.on_probation)
    left = replace(
        candidate,
        active_jobs=candidate.active_jobs + 1,
        exposure=candidate.exposure + exposure,
        free_slots=candidate.free_slots - 1,
    )
    if left.free_slots > 0:
        candidates[node] = (left, session)


async def _send_offer(session: WorkerSession, offer_id: str, posting: Posting, expires_at: int) -> None:
    if session.connection is None:
        return
    await session.connection.send(
        Offer(
            offer_id=offer_id,
            job=posting.job,
            attempt=posting.attempt,
            spec_cid=cid_of_digest(posting.spec_hash),
            cap=posting.cap,
            rate=posting.rate,
            timeout_seconds=posting.timeout_seconds,
            expires_at=expires_at,
        )
    )
