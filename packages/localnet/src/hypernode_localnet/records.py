"""Stored form of a landed transaction, with errors as a Solana node writes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from solders.transaction_metadata import FailedTransactionMetadata, TransactionMetadata


@dataclass(frozen=True)
class TokenBalance:
    """Balance of one token account, at `index` of the transaction's account keys."""

    index: int
    mint: str
    owner: str
    program: str
    amount: int
    decimals: int


@dataclass(frozen=True)
class Record:
    """A landed transaction; balances by account key, before and after; `err` is None when it succeeded."""

    signature: str
    slot: int
    block_time: int
    wire: bytes
    keys: tuple[str, ...]
    loaded: tuple[int, int]
    err: Any
    fee: int
    logs: tuple[str, ...]
    units: int
    inner: tuple[Any, ...]
    return_data: Any
    balances: tuple[tuple[int, ...], tuple[int, ...]]
    tokens: tuple[tuple[TokenBalance, ...], tuple[TokenBalance, ...]]


def failure(result: FailedTransactionMetadata) -> Any:
    """Return the transaction error as a node writes it: a text, or {"InstructionError": [index, …]}."""
    return json.loads(result.to_json())["err"]


def metadata(result: TransactionMetadata | FailedTransactionMetadata) -> TransactionMetadata:
    return result.meta() if isinstance(result, FailedTransactionMetadata) else result
