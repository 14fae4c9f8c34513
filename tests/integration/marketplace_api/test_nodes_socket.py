"""The node's connection: who may greet, what is heard, when a node counts as gone."""

import pytest

from hypernode_marketplace_api.app import create_app
from hypernode_marketplace_api.slices.nodes.service import NodeService
from hypernode_marketplace_api.slices.nodes.sessions import Presence
from tests.integration.marketplace_api.world import World, a_key


async def test_hello_of_the_delegated_agent_is_welcomed(world: World) -> None:
    node = world.register()
    assert await node.connect() == {"type": "welcome", "heartbeat_seconds": 5, "lease_seconds": 15}


async def test_hello_signed_by_another_key_is_refused(world: World) -> None:
    node = world.register()
    challenge = await node.open()
    await node.say(node.hello(challenge["nonce"], a_key("thief")))
    assert (await node.hear())["error"] == "SignatureInvalid"
    assert (await node.hear())["type"] == "closed"


async def test_hello_over_another_challenge_is_refused(world: World) -> None:
    node = world.register()
    await node.open()
    await node.say(node.hello("00" * 32))
    assert (await node.hear())["error"] == "SignatureInvalid"


async def test_agent_that_the_node_does_not_name_is_refused(world: World) -> None:
    node = world.register()
    node.worker_key = a_key("fired worker")
    assert (await node.connect())["error"] == "NotYourNode"


async def test_unregistered_and_retired_nodes_are_refused(world: World) -> None:
    ghost = world.register("ghost")
    del world.chain.live_nodes[ghost.node]
    assert (await ghost.connect())["error"] == "NodeNotFound"
    retired = world.register("retired", retired_at=5)
    assert (await retired.connect())["error"] == "NodeRetired"


async def test_chain_that_is_away_is_no_refusal(world: World) -> None:
    node = world.register()
    world.chain.down = True
    assert (await node.connect())["type"] == "closed"


async def test_first_message_must_be_a_hello(world: World) -> None:
    node = world.register()
    await node.open()
    await node.say({"type": "heartbeat", "free_slots": 1})
    assert (await node.hear())["error"] == "Malformed"
    assert (await node.hear())["type"] == "closed"


@pytest.mark.parametrize(
    "message",
    [
        {"type": "decline", "offer_id": "a", "reason": "\0"},
        {"type": "log", "job": "1" * 32, "attempt": 1, "chunk": "\ud800"},
        {"type": "nonsense"},
        {"type": "accept"},
        {"type": "heartbeat", "free_slots": -1},
        {},
    ],
    ids=["control character", "half a character", "unknown type", "member missing", "out of range", "empty"],
)
async def test_malformed_message_is_told_and_the_connection_stays(
    world: World, message: dict[str, object]
) -> None:
    node = await world.online()
    await node.say(message)
    assert (await node.hear())["error"] == "Malformed"
    await node.say({"type": "heartbeat", "free_slots": 1})
    assert (await node.hear())["type"] == "heartbeat_ack"


async def test_flood_of_messages_ends_the_connection(world: World) -> None:
    node = await world.online()
    for _ in range(401):
        await node.say({"type": "heartbeat", "free_slots": 1})
    heard = [await node.hear() for _ in range(401)]
    assert heard[-2]["error"] == "RateLimited"
    assert heard[-1]["type"] == "closed"


async def test_newer_connection_replaces_the_older(world: World) -> None:
    node = await world.online()
    first = node._from_app
    await node.connect()
    assert (await first.get())["type"] == "websocket.close"
    assert (await world.client.get(f"/v1/nodes/{node.node}")).json()["state"] == "online"


async def test_silent_node_becomes_suspect_then_offline(world: World) -> None:
    node = await world.online()

    async def state() -> str:
        await world.sweep()
        found: str = (await world.client.get(f"/v1/nodes/{node.node}")).json()["state"]
        return found

    assert await state() == Presence.ONLINE
    world.pass_time(15)
    assert await state() == Presence.SUSPECT
    world.pass_time(45)
    assert await state() == Presence.OFFLINE
    assert (await node.hear())["type"] == "closed"


async def test_lost_connection_is_suspect_until_it_returns(world: World) -> None:
    node = await world.online()
    await world.sweep()
    await node.drop()
    await world.sweep()
    assert (await world.client.get(f"/v1/nodes/{node.node}")).json()["state"] == "suspect"
    await node.connect()
    assert (await world.client.get(f"/v1/nodes/{node.node}")).json()["state"] == "online"


async def test_nodes_of_a_dead_replica_are_offline_once_its_lease_is_over(world: World) -> None:
    node = await world.online()
    other = create_app(world.settings, world.collaborators, run_loops=False).state.kernel.one(NodeService)
    for waited, expected in ((0, "online"), (59, "online"), (1, "offline")):
        world.pass_time(waited)
        await other.sweep()
        assert (await world.client.get(f"/v1/nodes/{node.node}")).json()["state"] == expected


async def test_living_replica_keeps_its_nodes_online(world: World) -> None:
    node = await world.online()
    other = create_app(world.settings, world.collaborators, run_loops=False).state.kernel.one(NodeService)
    for _ in range(8):
        world.pass_time(14)
        await node.say({"type": "heartbeat", "free_slots": 1})
        assert (await node.hear())["type"] == "heartbeat_ack"
        await world.sweep()
        await other.sweep()
        assert (await world.client.get(f"/v1/nodes/{node.node}")).json()["state"] == "online"


async def test_node_that_moves_to_another_replica_is_let_go_by_the_first(world: World) -> None:
    node = await world.online()
    first = node._from_app
    world.app = create_app(world.settings, world.collaborators, run_loops=False)
    await node.connect()
    await world.sweep()
    assert await first.get() == {"type": "websocket.close", "code": 1008, "reason": "connected elsewhere"}
    world.pass_time(14)
    await node.say({"type": "heartbeat", "free_slots": 1})
    await world.app.state.kernel.one(NodeService).sweep()
    await world.sweep()
    assert (await world.client.get(f"/v1/nodes/{node.node}")).json()["state"] == "online"


async def test_live_logs_are_taken_from_the_assigned_node_only(world: World) -> None:
    node, other = await world.online("node"), await world.online("other")
    job = await world.post()
    job.assign(node.node)
    chunk = {"type": "log", "job": job.address, "attempt": 1, "chunk": "frame 1\n"}
    await other.say(chunk)
    assert (await other.hear())["error"] == "NotYourJob"
    await node.say(chunk)
    await node.say({**chunk, "chunk": "frame 2\n"})
    await node.say({"type": "heartbeat", "free_slots": 0})
    assert (await node.hear())["type"] == "heartbeat_ack"
    await world.index()
    logs = (await world.client.get(f"/v1/jobs/{job.address}/logs")).json()
    assert (logs["text"], logs["final"]) == ("frame 1\nframe 2\n", False)
