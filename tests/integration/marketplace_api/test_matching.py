"""Offers: to a fitting node, one at a time, in turn, until one takes the job or all have been asked."""

import base64

from sqlalchemy import delete, select

from hypernode.chain import addresses
from hypernode.domain.money import HYPER
from hypernode.domain.spec import GpuRequest, Resources, spec_hash
from hypernode.domain.status import Outcome
from hypernode.domain.types import GpuVendor
from hypernode_marketplace_api.models import OfferRow
from tests.integration.marketplace_api.world import NodeDouble, World, a_spec
from tests.support.accounts import MATCHER
from tests.support.cancelling import cancelled_at
from tests.support.documents import an_address
from tests.support.scripted_chain import JobStory


async def offers(world: World) -> list[OfferRow]:
    async with world.collaborators.database.read() as session:
        rows = await session.scalars(select(OfferRow).order_by(OfferRow.created_at, OfferRow.offer_id))
        return list(rows.all())


async def test_job_travels_from_posted_to_assigned(world: World) -> None:
    node = await world.online()
    job = await world.post()
    await world.match()
    offer = await node.hear()
    assert (offer["type"], offer["job"], offer["attempt"]) == ("offer", job.address, 1)
    assert (offer["cap"], offer["rate"], offer["timeout_seconds"]) == ("60000", "100", 600)
    assert offer["expires_at"] == world.clock.now() + 10

    await node.say({"type": "accept", "offer_id": offer["offer_id"]})
    assignment = await node.hear()
    assert assignment["type"] == "assignment"
    assert base64.b64decode(assignment["transaction"]) == b"transaction 1"
    [instruction], payer = world.chain.prepared[0]
    assert payer == node.worker_key.address
    signers = {meta.address for meta in instruction.accounts if meta.signer}
    assert signers == {node.worker_key.address, MATCHER.address}
    assert addresses.stake(node.operator) in {meta.address for meta in instruction.accounts}

    job.assign(node.node)
    await node.say({"type": "assigned", "offer_id": offer["offer_id"], "signature": "1" * 64})
    await node.say({"type": "heartbeat", "free_slots": 0})
    assert (await node.hear())["type"] == "heartbeat_ack"
    assert [row.status for row in await offers(world)] == ["accepted"]
    await world.index()
    await world.match()
    assert [row.status for row in await offers(world)] == ["assigned"]
    assert await world.collaborators.leases.holder(f"job:{job.address}") is None


async def test_offer_waits_for_one_answer_only(world: World) -> None:
    first, second = await world.online("first"), await world.online("second")
    await world.post()
    for _ in range(5):
        await world.match()
    assert len(await offers(world)) == 1
    assert first.nothing_heard() != second.nothing_heard()


async def test_declined_offer_goes_to_the_next_node(world: World) -> None:
    nodes = {node.node: node for node in (await world.online("first"), await world.online("second"))}
    await world.post()
    asked = []
    for _ in range(2):
        await world.match()
        node = next(node for node in nodes.values() if not node.nothing_heard())
        offer = await node.hear()
        asked.append(node.node)
        await answer(node, {"type": "decline", "offer_id": offer["offer_id"], "reason": "disk"})
    assert sorted(asked) == sorted(nodes)
    assert {row.reason for row in await offers(world)} == {"disk"}


async def test_unanswered_offer_expires_and_is_dead(world: World) -> None:
    node = await world.online()
    await world.post()
    await world.match()
    offer = await node.hear()
    world.pass_time(10)
    await node.say({"type": "accept", "offer_id": offer["offer_id"]})
    assert (await node.hear())["error"] == "OfferGone"
    await world.match()
    assert (await offers(world))[0].status == "expired"
    assert world.chain.prepared == []


async def test_three_refusals_bring_a_pause_before_anybody_is_asked_again(world: World) -> None:
    nodes = [await world.online(name) for name in ("a", "b", "c", "d")]
    await world.post(expires_at=world.chain.time + 10_000)
    refused: list[NodeDouble] = []
    for _ in range(3):
        await world.match()
        node = next(node for node in nodes if not node.nothing_heard())
        await answer(node, {"type": "decline", "offer_id": (await node.hear())["offer_id"]})
        refused.append(node)
    assert len({node.node for node in refused}) == 3
    for waited, expected in ((0, 3), (4, 3), (1, 4)):
        world.pass_time(waited)
        await world.match()
        assert len(await offers(world)) == expected


async def test_only_node_that_fits_is_asked_again_after_a_pause(world: World) -> None:
    node = await world.online()
    await world.post()
    await world.match()
    await answer(node, {"type": "decline", "offer_id": (await node.hear())["offer_id"]})
    for waited, expected in ((0, 1), (4, 1), (1, 2)):
        world.pass_time(waited)
        await world.match()
        assert len(await offers(world)) == expected


async def test_nobody_else_can_answer_an_offer(world: World) -> None:
    node, thief = await world.online(), await world.online("thief", slots=0)
    await world.post()
    await world.match()
    offer = await node.hear()
    for message in (
        {"type": "accept", "offer_id": offer["offer_id"]},
        {"type": "decline", "offer_id": offer["offer_id"]},
        {"type": "assigned", "offer_id": offer["offer_id"], "signature": "1" * 64},
    ):
        await thief.say(message)
        assert (await thief.hear())["error"] == "OfferGone"
    assert [row.status for row in await offers(world)] == ["offered"]


