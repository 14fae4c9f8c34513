"""The node's side of the WebSocket: how it greets, what it makes of bad frames, how a connection ends."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import base58
import pytest
from websockets.asyncio.server import ServerConnection, serve

from hypernode.chain.keys import Key, verify
from hypernode.domain.types import Address
from hypernode.wire.nodes import Hardware, Heartbeat, HeartbeatAck, hello_signing_bytes
from hypernode_node_client.session import Identity, SessionLost, SessionRefused, open_session
from tests.support.documents import an_address

WORKER_KEY = Key.from_seed(b"\x05" * 32)
NODE = an_address("node")
IDENTITY = Identity(NODE, WORKER_KEY, Hardware(cpu_millis=1_000, memory_mib=1_024), "0.1.0", ask=7)
NONCE = "ab" * 32
WELCOME = {"type": "welcome", "heartbeat_seconds": 5, "lease_seconds": 15}
ACK = {"type": "heartbeat_ack"}

Play = Callable[[ServerConnection], Awaitable[None]]


@asynccontextmanager
async def an_api(play: Play) -> AsyncIterator[str]:
    """A real server on this machine that plays one connection as told; its URL."""
    async with serve(play, "127.0.0.1", 0) as server:
        (socket,) = server.sockets
        yield f"ws://127.0.0.1:{socket.getsockname()[1]}"


def greets(*frames: Any, welcome: Any = WELCOME) -> Play:
    """Greet a node, send these frames, then wait until it leaves."""

    async def play(socket: ServerConnection) -> None:
        await socket.send(json.dumps({"type": "challenge", "nonce": NONCE}))
        await socket.recv()
        await socket.send(json.dumps(welcome))
        for frame in frames:
            await socket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))
        await socket.wait_closed()

    return play


async def first_message(*frames: Any) -> Any:
    async with an_api(greets(*frames)) as url, open_session(url, IDENTITY) as session:
        return await session.receive()


async def test_the_agent_signs_the_challenge_and_says_what_it_is() -> None:
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def play(socket: ServerConnection) -> None:
        await socket.send(json.dumps({"type": "challenge", "nonce": NONCE}))
        for _ in range(2):
            said.put_nowait(json.loads(await socket.recv()))
            await socket.send(json.dumps(WELCOME))

    async with an_api(play) as url, open_session(url, IDENTITY) as session:
        await session.send(Heartbeat(free_slots=1))
        hello, beat = await said.get(), await said.get()
    assert session.heartbeat_seconds == 5
    assert (hello["type"], hello["node"], hello["worker_key"], hello["ask"]) == (
        "hello",
        NODE,
        WORKER_KEY.address,
        "7",
    )
    signed = hello_signing_bytes(bytes.fromhex(NONCE))
    assert verify(Address(hello["worker_key"]), signed, base58.b58decode(hello["signature"]))
    assert (beat["type"], beat["free_slots"]) == ("heartbeat", 1)


@pytest.mark.parametrize(
    "frame",
    [
        "not json",
        "[]",
        "{}",
        b"\xff\xfe",
        {"type": "offer"},
        {"type": "welcome", "heartbeat_seconds": "soon", "lease_seconds": 1},
        {"type": "challenge", "nonce": "too short"},
        "x" * (2**20 + 1),
    ],
    ids=["text", "list", "no type", "not UTF-8", "members", "value", "pattern", "huge"],
)
async def test_a_bad_frame_ends_the_connection(frame: Any) -> None:
    with pytest.raises(SessionLost):
        await first_message(frame, ACK)


async def test_messages_of_a_newer_api_are_passed_over() -> None:
    assert await first_message({"type": "news", "text": "hello"}, ACK) == HeartbeatAck()
    assert await first_message({**ACK, "load": 3}) == HeartbeatAck()


async def test_a_closed_connection_is_lost_for_reading_and_writing() -> None:
    async def play(socket: ServerConnection) -> None:
        await socket.send(json.dumps({"type": "challenge", "nonce": NONCE}))
        await socket.recv()
        await socket.send(json.dumps(WELCOME))

    async with an_api(play) as url, open_session(url, IDENTITY) as session:
        with pytest.raises(SessionLost):
            await session.receive()
        with pytest.raises(SessionLost):
            await session.send(Heartbeat(free_slots=1))


async def test_an_api_that_leaves_amid_the_greeting_is_lost_not_refusing() -> None:
    async def play(socket: ServerConnection) -> None:
        await socket.send(json.dumps({"type": "challenge", "nonce": NONCE}))
        await socket.close()

    async with an_api(play) as url:
        with pytest.raises(SessionLost):
            async with open_session(url, IDENTITY):
                pytest.fail("greeted")


async def test_an_api_that_says_nothing_is_lost() -> None:
    async def play(socket: ServerConnection) -> None:
        await socket.wait_closed()

    async with an_api(play) as url:
        with pytest.raises(SessionLost, match="did not greet"):
            async with open_session(url, IDENTITY, greeting_seconds=0.2):
                pytest.fail("greeted")


async def test_an_api_that_is_away_is_lost() -> None:
    async with an_api(greets()) as url:
        pass
    with pytest.raises(SessionLost, match="does not answer"):
        async with open_session(url, IDENTITY):
            pytest.fail("greeted")


@pytest.mark.parametrize(
    "answer",
    [{"type": "error", "error": "NodeNotFound", "detail": "no node"}, ACK],
    ids=["an error", "no welcome"],
)
async def test_a_node_that_is_not_welcome_is_told_how_to_mend_it(answer: dict[str, Any]) -> None:
    async with an_api(greets(welcome=answer)) as url:
        with pytest.raises(SessionRefused) as refused:
            async with open_session(url, IDENTITY):
                pytest.fail("greeted")
    assert (refused.value.fix is not None) == (answer["type"] == "error")


async def test_a_server_that_opens_with_anything_else_is_refused() -> None:
    async def play(socket: ServerConnection) -> None:
        await socket.send(json.dumps(WELCOME))
        await socket.wait_closed()

    async with an_api(play) as url:
        with pytest.raises(SessionRefused, match="challenge"):
            async with open_session(url, IDENTITY):
                pytest.fail("greeted")


@pytest.mark.parametrize("asked", [0, -5])
async def test_no_api_makes_a_node_beat_without_a_pause(asked: int) -> None:
    play = greets(welcome={**WELCOME, "heartbeat_seconds": asked})
    async with an_api(play) as url, open_session(url, IDENTITY) as session:
        assert session.heartbeat_seconds == 1
