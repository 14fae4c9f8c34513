"""Two replicas of the API on one database: one job is offered once, and the death of either loses nothing."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from hypernode.chain.generated import markets
from hypernode_marketplace_api.app import create_app
from hypernode_marketplace_api.models import OfferRow
from hypernode_marketplace_api.resources.rate_limiter import MemoryRateLimiter
from hypernode_marketplace_api.settings import Settings
from hypernode_marketplace_api.slices.indexer.repository import MirrorRepository
from hypernode_marketplace_api.slices.nodes.repository import NodeRepository
from tests.integration.marketplace_api.world import NodeDouble, World, a_spec
from tests.support.cancelling import cancelled_at
from tests.support.scripted_chain import JobStory

Replicas = tuple[World, World]


async def beat(node: NodeDouble, slots: int = 1) -> None:
    await node.say({"type": "heartbeat", "free_slots": slots})
    assert (await node.hear())["type"] == "heartbeat_ack"


async def offers(world: World) -> list[OfferRow]:
    async with world.collaborators.database.read() as db:
        return list((await db.scalars(select(OfferRow))).all())


async def state(world: World, node: NodeDouble) -> str:
    shown: str = (await world.client.get(f"/v1/nodes/{node.node}")).json()["state"]
    return shown


@pytest.mark.parametrize("killed_at", [None, 2, 8, 14, 20])
@pytest.mark.parametrize("dead", [0, 1])
async def test_jobs_go_on_when_a_replica_dies(replicas: Replicas, dead: int, killed_at: int | None) -> None:
    victim, survivor = replicas[dead], replicas[1 - dead]
    moved, stayed = await victim.online("moved"), await survivor.online("stayed")
    jobs = [await survivor.post(name, expires_at=survivor.chain.time + 10_000) for name in ("a", "b")]
    await cancelled_at(victim.matcher.step(), killed_at or 10_000)
    await moved.drop()

    # The victim does nothing from here on; its node connects to the survivor.
    moved.world = survivor
    assert (await moved.connect())["type"] == "welcome"
    taken: set[str] = set()
    for _ in range(10):
        for node in (moved, stayed):
            await beat(node, slots=1)
            assert await state(survivor, node) == "online"
        await survivor.index()
        await survivor.match()
        for node in (moved, stayed):
            await node.say({"type": "heartbeat", "free_slots": 1})
            while (heard := await node.hear())["type"] != "heartbeat_ack":
                assert heard["type"] == "offer"
                await node.say({"type": "accept", "offer_id": heard["offer_id"]})
                assert (await node.hear())["type"] == "heartbeat_ack"
                assert (await node.hear())["type"] == "assignment"
                next(job for job in jobs if job.address == heard["job"]).assign(node.node)
                assert heard["job"] not in taken
                taken.add(heard["job"])
                break
        survivor.pass_time(10)
        await survivor.sweep()
    assert taken == {job.address for job in jobs}
    for job in jobs:
        shown = (await survivor.client.get(f"/v1/jobs/{job.address}")).json()
        assert (shown["status"], shown["attempt"]) == ("Assigned", 1)


async def test_two_replicas_offer_a_job_once(replicas: Replicas) -> None:
    first, second = replicas
    nodes = [await first.online("first"), await second.online("second")]
    await first.post()
    await second.index()
    for world in (*replicas, *replicas):
        await world.match()
    assert len(await offers(first)) == 1
    assert sorted(node.nothing_heard() for node in nodes) == [False, True]


async def test_offer_of_a_dead_replica_is_answered_at_the_living_one(replicas: Replicas) -> None:
    victim, survivor = replicas
    node = await victim.online()
    job = await victim.post()
    await victim.match()
    offer = await node.hear()
    await node.drop()
    node.world = survivor
    await node.connect()
    await node.say({"type": "accept", "offer_id": offer["offer_id"]})
    assert (await node.hear())["type"] == "assignment"
    job.assign(node.node)
    await survivor.index()
    await survivor.match()
    assert [row.status for row in await offers(survivor)] == ["assigned"]


async def test_each_replica_counts_and_shows_the_nodes_of_both(replicas: Replicas) -> None:
    first, second = replicas
    here, there = await first.online("here"), await second.online("there", slots=3)
    await second.sweep()
    quote = (await first.client.post("/v1/quotes", json={"spec": a_spec().to_document()})).json()
    assert (quote["online_nodes"], quote["fitting_nodes"]) == (2, 2)
    for node in (here, there):
        assert await state(first, node) == await state(second, node) == "online"
    assert (await first.client.get(f"/v1/nodes/{there.node}")).json()["free_slots"] == 3


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_no_replica_calls_the_nodes_of_a_living_one_offline(
    replicas: Replicas, order: tuple[int, int]
) -> None:
    """Ten times as long as a lease lasts; either replica's sweep may come first."""
    nodes = [await world.online(name) for name, world in zip(("here", "there"), replicas, strict=True)]
    step = replicas[0].settings.heartbeat_seconds
    for _ in range(0, 10 * replicas[0].settings.offline_seconds, step):
        replicas[0].pass_time(step)
        for node in nodes:
            await beat(node)
        for place in order:
            await replicas[place].sweep()
            assert [await state(replicas[place], node) for node in nodes] == ["online", "online"]


