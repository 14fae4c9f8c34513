"""The cluster description over HTTP: what it names, who signed it, and when there is none."""

from dataclasses import replace
from typing import Any

import pytest

from hypernode.chain.generated import markets, staking
from hypernode.chain.generated.markets import Config
from hypernode.chain.keys import verify
from hypernode.domain.cluster import WELL_KNOWN, SignedCluster
from hypernode.domain.draw import MAINNET
from hypernode_marketplace_api.errors import DescriptionNotFound
from hypernode_marketplace_api.slices.cluster.service import ClusterService
from tests.integration.marketplace_api.world import World, a_key
from tests.support.accounts import MATCHER, blank
from tests.support.documents import an_address


def configured(world: World) -> None:
    world.chain.markets_config = blank(Config, mint=an_address("mint"))


async def published(world: World) -> SignedCluster:
    answer = await world.client.get(WELL_KNOWN)
    assert answer.status_code == 200, answer.text
    return SignedCluster.from_document(answer.json(), verify)


async def test_it_names_the_programs_and_the_oracles_of_the_chain(world: World) -> None:
    configured(world)
    keys = [a_key(f"oracle {number}") for number in range(3)]
    world.chain.oracles_are(keys, epoch=7)
    described = (await published(world)).description
    assert (described.signer, described.genesis) == (MATCHER.address, await world.chain.genesis_hash())
    assert (described.markets, described.staking) == (markets.PROGRAM_ID, staking.PROGRAM_ID)
    [epoch] = described.epochs
    assert (epoch.epoch, epoch.threshold, epoch.geometry) == (7, 2, MAINNET)
    assert epoch.keys == tuple(key.address for key in keys)


async def test_it_names_the_epoch_before_which_still_judges(world: World) -> None:
    configured(world)
    world.chain.oracles_are([a_key(f"old {number}") for number in range(3)], epoch=7)
    before = await world.chain.oracle_set()
    world.chain.oracles_are([a_key(f"new {number}") for number in range(3)], epoch=8)
    now = await world.chain.oracle_set()
    assert before
    assert now
    previous: dict[str, Any] = {"keys": before.keys, "count": before.count, "threshold": before.threshold}
    world.chain.oracles = replace(now, **{f"previous_{name}": value for name, value in previous.items()})
    described = (await published(world)).description
    assert [epoch.epoch for epoch in described.epochs] == [7, 8]
    assert described.epochs[0].keys == before.keys[:3]


async def test_without_a_signer_or_an_oracle_set_there_is_none(world: World) -> None:
    world.chain.oracles = None
    answer = await world.client.get(WELL_KNOWN)
    assert (answer.status_code, answer.json()["error"]) == (404, "DescriptionNotFound")
    configured(world)
    world.chain.oracles_are([a_key("oracle")])
    unsigned = ClusterService(world.chain, "chain", MAINNET, signer=None, oracles={})
    with pytest.raises(DescriptionNotFound, match="no key"):
        await unsigned.signed()
