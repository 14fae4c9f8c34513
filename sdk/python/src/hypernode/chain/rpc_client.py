"""`ChainPort` over a node's JSON-RPC."""

import asyncio
import time
from collections.abc import Sequence
from typing import Self

import base58

from hypernode.chain.history import RpcHistory
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.ports import MARKETS, ChainEvent, ChainTransaction
from hypernode.chain.reading import ChainReader
from hypernode.chain.rpc import Blockhash, Rpc
from hypernode.chain.sending import Sender, SentBefore
from hypernode.chain.transactions import Draft
from hypernode.domain.types import Address
from hypernode.errors import ConfigError

# A slot takes 400 ms; a cluster without a new block for this long is down.
NEXT_SECONDS = 30.0
# Transactions share a block hash for this time: it is valid for a minute, and asking for one is a call.
SHARED_SECONDS = 10.0
# A slot takes 400 ms: looking more often finds no other block hash.
SLOT_SECONDS = 0.4


class RpcClient(ChainReader):
    """Read and write one cluster. Use `async with await RpcClient.connect(url)`, or call `close`."""

    def __init__(self, rpc: Rpc, genesis_hash: bytes, ws_url: str | None = None) -> None:
        super().__init__(rpc)
        self.ws_url = ws_url
        self._rpc = rpc
        self._genesis_hash = genesis_hash
        self._sender = Sender(rpc)
        self._history = RpcHistory(rpc)
        self._shared: tuple[Blockhash, float] | None = None

    @classmethod
    async def connect(cls, rpc_url: str, ws_url: str | None = None) -> "RpcClient":
        """Connect to a node, and learn which cluster it belongs to."""
        rpc = Rpc.open(rpc_url)
        try:
            genesis_hash = base58.b58decode(await rpc.genesis_hash())
        except BaseException:
            await rpc.close()
            raise
        return cls(rpc, genesis_hash, ws_url)

    async def genesis_hash(self) -> bytes:
        return self._genesis_hash

    async def balance(self, address: Address) -> int:
        return await self._rpc.balance(address)

    async def send(
        self, instructions: Sequence[Instruction], signers: Sequence[Key], payer: Key | None = None
    ) -> str:
        payer, recent = payer or first_signer(signers), await self._recent()
        while True:
            draft = Draft.build(instructions, [payer, *signers], payer.address, recent.hash)
            try:
                return await self._sender.send(draft, recent.last_valid_block_height, new=True)
            except SentBefore:
                # The caller wants a second transaction; with the same block hash both have the same bytes.
                recent = await self._next_blockhash(recent)

    async def _recent(self) -> Blockhash:
        """Return a block hash that is at most 10 s old."""
        now = time.monotonic()
        if self._shared is None or now >= self._shared[1] + SHARED_SECONDS:
            self._shared = await self._rpc.latest_blockhash(), now
        return self._shared[0]

    async def _next_blockhash(self, last: Blockhash) -> Blockhash:
        """Wait for the next slot, which brings another block hash."""
        async with asyncio.timeout(NEXT_SECONDS):
            while True:
                self._shared = None
                recent = await self._recent()
                if recent.hash != last.hash:
                    return recent
                await asyncio.sleep(SLOT_SECONDS)

    async def prepare(
        self, instructions: Sequence[Instruction], signers: Sequence[Key], payer: Address
    ) -> str:
        recent = await self._recent()
        return Draft.build(instructions, signers, payer, recent.hash).encode()

    async def submit(self, transaction: str) -> str:
        return await self._sender.send(Draft.decode(transaction))

    async def transactions_since(
        self, signature: str | None = None, limit: int | None = None, program: Address = MARKETS
    ) -> list[ChainTransaction]:
        return await self._history.since(program, signature, limit)

    async def events_since(
        self, signature: str | None = None, limit: int | None = None, program: Address = MARKETS
    ) -> list[ChainEvent]:
        transactions = await self.transactions_since(signature, limit, program)
        return [event for transaction in transactions for event in transaction.events]

    async def events_of(self, account: Address, program: Address = MARKETS) -> list[ChainEvent]:
        transactions = await self._history.of(account, program)
        return [event for transaction in transactions for event in transaction.events]

    async def close(self) -> None:
        await self._rpc.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def first_signer(signers: Sequence[Key]) -> Key:
    if not signers:
        raise ConfigError("a transaction needs a key that pays its fee")
    return signers[0]
