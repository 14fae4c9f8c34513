"""Encoding of accounts and parsing of parameters, with the error texts of a Solana node."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import base58
from solders.account import Account
from solders.litesvm import LiteSVM
from solders.pubkey import Pubkey

from hypernode_localnet.errors import INVALID_REQUEST, RpcFault, invalid_params
from hypernode_localnet.tokens import parsed, read_mint, read_token_account

# Base58 takes quadratic time, so a node encodes only small accounts with it.
MAX_BASE58_BYTES = 128
# Rent epoch of a rent-exempt account.
RENT_EXEMPT_EPOCH = 2**64 - 1


def pubkey(text: Any) -> Pubkey:
    try:
        return Pubkey.from_string(text)
    except (TypeError, ValueError):
        raise invalid_params("Invalid param: Invalid") from None


def config(params: list[Any], index: int) -> Mapping[str, Any]:
    """Return the options object at a position; an absent or null one is empty."""
    value = params[index] if len(params) > index else None
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise invalid_params(f"Invalid params: invalid type: {value!r}, expected an object.")
    return value


def wire(text: Any, encoding: str) -> bytes:
    """Return the bytes of an encoded transaction."""
    if not isinstance(text, str):
        raise invalid_params("Invalid params: invalid type, expected a string.")
    try:
        if encoding == "base64":
            return base64.b64decode(text, validate=True)
        if encoding == "base58":
            return base58.b58decode(text)
    except (binascii.Error, ValueError) as cause:
        raise invalid_params(f"invalid {encoding} encoding: {cause}") from None
    raise invalid_params(f"unsupported encoding: {encoding}. Supported encodings: base58, base64")


def sliced(data: bytes, part: Mapping[str, Any] | None) -> bytes:
    if part is None:
        return data
    offset, length = int(part["offset"]), int(part["length"])
    return data[offset : offset + length]


def account_document(vm: LiteSVM, account: Account, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return an account's document in the requested encoding; jsonParsed falls back to base64."""
    encoding = options.get("encoding") or "binary"
    data = bytes(account.data)
    return {
        "data": _data(vm, account, data, encoding, options.get("dataSlice")),
        "executable": account.executable,
        "lamports": account.lamports,
        "owner": str(account.owner),
        "rentEpoch": RENT_EXEMPT_EPOCH,
        "space": len(data),
    }


def _data(vm: LiteSVM, account: Account, data: bytes, encoding: str, part: Mapping[str, Any] | None) -> Any:
    if encoding == "jsonParsed":
        document = parsed(account, _decimals(vm, data))
        if document is not None:
            return document
        encoding = "base64"
    shown = sliced(data, part)
    if encoding == "base64":
        return [base64.b64encode(shown).decode(), "base64"]
    if encoding in ("base58", "binary"):
        if len(shown) > MAX_BASE58_BYTES:
            raise RpcFault(
                INVALID_REQUEST,
                "Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding.",
            )
        text = base58.b58encode(shown).decode()
        return text if encoding == "binary" else [text, "base58"]
    raise invalid_params(
        f"Invalid params: unknown variant `{encoding}`, expected one of "
        "`binary`, `base58`, `base64`, `jsonParsed`."
    )


def _decimals(vm: LiteSVM, data: bytes) -> int | None:
    token = read_token_account(data)
    mint = None if token is None else vm.get_account(token.mint)
    return None if mint is None else read_mint(bytes(mint.data)).decimals


def passes(account: Account, entry: Mapping[str, Any]) -> bool:
    """Return whether an account passes one getProgramAccounts filter."""
    data = bytes(account.data)
    if "dataSize" in entry:
        return len(data) == int(entry["dataSize"])
    if "memcmp" in entry:
        compare = entry["memcmp"]
        wanted = memcmp_bytes(compare)
        offset = compare["offset"]
        if not isinstance(offset, int) or offset < 0:
            raise invalid_params(f"Invalid params: invalid value: {offset!r}, expected usize.")
        return offset <= len(data) and data[offset : offset + len(wanted)] == wanted
    if "tokenAccountState" in entry:
        return read_token_account(data) is not None
    raise invalid_params("Invalid params: unknown filter, expected `memcmp` or `dataSize`.")


def memcmp_bytes(compare: Mapping[str, Any]) -> bytes:
    value, encoding = compare["bytes"], compare.get("encoding", "base58")
    if isinstance(value, list):
        return bytes(value)
    return wire(value, encoding)
