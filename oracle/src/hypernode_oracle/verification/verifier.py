"""Verifier of one attempt's evidence: the gates. It finds nothing while something is missing."""

from __future__ import annotations

import asyncio

from hypernode.chain.generated.markets import Job
from hypernode.chain.ports import Accounts
from hypernode.domain.finding import Shut
from hypernode.domain.status import RejectReason
from hypernode.domain.types import Address
from hypernode.errors import HypernodeError
from hypernode_oracle.verification.evidence import Evidence, EvidenceReader, Undecided
from hypernode_oracle.verification.gates import Claim, GateFailed

# Seconds for all evidence of a job, beside a share of its verdict window: it holds a place meanwhile.
FIRST_SECONDS, WINDOW_SHARE = 60, 8


class Verifier:
    """Knows the chain and the evidence; it can sign and pay nothing."""

    def __init__(self, *, chain: Accounts, evidence: EvidenceReader, blob_patience: int) -> None:
        self._chain, self._evidence, self._patience = chain, evidence, blob_patience

    async def read(self, address: Address, job: Job, cluster: bytes) -> Evidence | Shut:
        """Return the evidence, or the gate that it fails; raise `Undecided` for a fault of others."""
        limit = FIRST_SECONDS + job.verdict_window // WINDOW_SHARE
        try:
            async with asyncio.timeout(limit):
                return await self._evidence.read(Claim(address, job, cluster))
        except TimeoutError:
            slow = GateFailed(RejectReason.MISSING_BLOB, f"the evidence did not come within {limit} s")
            await self._wait_for_blob(job, slow)
            return Shut(slow.reason)
        except GateFailed as failed:
            await self._wait_for_blob(job, failed)
            return Shut(failed.reason)
        except Undecided:
            raise
        except HypernodeError as fault:
            raise Undecided(f"{fault.code}: {fault}", fix=fault.fix) from fault

    async def _wait_for_blob(self, job: Job, failed: GateFailed) -> None:
        """A missing blob is held against the node only when there is hardly time left for it to appear."""
        if failed.reason is not RejectReason.MISSING_BLOB:
            return
        now = (await self._chain.clock()).unix_timestamp
        if now < job.verdict_deadline - self._patience:
            raise Undecided(failed.detail)