async def test_nodes_of_a_dead_replica_are_offline_after_its_lease(replicas: Replicas) -> None:
    victim, survivor = replicas
    lost, kept = await victim.online("lost"), await survivor.online("kept")
    seconds = survivor.settings.offline_seconds
    survivor.pass_time(seconds - 1)
    await beat(kept)
    await survivor.sweep()
    assert await state(survivor, lost) == "online"
    survivor.pass_time(1)
    await survivor.sweep()
    assert [await state(survivor, node) for node in (lost, kept)] == ["offline", "online"]


async def test_replicas_count_the_requests_of_an_address_together(replicas: Replicas) -> None:
    """With the limiters that the settings name: Redis' share their buckets (tests/contract)."""
    buckets: dict[str, MemoryRateLimiter] = {}

    def shared(scope: str, rate: float, burst: int) -> MemoryRateLimiter:
        return buckets.setdefault(scope, MemoryRateLimiter(rate, burst, replicas[0].monotonic.now))

    settings = Settings(rate_burst=2)
    apps = [
        create_app(settings, replace(world.collaborators, limits=shared), run_loops=False)
        for world in replicas
    ]
    answers = []
    for app in (*apps, *apps):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://api") as client:
            answers.append((await client.get("/v1/markets")).status_code)
    assert answers == [200, 200, 429, 429]
    assert set(buckets) == {"address", "key"}


async def test_only_the_replica_that_holds_a_connection_counts_a_node_as_its_own(replicas: Replicas) -> None:
    first, second = replicas
    node = (await first.online("moved")).node
    for world, held in ((first, 1), (second, 0)):
        async with world.collaborators.database.read() as db:
            assert len(await NodeRepository(db).among([node], world.node_service._replica)) == held


async def test_a_replica_that_was_overtaken_takes_nothing_back(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its batch is older than what the other one has written since: the cursor stays where it is."""
    slow, fast = replicas
    await slow.index()
    JobStory(slow.chain, "early")
    whole = slow.chain.transactions_since

    async def overtaken(*given: Any) -> Any:
        read = await whole(*given)
        if markets.PROGRAM_ID not in given:
            return read
        monkeypatch.undo()
        JobStory(fast.chain, "late")
        await fast.index()
        return read

    monkeypatch.setattr(slow.chain, "transactions_since", overtaken)
    await slow.indexer.step()
    async with fast.collaborators.database.read() as db:
        cursor = await MirrorRepository(db).cursor(markets.PROGRAM_ID)
    assert cursor is not None
    assert cursor.slot == slow.chain.slot
