"""What `Notices` promise, over memory and over a WebSocket to a node on loopback."""

import asyncio
import base64
import json

import pytest
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from hypernode.chain.events import UnknownEvent
from hypernode.chain.generated import markets, staking
from hypernode.chain.generated.markets import NodeClosed
from hypernode.chain.notices import MAX_HELD, MemoryNotices, WakeKind, WebSocketNotices
from hypernode.domain.backoff import Backoff
from hypernode.domain.types import address_bytes
from tests.support.documents import an_address

MARKETS, STAKING = markets.PROGRAM_ID, staking.PROGRAM_ID
LONG = 60.0
AT_ONCE = Backoff(0.001, 0.001)


def closed(name="node"):
    return NodeClosed(node=an_address(name), operator=an_address("operator"))


def logs_of(*events):
    data = [
        NodeClosed.DISCRIMINATOR + address_bytes(event.node) + address_bytes(event.operator)
        for event in events
    ]
    lines = [f"Program data: {base64.b64encode(entry).decode()}" for entry in data]
    return [f"Program {MARKETS} invoke [1]", *lines, f"Program {MARKETS} success"]


class InMemory:
    def __init__(self):
        self.notices = MemoryNotices(polling=AT_ONCE)

    async def tell(self, *events, slot):
        self.notices.tell(*events, slot=slot, program=MARKETS)

    async def drop(self):
        self.notices.drop()

    async def restore(self):
        self.notices.connect()

    async def close(self):
        await self.notices.close()


class Node:
    """A node's WebSocket side: it answers `logsSubscribe` and sends what a test wants landed."""

    server: Server
    socket: ServerConnection
    notices: WebSocketNotices

    def __init__(self):
        self.up = True
        self.subscribed = {}

    @classmethod
    async def start(cls):
        node = cls()
        node.server = await serve(node._serve, "127.0.0.1", 0)
        port = node.server.sockets[0].getsockname()[1]
        node.notices = WebSocketNotices(
            f"ws://127.0.0.1:{port}", [STAKING, MARKETS], polling=AT_ONCE, reconnecting=AT_ONCE
        )
        return node

    async def _serve(self, socket):
        if not self.up:
            return
        self.socket = socket
        try:
            async for text in socket:
                request = json.loads(text)
                (program,) = request["params"][0]["mentions"]
                self.subscribed[program] = 100 + request["id"]
                answer = {"jsonrpc": "2.0", "id": request["id"], "result": self.subscribed[program]}
                await socket.send(json.dumps(answer))
        except ConnectionClosed:
            pass

    async def send(self, logs, *, slot, err=None):
        value = {"signature": "s", "err": err, "logs": logs}
        result = {"context": {"slot": slot}, "value": value}
        params = {"subscription": self.subscribed[MARKETS], "result": result}
        await self.socket.send(json.dumps({"jsonrpc": "2.0", "method": "logsNotification", "params": params}))

    async def tell(self, *events, slot):
        await self.send(logs_of(*events), slot=slot)

    async def drop(self):
        self.up = False
        await self.socket.close()

    async def restore(self):
        self.up = True

    async def close(self):
        await self.notices.close()
        self.server.close()
        await self.server.wait_closed()


@pytest.fixture(params=["memory", "websocket"])
async def case(request):
    made = InMemory() if request.param == "memory" else await Node.start()
    yield made
    await made.close()


@pytest.fixture
async def node():
    made = await Node.start()
    yield made
    await made.close()


async def woken(notices, kind):
    """Wait until the wake of one kind, past the timeouts of polling."""
    async with asyncio.timeout(30):
        while True:
            wake = await notices.wait(LONG)
            if wake.kind is kind:
                return wake


async def test_a_connect_asks_for_a_full_look(case):
    assert (await woken(case.notices, WakeKind.GAP)).events == ()


async def test_what_landed_is_named_with_its_program_and_slot(case):
    await woken(case.notices, WakeKind.GAP)
    await case.tell(closed("a"), closed("b"), slot=7)
    wake = await case.notices.wait(LONG)
    assert (wake.kind, wake.events) == (WakeKind.EVENTS, (closed("a"), closed("b")))
    assert (wake.programs, wake.slot) == ({MARKETS}, 7)


