"""Assignment transactions: the market's matcher signs them, the node's worker pays and sends them."""

from typing import Protocol

from hypernode.chain.instructions import assign_job
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.domain.status import JobStatus
from hypernode.domain.types import Address
from hypernode_marketplace_api.errors import OfferGone


class Assignments(Protocol):
    async def build(self, job: Address, sequence: int, operator: Address, worker_key: Address) -> str:
        """Return the base64 transaction that lacks only the worker's signature."""


class ChainAssignments:
    def __init__(self, chain: ChainPort, matcher: Key) -> None:
        self._chain = chain
        self._matcher = matcher

    async def build(self, job: Address, sequence: int, operator: Address, worker_key: Address) -> str:
        account = await self._chain.job(job)
        if account is None or account.sequence != sequence or account.status is not JobStatus.POSTED:
            raise OfferGone(f"{job} is not waiting any more")
        instruction = assign_job(
            worker_key=worker_key,
            matcher=self._matcher.address,
            job=job,
            market=account.market,
            operator=operator,
        )
        return await self._chain.prepare([instruction], [self._matcher], worker_key)


class NoAssignments:
    """An API without a matcher key indexes and shows, but assigns no jobs."""

    async def build(self, job: Address, sequence: int, operator: Address, worker_key: Address) -> str:
        raise OfferGone("this API matches no market")