async def test_offer_is_accepted_once(world: World) -> None:
    node = await world.online()
    await world.post()
    await world.match()
    offer = await node.hear()
    await node.say({"type": "accept", "offer_id": offer["offer_id"]})
    assert (await node.hear())["type"] == "assignment"
    await node.say({"type": "accept", "offer_id": offer["offer_id"]})
    assert (await node.hear())["error"] == "OfferGone"
    assert len(world.chain.prepared) == 1


async def test_cancelled_job_is_not_assigned_any_more(world: World) -> None:
    node = await world.online()
    job = await world.post()
    await world.match()
    offer = await node.hear()
    job.refund(Outcome.CANCELLED)
    await node.say({"type": "accept", "offer_id": offer["offer_id"]})
    refusal = await node.hear()
    assert (refusal["error"], refusal["offer_id"]) == ("OfferGone", offer["offer_id"])
    assert [row.status for row in await offers(world)] == ["failed"]


async def test_restarted_matcher_makes_no_second_offer(world: World) -> None:
    """Leases of one process die with it; the row of the offer does not."""
    await world.online(slots=2)
    await world.post()
    await world.match()
    await world.collaborators.leases.close()
    await world.match()
    assert len(await offers(world)) == 1


async def test_accepted_offer_that_never_lands_frees_the_job(world: World) -> None:
    node = await world.online(slots=2)
    await world.post()
    await world.match()
    await node.say({"type": "accept", "offer_id": (await node.hear())["offer_id"]})
    await node.hear()
    world.pass_time(60)
    await world.match()
    assert (await offers(world))[0].status == "failed"
    world.pass_time(5)
    await beat(node)
    await world.match()
    assert (await node.hear())["type"] == "offer"


async def test_reposted_job_is_offered_at_its_next_attempt(world: World) -> None:
    node = await world.online(slots=2)
    job = await world.post()
    await world.match()
    offer = await node.hear()
    await node.say({"type": "accept", "offer_id": offer["offer_id"]})
    await node.hear()
    job.assign(node.node)
    job.repost()
    await world.index()
    await world.match()
    await world.match()
    assert (await node.hear())["attempt"] == 2


async def test_node_gets_no_more_offers_than_it_has_slots(world: World) -> None:
    node = await world.online(slots=2, stake=10_000 * HYPER)
    for name in ("a", "b", "c"):
        await world.post(name)
    await world.match()
    await world.match()
    assert [(await node.hear())["type"] for _ in range(2)] == ["offer", "offer"]
    assert node.nothing_heard()


async def test_silent_and_lost_nodes_get_no_offer(world: World) -> None:
    silent, lost = await world.online("silent"), await world.online("lost")
    await lost.drop()
    world.pass_time(15)
    await world.post()
    await world.match()
    assert await offers(world) == []
    assert silent.nothing_heard()


async def test_job_without_its_spec_waits_for_it(world: World) -> None:
    node = await world.online()
    spec = a_spec(seed=5)
    JobStory(world.chain, spec_hash=spec_hash(spec), timeout_seconds=spec.timeout_seconds)
    await world.index()
    await world.match()
    assert await offers(world) == []
    await world.collaborators.blobs.put(spec.to_bytes())
    await world.match()
    assert (await node.hear())["type"] == "offer"


async def test_job_that_pays_for_other_than_its_spec_is_not_offered(world: World) -> None:
    """Oracles would reject its result, and the node would have worked for nothing."""
    await world.online()
    spec = a_spec()
    await world.collaborators.blobs.put(spec.to_bytes())
    JobStory(world.chain, spec_hash=spec_hash(spec), timeout_seconds=spec.timeout_seconds - 1)
    await world.index()
    await world.match()
    assert await offers(world) == []


async def test_market_of_another_matcher_is_left_alone(world: World) -> None:
    await world.online()
    await world.post(market=an_address("another market"))
    await world.match()
    assert await offers(world) == []


async def test_gpu_job_goes_to_the_gpu_node(world: World) -> None:
    await world.online("cpu")
    gpu = await world.online("gpu", gpu_vendor=GpuVendor.NVIDIA, gpu_count=1, vram_mib=24_000)
    wanted = Resources(gpu=GpuRequest(GpuVendor.NVIDIA, 1, 16_000))
    await world.post(spec=a_spec(resources=wanted))
    await world.match()
    assert (await gpu.hear())["type"] == "offer"


async def answer(node: NodeDouble, message: dict[str, object]) -> None:
    await node.say(message)
    await beat(node)


async def beat(node: NodeDouble, slots: int = 5) -> None:
    await node.say({"type": "heartbeat", "free_slots": slots})
    assert (await node.hear())["type"] == "heartbeat_ack"


async def test_matcher_killed_at_any_await_point_offers_the_job_once_and_in_the_end(world: World) -> None:
    """Whatever a dead matcher left behind runs out by itself; until then nobody is asked a second time."""
    node = await world.online(slots=1)
    await world.post(expires_at=world.chain.time + 100_000)
    point, killed = 0, True
    while killed:
        point += 1
        killed = await cancelled_at(world.matcher.step(), point)
        await world.match()
        live = [row for row in await offers(world) if row.status == "offered"]
        assert len(live) <= 1, f"killed at point {point}"
        if not live:
            world.pass_time(15)  # a lease without an offer
            await node.say({"type": "heartbeat", "free_slots": 1})
            await world.match()
            live = [row for row in await offers(world) if row.status == "offered"]
        assert len(live) == 1, f"killed at point {point}"
        async with world.collaborators.database.begin() as session:
            await session.execute(delete(OfferRow))
        await world.collaborators.leases.close()
    assert point > 20
