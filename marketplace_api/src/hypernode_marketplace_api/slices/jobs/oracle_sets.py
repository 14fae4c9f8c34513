"""The oracle set, as the intakes of attestations and findings need it."""

from typing import Self

from hypernode.chain.epochs import members, set_of_epoch
from hypernode.chain.generated.markets import OracleSet
from hypernode.chain.ports import ChainPort
from hypernode.domain.types import Address
from hypernode_marketplace_api.errors import NotAnOracle
from hypernode_marketplace_api.kernel import Kernel
from hypernode_marketplace_api.slices.jobs.service import JobService


class OracleSets:
    """Keeps the oracle set until a rotation, and asks the chain again before it refuses a key."""

    def __init__(self, jobs: JobService, chain: ChainPort) -> None:
        self._jobs, self._chain = jobs, chain
        # The oracle set, and the rotation up to which it is known to be in force.
        self._known: tuple[OracleSet, int | None] | None = None

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        return cls(kernel.one(JobService), kernel.outside.chain)

    async def require_member(self, key: Address) -> None:
        """Raise `NotAnOracle` for a key of neither the current epoch nor the one before."""
        if self._known and _is_member(self._known[0], key):
            return
        if not _is_member(await self._read(await self._jobs.oracle_epoch()), key):
            raise NotAnOracle(f"{key} is not in the oracle set")

    async def judges(self, epoch: int, key: Address) -> OracleSet:
        """Return the set that judges the jobs of an epoch; raise `NotAnOracle` for a key of no such set."""
        rotated = await self._jobs.oracle_epoch()
        known = self._known[0] if self._known and self._known[1] == rotated else None
        found = _judges(known, epoch, key) or _judges(await self._read(rotated), epoch, key)
        if found is None:
            raise NotAnOracle(f"{key} is not in the oracle set of epoch {epoch}")
        return found

    async def _read(self, rotated: int | None) -> OracleSet | None:
        """Ask the chain. It includes at least the rotation that the mirror showed before."""
        oracles = await self._chain.oracle_set()
        self._known = (oracles, rotated) if oracles else None
        return oracles


def _judges(oracles: OracleSet | None, epoch: int, key: Address) -> OracleSet | None:
    found = set_of_epoch(oracles, epoch) if oracles else None
    return found if found and key in members(found) else None


def _is_member(oracles: OracleSet | None, key: Address) -> bool:
    if oracles is None:
        return False
    return any(_judges(oracles, epoch, key) for epoch in (oracles.epoch, oracles.epoch - 1))
