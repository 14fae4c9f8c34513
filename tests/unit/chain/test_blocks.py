"""Blocks of draws: read once for all jobs, from endpoints that may lag, prune or lie."""

import asyncio

import pytest

from hypernode.chain.blocks import BlocksDisagree, DrawBlocks
from hypernode.chain.lite import LiteBlocks, LiteVm
from hypernode.domain.draw import LOCAL, MAINNET, Block, DrawIncomplete, Geometry
from hypernode.errors import RpcUnavailable

SUBMITTED = 1_000
# Groups 252 to 259: eight slots after the submission, four slots each.
FIRST, LAST = 1_008, 1_039


class Endpoint(LiteBlocks):
    """A chain at any height, whose blocks a test leaves out, prunes or changes, and whose calls it counts."""

    def __init__(self, height: int = LAST, secret: bytes = b"") -> None:
        super().__init__(LiteVm(), secret)
        self.height = height
        self.pruned: set[int] = set()
        self.hidden: set[int] = set()
        self.asked: list[int] = []

    async def finalized_slot(self) -> int:
        await asyncio.sleep(0)
        return self.height

    async def block(self, slot: int) -> Block | None:
        self.asked.append(slot)
        await asyncio.sleep(0)
        if slot in self.pruned:
            raise RpcUnavailable(f"block {slot} was pruned")
        return None if slot in self.hidden else await super().block(slot)


async def test_the_first_block_of_each_group_is_read() -> None:
    blocks = await DrawBlocks([Endpoint()]).read(SUBMITTED, MAINNET)
    assert blocks is not None
    assert [block.slot for block in blocks] == list(range(FIRST, LAST, 4))


async def test_a_local_chain_needs_the_next_slot_alone() -> None:
    endpoint = Endpoint(height=SUBMITTED)
    reader = DrawBlocks([endpoint])
    assert await reader.read(SUBMITTED, LOCAL) is None
    endpoint.height += 1
    blocks = await reader.read(SUBMITTED, LOCAL)
    assert blocks is not None
    assert [block.slot for block in blocks] == [SUBMITTED + 1]


async def test_a_draw_waits_until_its_last_group_is_finalized() -> None:
    endpoint = Endpoint(height=LAST - 1)
    reader = DrawBlocks([endpoint])
    assert await reader.read(SUBMITTED, MAINNET) is None
    endpoint.height = LAST
    assert await reader.read(SUBMITTED, MAINNET) is not None


async def test_skipped_slots_and_whole_groups_are_passed_over() -> None:
    endpoint = Endpoint(height=LAST + 4)
    endpoint.skipped = {FIRST, FIRST + 1, *range(FIRST + 8, FIRST + 12)}
    blocks = await DrawBlocks([endpoint]).read(SUBMITTED, MAINNET)
    assert blocks is not None
    assert [block.slot for block in blocks][:3] == [FIRST + 2, FIRST + 4, FIRST + 12]


async def test_blocks_are_read_once_for_all_jobs() -> None:
    endpoint = Endpoint()
    reader = DrawBlocks([endpoint])
    found = await asyncio.gather(*(reader.read(SUBMITTED - job % 4, MAINNET) for job in range(50)))
    assert None not in found
    assert len(endpoint.asked) == len(set(endpoint.asked)) == MAINNET.groups


async def test_an_endpoint_that_leaves_out_a_block_proves_nothing() -> None:
    """The next block names the one that was left out as its parent."""
    liar, honest = Endpoint(), Endpoint()
    liar.hidden = {FIRST}
    with pytest.raises(DrawIncomplete):
        await DrawBlocks([liar]).read(SUBMITTED, MAINNET)
    assert await DrawBlocks([liar, honest]).read(SUBMITTED, MAINNET) == await DrawBlocks([honest]).read(
        SUBMITTED, MAINNET
    )


async def test_a_pruned_block_is_asked_of_another_endpoint() -> None:
    pruned, whole = Endpoint(), Endpoint()
    pruned.pruned = {FIRST + 4}
    with pytest.raises(RpcUnavailable):
        await DrawBlocks([pruned]).read(SUBMITTED, MAINNET)
    assert await DrawBlocks([pruned, whole]).read(SUBMITTED, MAINNET) is not None


async def test_a_block_that_could_not_be_read_is_asked_for_again() -> None:
    endpoint = Endpoint()
    endpoint.pruned = {FIRST}
    reader = DrawBlocks([endpoint])
    with pytest.raises(RpcUnavailable):
        await reader.read(SUBMITTED, MAINNET)
    endpoint.pruned.clear()
    assert await reader.read(SUBMITTED, MAINNET) is not None


async def test_two_endpoints_that_differ_decide_nothing() -> None:
    with pytest.raises(BlocksDisagree):
        await DrawBlocks([Endpoint(), Endpoint(secret=b"fork")]).read(SUBMITTED, MAINNET)


async def test_an_endpoint_that_lags_does_not_hold_up_the_others() -> None:
    found = await DrawBlocks([Endpoint(height=SUBMITTED), Endpoint()]).read(SUBMITTED, MAINNET)
    assert found is not None


async def test_a_chain_without_blocks_is_a_passing_fault() -> None:
    endpoint = Endpoint(height=10**9)
    endpoint.hidden = set(range(FIRST, FIRST + 4 * 300))
    with pytest.raises(RpcUnavailable):
        await DrawBlocks([endpoint]).read(SUBMITTED, Geometry(8, 4, 8))
