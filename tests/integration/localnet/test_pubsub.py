"""What a listener is told of a closed account, and what happens to one that reads too slowly."""

import asyncio
import json
from typing import Any

from solana.rpc.websocket_api import SolanaWsClient
from solders.keypair import Keypair
from solders.system_program import TransferParams, transfer
from solders.transaction import Transaction

from hypernode_localnet.pubsub import TOO_SLOW, Hub, Outbox, Subscriber
from tests.integration.localnet.conftest import SOL, Client


async def test_a_closed_account_is_told_with_no_lamports(client: Client) -> None:
    closing = Keypair()
    await client.send(closing.pubkey(), SOL)
    async with SolanaWsClient(client.net.ws_url) as socket:
        await socket.account_subscribe(pubkey=closing.pubkey())
        everything = transfer(
            TransferParams(from_pubkey=closing.pubkey(), to_pubkey=client.payer.pubkey(), lamports=SOL)
        )
        recent = (await client.rpc.get_latest_blockhash()).value.blockhash
        signers = [client.payer, closing]
        sending = Transaction.new_signed_with_payer([everything], client.payer.pubkey(), signers, recent)
        await client.rpc.send_transaction(sending)  # type: ignore[arg-type]
        notice: Any = await socket.recv()
    assert (notice.result.value.lamports, notice.result.value.data) == (0, b"")


class StuckSocket:
    """A client that subscribes to slots and then reads nothing."""

    def __init__(self) -> None:
        self.requests = [json.dumps({"jsonrpc": "2.0", "id": 1, "method": "slotSubscribe"})]
        self.closed: list[Any] = []

    async def accept(self) -> None:
        return None

    async def receive_text(self) -> str:
        if not self.requests:
            await asyncio.Event().wait()
        return self.requests.pop()

    async def send_text(self, text: str) -> None:
        await asyncio.Event().wait()

    async def close(self, *reason: Any) -> None:
        self.closed.append(reason)


async def test_a_listener_too_far_behind_loses_its_connection(client: Client) -> None:
    bank, socket = client.net.bank, StuckSocket()
    hub = Hub(bank)
    subscriber = Subscriber(hub, socket)  # type: ignore[arg-type]
    subscriber._queue = Outbox(3)
    running = asyncio.create_task(subscriber.run())
    while not running.done():
        await asyncio.sleep(0)
        bank.next_slot()
    await running
    assert socket.closed == [(TOO_SLOW, "too far behind")]
    assert not hub.unsubscribe(1)
