"""Blocks of the local chain: the public client reads them, and a restart changes none."""

from pathlib import Path

import pytest
from solana.rpc.async_api import AsyncClient
from solana.rpc.commitment import Finalized
from solana.rpc.core import RPCException
from solders.transaction_status import TransactionDetails

from hypernode.chain.blocks import DrawBlocks, RpcBlocks
from hypernode.chain.rpc import Rpc
from hypernode.domain.draw import LOCAL, MAINNET
from hypernode_localnet.service import Localnet, Options
from tests.integration.localnet.conftest import Client

NO_TRANSACTIONS = TransactionDetails.None_
NONE = {"transactionDetails": "none", "rewards": False}


async def block(net: Localnet, slot: int) -> dict[str, object]:
    rpc = Rpc.open(net.rpc_url)
    try:
        found: dict[str, object] = await rpc.call("getBlock", slot, NONE)
        return found
    finally:
        await rpc.close()


async def test_the_public_client_lists_blocks(client: Client) -> None:
    first = client.net.bank.slot
    client.net.bank.next_slot()
    client.net.bank.next_slot(3)
    listed = (await client.rpc.get_blocks(first, first + 10)).value
    assert listed == [first, first + 1, first + 4]
    assert (await client.rpc.get_first_available_block()).value <= first


async def test_a_block_names_its_parent_and_a_skipped_slot_has_none(client: Client) -> None:
    bank = client.net.bank
    first = bank.slot
    bank.next_slot(3)
    found = await block(client.net, bank.slot)
    assert (found["parentSlot"], found["previousBlockhash"]) == (first, bank.blockhash(first))
    assert found["blockHeight"] == bank.height(first) + 1
    with pytest.raises(RPCException, match="was skipped"):
        await client.rpc.get_block(first + 1, transaction_details=NO_TRANSACTIONS)
    with pytest.raises(RPCException, match="not available"):
        await client.rpc.get_block(bank.slot + 1, transaction_details=NO_TRANSACTIONS)


async def test_no_hash_is_known_before_its_slot(tmp_path: Path) -> None:
    """Or a worker would wait with its receipt until its job is not drawn."""
    options = Options(state=None, slot_seconds=3600)
    async with Localnet(options) as one, Localnet(options) as other:
        assert one.bank.blockhash(one.bank.slot) != other.bank.blockhash(other.bank.slot)


async def test_blocks_survive_a_restart(tmp_path: Path) -> None:
    options = Options(state=tmp_path, slot_seconds=3600)
    async with Localnet(options) as net:
        net.bank.next_slot(4)
        slot = net.bank.slot
        before = await block(net, slot)
    async with Localnet(options) as net:
        after = await block(net, slot)
    for name in ("blockhash", "parentSlot", "previousBlockhash", "blockHeight"):
        assert before[name] == after[name]


async def test_a_draw_is_read_from_the_local_chain(client: Client) -> None:
    bank, rpc = client.net.bank, Rpc.open(client.net.rpc_url)
    reader, submitted = DrawBlocks([RpcBlocks(rpc)]), bank.slot
    assert await reader.read(submitted, LOCAL) is None
    bank.next_slot()
    blocks = await reader.read(submitted, LOCAL)
    assert blocks is not None
    assert (blocks[0].slot, blocks[0].parent_slot) == (submitted + 1, submitted)
    bank.next_slot(9)
    for _ in range(40):
        bank.next_slot()
    drawn = await reader.read(submitted, MAINNET)
    assert drawn is not None
    assert len(drawn) == MAINNET.groups
    await rpc.close()


async def test_finalized_is_a_commitment_of_this_chain(client: Client) -> None:
    assert (await client.rpc.get_slot(Finalized)).value == client.net.bank.slot
    assert isinstance(client.rpc, AsyncClient)
