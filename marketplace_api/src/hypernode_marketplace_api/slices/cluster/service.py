"""Maker of the cluster description: from the oracle set on chain, and the settings of this API."""

from collections.abc import Mapping
from typing import Self

from hypernode.chain.epochs import members, set_of_epoch
from hypernode.chain.generated import governance, markets, rewards, slashing, staking
from hypernode.chain.generated.markets import OracleSet
from hypernode.chain.keys import Key
from hypernode.chain.ports import ChainPort
from hypernode.domain.cluster import ClusterDescription, Oracle, OracleEpoch, SignedCluster
from hypernode.domain.draw import Geometry
from hypernode.domain.types import Address
from hypernode_marketplace_api.errors import DescriptionNotFound
from hypernode_marketplace_api.kernel import Kernel


class ClusterService:
    """The programs bind oracle keys to no wallet and publish no machine, so those members are null."""

    def __init__(
        self,
        chain: ChainPort,
        name: str,
        geometry: Geometry,
        signer: Key | None,
        oracles: Mapping[Address, str],
    ) -> None:
        self._chain, self._name, self._geometry, self._signer = chain, name, geometry, signer
        self._oracles = oracles

    @classmethod
    def of(cls, kernel: Kernel) -> Self:
        settings, outside = kernel.settings, kernel.outside
        return cls(
            outside.chain,
            settings.cluster_name,
            settings.geometry,
            outside.cluster_signer,
            settings.oracles,
        )

    async def signed(self) -> SignedCluster:
        """Return the description with the oracle sets in force: the current one and the one before."""
        if self._signer is None:
            raise DescriptionNotFound("this API has no key that signs a cluster description")
        config, oracles = await self._chain.config(), await self._chain.oracle_set()
        if config is None or oracles is None:
            raise DescriptionNotFound("this chain has no oracle set yet")
        sets = (set_of_epoch(oracles, epoch) for epoch in (oracles.epoch - 1, oracles.epoch))
        description = ClusterDescription(
            name=self._name,
            genesis=oracles.cluster,
            governance=governance.PROGRAM_ID,
            markets=markets.PROGRAM_ID,
            rewards=rewards.PROGRAM_ID,
            slashing=slashing.PROGRAM_ID,
            staking=staking.PROGRAM_ID,
            mint=config.mint,
            epochs=tuple(self._epoch(judges) for judges in sets if judges is not None),
            signer=self._signer.address,
        )
        return SignedCluster.sign(description, self._signer)

    def _epoch(self, judges: OracleSet) -> OracleEpoch:
        return OracleEpoch(
            epoch=judges.epoch,
            threshold=judges.threshold,
            oracles=tuple(
                Oracle(key=key, wallet=None, address=self._oracles.get(key)) for key in members(judges)
            ),
            geometry=self._geometry,
        )
