"""The worker's answer to an offer, and its check of an assignment before it signs."""

from __future__ import annotations

from dataclasses import dataclass

from hypernode.chain import instructions
from hypernode.chain.generated.markets import Job, Market
from hypernode.chain.ports import Accounts
from hypernode.chain.transactions import Draft
from hypernode.domain.attempt import AttemptKey
from hypernode.domain.cid import digest_of_cid
from hypernode.domain.clock import Clock
from hypernode.domain.fit import shortage
from hypernode.domain.spec import JobSpec
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode.errors import HypernodeError
from hypernode.wire.nodes import Offer
from hypernode_node_client.hardware import Machine
from hypernode_sandbox.ports import Sandbox

# The block hash of an assignment lives about a minute; an offer that got none by then gets none.
HOLD_SECONDS = 90


class AssignmentRefused(HypernodeError):
    """The transaction to sign is not exactly the assignment that was offered."""


@dataclass(frozen=True)
class Policy:
    """What this machine can run and what its operator works for."""

    machine: Machine
    ask: int

    def objection(self, offer: Offer, spec: JobSpec) -> str | None:
        """Return why an offer is declined, or None."""
        if offer.rate < self.ask:
            return f"rate {offer.rate} is below {self.ask}"
        if spec.timeout_seconds != offer.timeout_seconds:
            return f"the spec runs {spec.timeout_seconds} s, the offer is for {offer.timeout_seconds} s"
        lacking = shortage(spec, self.machine.capabilities)
        return str(lacking) if lacking else None


class HeldOffers:
    """Offers that were accepted and have no assignment yet. Each holds a slot for a limited time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: dict[str, tuple[Offer, int]] = {}

    def add(self, offer: Offer) -> None:
        self._held[offer.offer_id] = (offer, self._clock.now() + HOLD_SECONDS)

    def pop(self, offer_id: str) -> Offer | None:
        offer, until = self._held.pop(offer_id, (None, 0))
        return offer if self._clock.now() < until else None

    def clear(self) -> None:
        self._held.clear()

    @property
    def offers(self) -> list[Offer]:
        now = self._clock.now()
        self._held = {key: held for key, held in self._held.items() if now < held[1]}
        return [offer for offer, _ in self._held.values()]


async def image_objection(sandbox: Sandbox, spec: JobSpec) -> str | None:
    """A local image that is not here can never be had; a named one can be pulled."""
    if spec.image.startswith("sha256:") and not await sandbox.has_image(spec.image):
        return f"image {spec.image} is not on this host"
    return None


async def checked_assignment(
    chain: Accounts, transaction: str, offer: Offer, *, operator: Address, worker_key: Address
) -> tuple[Draft, AttemptKey]:
    """Return the transaction once it is known to do nothing but assign the offered job to this node."""
    draft = Draft.decode(transaction)
    found = await chain.read_many([Address(offer.job), *draft.accounts])
    job = found.get(Job, Address(offer.job))
    if job is None:
        raise AssignmentRefused(f"job {offer.job} is gone")
    market = found.get(Market, job.market) if job.market in draft.accounts else None
    if market is None:
        raise AssignmentRefused(f"the transaction offered for job {offer.job} does not name its market")
    expected = instructions.assign_job(
        job=Address(offer.job),
        market=job.market,
        matcher=market.matcher,
        operator=operator,
        worker_key=worker_key,
    )
    if draft.payer != worker_key or not draft.does_exactly([expected]):
        raise AssignmentRefused(f"the transaction offered for job {offer.job} does something else")
    if job.status is not JobStatus.POSTED or job.attempt + 1 != offer.attempt:
        raise AssignmentRefused(f"job {offer.job} does not wait for attempt {offer.attempt}")
    if job.spec_hash != digest_of_cid(offer.spec_cid):
        raise AssignmentRefused(f"job {offer.job} is another job than the spec that was offered")
    if job.rate < offer.rate or job.cap < offer.cap or job.timeout_seconds != offer.timeout_seconds:
        raise AssignmentRefused(f"job {offer.job} is not on the offered terms")
    return draft, AttemptKey(Address(offer.job), job.sequence, offer.attempt)
