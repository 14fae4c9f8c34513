"""Layouts of mints and token accounts, and their JSON documents as a Solana node returns them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

TOKEN_PROGRAM = Pubkey.from_string("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA")
TOKEN_2022_PROGRAM = Pubkey.from_string("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb")
TOKEN_PROGRAMS = {TOKEN_PROGRAM: "spl-token", TOKEN_2022_PROGRAM: "spl-token-2022"}

MINT_BYTES = 82
TOKEN_ACCOUNT_BYTES = 165
_STATES = {1: "initialized", 2: "frozen"}


@dataclass(frozen=True)
class TokenAccount:
    mint: Pubkey
    owner: Pubkey
    amount: int
    state: str
    is_native: bool
    delegate: Pubkey | None
    delegated_amount: int
    close_authority: Pubkey | None


@dataclass(frozen=True)
class Mint:
    supply: int
    decimals: int
    initialized: bool
    mint_authority: Pubkey | None
    freeze_authority: Pubkey | None


def read_token_account(data: bytes) -> TokenAccount | None:
    """Return the token account in `data`, or None when it holds none, such as a mint."""
    if len(data) < TOKEN_ACCOUNT_BYTES or data[108] not in _STATES:
        return None
    return TokenAccount(
        mint=Pubkey(data[0:32]),
        owner=Pubkey(data[32:64]),
        amount=int.from_bytes(data[64:72], "little"),
        delegate=_option(data, 72),
        state=_STATES[data[108]],
        is_native=data[109] == 1,
        delegated_amount=int.from_bytes(data[121:129], "little"),
        close_authority=_option(data, 129),
    )


def read_mint(data: bytes) -> Mint:
    return Mint(
        mint_authority=_option(data, 0),
        supply=int.from_bytes(data[36:44], "little"),
        decimals=data[44],
        initialized=data[45] == 1,
        freeze_authority=_option(data, 46),
    )


def amount_document(amount: int, decimals: int) -> dict[str, Any]:
    """Return the document of an amount: exact texts, and a float for display."""
    digits = str(amount).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}".rstrip("0").rstrip(".") if decimals else digits
    return {
        "amount": str(amount),
        "decimals": decimals,
        "uiAmount": amount / 10**decimals,
        "uiAmountString": text,
    }


def parsed(account: Account, decimals: int | None) -> dict[str, Any] | None:
    """Return the jsonParsed form of a mint or token account; None for anything else."""
    program = TOKEN_PROGRAMS.get(account.owner)
    data = bytes(account.data)
    if program is None:
        return None
    token = read_token_account(data)
    if token is not None and decimals is not None:
        info: dict[str, Any] = {
            "isNative": token.is_native,
            "mint": str(token.mint),
            "owner": str(token.owner),
            "state": token.state,
            "tokenAmount": amount_document(token.amount, decimals),
        }
        if token.delegate is not None:
            info["delegate"] = str(token.delegate)
            info["delegatedAmount"] = amount_document(token.delegated_amount, decimals)
        if token.close_authority is not None:
            info["closeAuthority"] = str(token.close_authority)
        return _program_document(program, "account", info, len(data))
    if len(data) == MINT_BYTES:
        mint = read_mint(data)
        info = {
            "decimals": mint.decimals,
            "freezeAuthority": _text(mint.freeze_authority),
            "isInitialized": mint.initialized,
            "mintAuthority": _text(mint.mint_authority),
            "supply": str(mint.supply),
        }
        return _program_document(program, "mint", info, len(data))
    return None


def _program_document(program: str, kind: str, info: dict[str, Any], space: int) -> dict[str, Any]:
    return {"program": program, "parsed": {"type": kind, "info": info}, "space": space}


def _option(data: bytes, at: int) -> Pubkey | None:
    return Pubkey(data[at + 4 : at + 36]) if data[at] == 1 else None


def _text(key: Pubkey | None) -> str | None:
    return None if key is None else str(key)
