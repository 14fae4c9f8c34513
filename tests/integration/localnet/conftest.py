"""A local chain on free ports with a clock that tests set, and a funded payer."""

from collections.abc import AsyncIterator

import pytest_asyncio
from solana.rpc.async_api import AsyncClient
from solders.keypair import Keypair
from solders.message import Message
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.system_program import TransferParams, transfer
from solders.transaction import Transaction, VersionedTransaction

from hypernode.domain.clock import ManualClock
from hypernode_localnet.service import Localnet, Options

SOL = 10**9


class Client:
    """The public Python client, unchanged, with a payer."""

    def __init__(self, net: Localnet, rpc: AsyncClient) -> None:
        self.net, self.rpc, self.payer = net, rpc, Keypair()

    async def transfer(self, to: Pubkey, lamports: int) -> VersionedTransaction:
        recent = (await self.rpc.get_latest_blockhash()).value.blockhash
        step = transfer(TransferParams(from_pubkey=self.payer.pubkey(), to_pubkey=to, lamports=lamports))
        message = Message.new_with_blockhash([step], self.payer.pubkey(), recent)
        return VersionedTransaction.from_legacy(Transaction([self.payer], message, recent))

    async def send(self, to: Pubkey, lamports: int) -> Signature:
        return (await self.rpc.send_transaction(await self.transfer(to, lamports))).value


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    async with Localnet(Options(slot_seconds=3600), ManualClock()) as net:
        rpc = AsyncClient(net.rpc_url)
        made = Client(net, rpc)
        await rpc.request_airdrop(made.payer.pubkey(), 100 * SOL)
        yield made
        await rpc.close()
