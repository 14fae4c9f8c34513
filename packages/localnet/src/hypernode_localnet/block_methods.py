"""RPC methods about blocks. A slot has a block unless it was skipped; blocks are never pruned."""

from __future__ import annotations

from typing import Any

from hypernode_localnet.bank import Bank
from hypernode_localnet.errors import BLOCK_NOT_AVAILABLE, SLOT_SKIPPED, RpcFault, invalid_params
from hypernode_localnet.journal import FIRST_SLOT
from hypernode_localnet.methods import Methods

# Most slots that one call of `getBlocks` spans.
MOST_SLOTS = 500_000

blocks = Methods()


@blocks.method("getFirstAvailableBlock")
def get_first_available_block(bank: Bank, params: list[Any]) -> int:
    return FIRST_SLOT


@blocks.method("getBlocks", required=1)
def get_blocks(bank: Bank, params: list[Any]) -> list[int]:
    """Return the slots with a block from the first to the last one, both included."""
    first = _slot(params[0])
    asked = params[1] if len(params) > 1 and not isinstance(params[1], dict) else None
    last = bank.slot if asked is None else min(_slot(asked), bank.slot)
    return _between(bank, first, last)


@blocks.method("getBlocksWithLimit", required=2)
def get_blocks_with_limit(bank: Bank, params: list[Any]) -> list[int]:
    first, limit = _slot(params[0]), _slot(params[1])
    if limit > MOST_SLOTS:
        raise invalid_params(f"Limit too large; max {MOST_SLOTS}")
    return _between(bank, first, min(bank.slot, first + MOST_SLOTS))[:limit]


@blocks.method("getBlock", required=1)
def get_block(bank: Bank, params: list[Any]) -> dict[str, Any]:
    """Return a block's hash and parent, without its transactions."""
    slot = _slot(params[0])
    options = params[1] if len(params) > 1 and isinstance(params[1], dict) else {}
    if options.get("transactionDetails", "full") != "none":
        raise invalid_params("this chain has blocks without transactions; expected transactionDetails none")
    if slot > bank.slot:
        raise RpcFault(BLOCK_NOT_AVAILABLE, f"Block not available for slot {slot}")
    if slot < FIRST_SLOT or bank.is_skipped(slot):
        raise RpcFault(
            SLOT_SKIPPED, f"Slot {slot} was skipped, or missing due to ledger jump to recent snapshot"
        )
    parent = bank.parent(slot)
    block = {
        "blockhash": bank.blockhash(slot),
        "previousBlockhash": bank.blockhash(parent),
        "parentSlot": parent,
        "blockTime": bank.time.now(),
        "blockHeight": bank.height(slot),
    }
    return block if options.get("rewards") is False else {**block, "rewards": []}


def _between(bank: Bank, first: int, last: int) -> list[int]:
    if last - first > MOST_SLOTS:
        raise invalid_params(f"Slot range too large; max {MOST_SLOTS}")
    return [slot for slot in range(max(first, FIRST_SLOT), last + 1) if not bank.is_skipped(slot)]


def _slot(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise invalid_params(f"Invalid params: invalid type: {value!r}, expected u64.")
    return value
