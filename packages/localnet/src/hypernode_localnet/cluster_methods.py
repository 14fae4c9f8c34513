"""RPC methods about the chain (identity, slots, hashes, time), and methods that move its clock."""

from __future__ import annotations

import base64
from typing import Any

import base58
from solders.message import from_bytes_versioned

from hypernode_localnet.bank import BLOCKHASH_SLOTS, LAMPORTS_PER_SIGNATURE, Bank
from hypernode_localnet.errors import invalid_params
from hypernode_localnet.methods import API_VERSION, Methods, with_context

SLOTS_PER_EPOCH = 432_000

cluster = Methods()


@cluster.method("getHealth")
def get_health(bank: Bank, params: list[Any]) -> str:
    return "ok"


@cluster.method("getVersion")
def get_version(bank: Bank, params: list[Any]) -> dict[str, Any]:
    return {"feature-set": 0, "solana-core": API_VERSION}


@cluster.method("getGenesisHash")
def get_genesis_hash(bank: Bank, params: list[Any]) -> str:
    return base58.b58encode(bank.genesis).decode()


@cluster.method("getSlot")
def get_slot(bank: Bank, params: list[Any]) -> int:
    return bank.slot


@cluster.method("getBlockHeight")
def get_block_height(bank: Bank, params: list[Any]) -> int:
    return bank.height(bank.slot)


@cluster.method("getBlockTime", required=1)
def get_block_time(bank: Bank, params: list[Any]) -> int:
    """Return the chain's time for every past slot, because blocks are not stored."""
    if not isinstance(params[0], int) or params[0] > bank.slot:
        raise invalid_params(f"Block not available for slot {params[0]}")
    return bank.time.now()


@cluster.method("getEpochInfo")
def get_epoch_info(bank: Bank, params: list[Any]) -> dict[str, Any]:
    return {
        "absoluteSlot": bank.slot,
        "blockHeight": bank.height(bank.slot),
        "epoch": bank.slot // SLOTS_PER_EPOCH,
        "slotIndex": bank.slot % SLOTS_PER_EPOCH,
        "slotsInEpoch": SLOTS_PER_EPOCH,
        "transactionCount": bank.transaction_count(),
    }


@cluster.method("getTransactionCount")
def get_transaction_count(bank: Bank, params: list[Any]) -> int:
    return bank.transaction_count()


@cluster.method("getLatestBlockhash")
def get_latest_blockhash(bank: Bank, params: list[Any]) -> dict[str, Any]:
    height = bank.height(bank.slot) + BLOCKHASH_SLOTS
    return with_context(bank, {"blockhash": bank.blockhash(), "lastValidBlockHeight": height})


@cluster.method("isBlockhashValid", required=1)
def is_blockhash_valid(bank: Bank, params: list[Any]) -> dict[str, Any]:
    return with_context(bank, bank.hash_age(params[0]) is not None)


@cluster.method("getFeeForMessage", required=1)
def get_fee_for_message(bank: Bank, params: list[Any]) -> dict[str, Any]:
    try:
        message = from_bytes_versioned(base64.b64decode(params[0], validate=True))
    except Exception as cause:
        raise invalid_params(f"Invalid params: {cause}") from cause
    if bank.hash_age(str(message.recent_blockhash)) is None:
        return with_context(bank, None)
    return with_context(bank, message.header.num_required_signatures * LAMPORTS_PER_SIGNATURE)


@cluster.method("getMinimumBalanceForRentExemption", required=1)
def get_minimum_balance(bank: Bank, params: list[Any]) -> int:
    return bank.vm.minimum_balance_for_rent_exemption(int(params[0]))


@cluster.method("getRecentPrioritizationFees")
def get_recent_prioritization_fees(bank: Bank, params: list[Any]) -> list[dict[str, int]]:
    return [{"slot": bank.slot, "prioritizationFee": 0}]


@cluster.method("hypernode_clock")
def get_clock(bank: Bank, params: list[Any]) -> dict[str, int]:
    """Return the chain's slot and time, and the offset in seconds; only this chain has the method."""
    return _clock(bank)


def _clock(bank: Bank) -> dict[str, int]:
    return {"slot": bank.slot, "unixTimestamp": bank.time.now(), "offset": bank.time.offset}


@cluster.method("hypernode_setTime", required=1)
def set_time(bank: Bank, params: list[Any]) -> dict[str, int]:
    """Move the chain's time forward to unix seconds; only this chain has the method."""
    bank.set_time(int(params[0]))
    return _clock(bank)


@cluster.method("hypernode_advanceTime", required=1)
def advance_time(bank: Bank, params: list[Any]) -> dict[str, int]:
    """Move the chain's time forward by seconds; only this chain has the method."""
    bank.advance(int(params[0]))
    return _clock(bank)


@cluster.method("hypernode_advanceSlots", required=1)
def advance_slots(bank: Bank, params: list[Any]) -> dict[str, int]:
    """Skip slots, so that older block hashes expire; only this chain has the method."""
    if int(params[0]) < 1:
        raise invalid_params("Invalid params: at least one slot")
    bank.next_slot(int(params[0]))
    return _clock(bank)
