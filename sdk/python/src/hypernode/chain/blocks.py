"""Blocks of a draw, read from several RPC endpoints and once for all jobs (docs/draw.md)."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import base58

from hypernode.chain.ports import Blocks
from hypernode.chain.rpc import Rpc, RpcRefused
from hypernode.domain.draw import Block, DrawIncomplete, Geometry, check_blocks
from hypernode.errors import ChainError, RpcUnavailable

# Answers of `getBlock` for a slot without a block.
_SKIPPED = (-32007, -32009)
# Blocks that are kept: those of some hours of draws.
KEPT_BLOCKS = 4_096
# Groups without a block that are passed over before a draw counts as unreadable: an outage of minutes.
MOST_EMPTY_GROUPS = 256


class BlocksDisagree(ChainError):
    """Two RPC endpoints prove different blocks for one draw: nothing may be signed."""


class RpcBlocks:
    """`Blocks` over JSON-RPC."""

    def __init__(self, rpc: Rpc) -> None:
        self._rpc = rpc

    async def finalized_slot(self) -> int:
        return int(await self._rpc.read("getSlot", {"commitment": "finalized"}))

    async def block(self, slot: int) -> Block | None:
        options = {
            "commitment": "finalized",
            "transactionDetails": "none",
            "rewards": False,
            "maxSupportedTransactionVersion": 0,
        }
        try:
            found = await self._rpc.read("getBlock", slot, options)
        except RpcRefused as refusal:
            if refusal.number in _SKIPPED:
                return None
            raise RpcUnavailable(f"block {slot}: {refusal}") from refusal
        if found is None:
            return None
        return Block(slot, int(found["parentSlot"]), base58.b58decode(found["blockhash"]))


class DrawBlocks:
    """Reads the blocks of draws. Each block is asked for once, however many jobs wait for it."""

    def __init__(self, sources: Sequence[Blocks]) -> None:
        self._sources = [_Kept(source) for source in sources]

    async def read(self, submitted_slot: int, geometry: Geometry) -> tuple[Block, ...] | None:
        """Return the blocks that decide a submission; None if they are not all finalized yet.

        Every endpoint is asked. One that cannot prove its blocks is passed over. Raises `BlocksDisagree` if
        two prove different ones, and the last fault, `RpcUnavailable` or `DrawIncomplete`, if none can.
        """
        asked = (_blocks_of(source, submitted_slot, geometry) for source in self._sources)
        answers = await asyncio.gather(*asked, return_exceptions=True)
        faults = [answer for answer in answers if isinstance(answer, BaseException)]
        passing = (ChainError, DrawIncomplete)
        for fault in faults:
            if not isinstance(fault, passing):
                raise fault
        found = {answer for answer in answers if isinstance(answer, tuple)}
        if len(found) > 1:
            raise BlocksDisagree(f"RPC endpoints differ about the blocks after slot {submitted_slot}")
        if found:
            return found.pop()
        if len(faults) == len(answers):
            raise faults[-1]
        return None


async def _blocks_of(source: "_Kept", submitted_slot: int, geometry: Geometry) -> tuple[Block, ...] | None:
    blocks: list[Block] = []
    group = geometry.first_group(submitted_slot)
    for _ in range(geometry.groups + MOST_EMPTY_GROUPS):
        first = group * geometry.slots
        if await source.finalized_slot(first + geometry.slots - 1) < first + geometry.slots - 1:
            return None
        for slot in range(first, first + geometry.slots):
            block = await source.block(slot)
            if block is not None:
                blocks.append(block)
                break
        if len(blocks) == geometry.groups:
            check_blocks(submitted_slot, blocks, geometry)
            return tuple(blocks)
        group += 1
    raise RpcUnavailable(f"no {geometry.groups} groups with a block after slot {submitted_slot}")


class _Kept:
    """One endpoint whose blocks are kept, the newest ones, and asked for once at a time."""

    def __init__(self, source: Blocks) -> None:
        self._source = source
        self._finalized = 0
        self._asking: asyncio.Task[int] | None = None
        self._blocks: OrderedDict[int, asyncio.Task[Block | None]] = OrderedDict()

    async def finalized_slot(self, wanted: int) -> int:
        """Return a finalized slot; the endpoint is asked only if `wanted` is not known to be finalized."""
        if self._finalized < wanted:
            if self._asking is None or self._asking.done():
                self._asking = asyncio.create_task(self._source.finalized_slot())
                self._asking.add_done_callback(_heard)
            self._finalized = max(self._finalized, await asyncio.shield(self._asking))
        return self._finalized

    async def block(self, slot: int) -> Block | None:
        task = self._blocks.get(slot)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._blocks[slot] = asyncio.create_task(self._source.block(slot))
            task.add_done_callback(_heard)
            while len(self._blocks) > KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        return await asyncio.shield(task)


def _heard(task: asyncio.Task[Any]) -> None:
    """Take note of a fault although every asker may have been cancelled."""
    if not task.cancelled():
        task.exception()