async def test_a_wake_is_given_once(case):
    await woken(case.notices, WakeKind.GAP)
    await case.tell(closed(), slot=7)
    await case.notices.wait(LONG)
    assert (await case.notices.wait(0)).kind is WakeKind.TIMEOUT


async def test_nothing_landed_is_a_timeout(case):
    await woken(case.notices, WakeKind.GAP)
    assert (await case.notices.wait(0)).kind is WakeKind.TIMEOUT


async def test_without_a_connection_the_reader_polls(case):
    await woken(case.notices, WakeKind.GAP)
    assert case.notices.connected
    await case.drop()
    await woken(case.notices, WakeKind.GAP)
    assert not case.notices.connected
    # A minute is asked for; polling ends the wait at once.
    assert (await case.notices.wait(LONG)).kind is WakeKind.TIMEOUT


async def test_a_reconnect_asks_for_a_full_look_and_notices_go_on(case):
    await woken(case.notices, WakeKind.GAP)
    await case.drop()
    await woken(case.notices, WakeKind.GAP)
    await case.restore()
    await woken(case.notices, WakeKind.GAP)
    await case.tell(closed(), slot=9)
    assert (await woken(case.notices, WakeKind.EVENTS)).events == (closed(),)


async def test_a_reader_far_behind_looks_at_everything():
    notices = MemoryNotices()
    await notices.wait(LONG)
    notices.tell(*[closed()] * MAX_HELD, slot=1)
    notices.tell(closed(), slot=2)
    wake = await notices.wait(LONG)
    assert (wake.kind, wake.events, wake.slot) == (WakeKind.GAP, (), 2)


async def test_without_a_url_the_reader_polls():
    async with WebSocketNotices(None, [MARKETS], polling=AT_ONCE) as notices:
        assert (await notices.wait(LONG)).kind is WakeKind.TIMEOUT


async def test_polling_slows_down_to_the_longest_pause():
    polling = Backoff(0.4, 5.0, draw=lambda low, high: high)
    assert [polling.pace(polls) for polls in range(1, 7)] == [0.4, 0.8, 1.6, 3.2, 5.0, 5.0]


async def test_logs_that_are_cut_make_a_gap(node):
    await woken(node.notices, WakeKind.GAP)
    await node.send(["Log truncated"], slot=3)
    wake = await node.notices.wait(LONG)
    assert (wake.kind, wake.programs, wake.slot) == (WakeKind.GAP, {MARKETS}, 3)


async def test_an_event_of_a_newer_program_wakes_the_reader(node):
    await woken(node.notices, WakeKind.GAP)
    logs = [f"Program {MARKETS} invoke [1]", "Program data: AAAAAAAAAAA=", f"Program {MARKETS} success"]
    await node.send(logs, slot=3)
    wake = await node.notices.wait(LONG)
    assert (wake.kind, wake.programs, wake.slot) == (WakeKind.EVENTS, {MARKETS}, 3)
    assert [type(event) for event in wake.events] == [UnknownEvent]


async def test_a_refused_transaction_wakes_nobody(node):
    await woken(node.notices, WakeKind.GAP)
    await node.send(logs_of(closed("a")), slot=3, err={"InstructionError": [0, "Custom"]})
    await node.send(logs_of(closed("b")), slot=4)
    assert (await node.notices.wait(LONG)).events == (closed("b"),)


@pytest.mark.parametrize("junk", ["nonsense", "[]", '{"method": "logsNotification"}'])
async def test_junk_from_the_node_is_a_drop(node, junk):
    await woken(node.notices, WakeKind.GAP)
    await node.socket.send(junk)
    await woken(node.notices, WakeKind.GAP)
    await woken(node.notices, WakeKind.GAP)


async def test_a_node_that_is_away_is_asked_for_less_and_less_often():
    failures = []

    class Recorded(Backoff):
        def __call__(self, count):
            failures.append(count)
            if len(failures) == 5:
                enough.set()
            return 0.001

    enough = asyncio.Event()
    server = await serve(ServerConnection.wait_closed, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    async with WebSocketNotices(f"ws://127.0.0.1:{port}", [MARKETS], reconnecting=Recorded(1, 1)):
        await enough.wait()
    assert failures[:5] == [1, 2, 3, 4, 5]
