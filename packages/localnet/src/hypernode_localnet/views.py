"""Documents of a landed transaction as a Solana node returns them: status, transaction, error text."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import base58
from solders.message import Message, MessageV0, MessageV1
from solders.transaction import VersionedTransaction

from hypernode_localnet.errors import UNSUPPORTED_TRANSACTION_VERSION, RpcFault, invalid_params
from hypernode_localnet.records import Record, TokenBalance
from hypernode_localnet.tokens import amount_document

LEGACY = "legacy"
_WORDS = {
    "AlreadyProcessed": "This transaction has already been processed",
    "BlockhashNotFound": "Blockhash not found",
    "AccountNotFound": "Attempt to debit an account but found no record of a prior credit.",
    "InsufficientFundsForFee": "Insufficient funds for fee",
    "InvalidAccountForFee": "This account may not be used to pay transaction fees",
    "ProgramAccountNotFound": "Attempt to load a program that does not exist",
}


def error_text(err: Any) -> str:
    """Return a transaction error in the words of a Solana node."""
    if isinstance(err, str):
        return _WORDS.get(err, err)
    if isinstance(err, Mapping) and "InstructionError" in err:
        index, cause = err["InstructionError"]
        if isinstance(cause, Mapping) and "Custom" in cause:
            return f"Error processing Instruction {index}: custom program error: {cause['Custom']:#x}"
        return f"Error processing Instruction {index}: {cause}"
    if isinstance(err, Mapping) and "InsufficientFundsForRent" in err:
        index = err["InsufficientFundsForRent"]["account_index"]
        return f"Transaction results in an account ({index}) with insufficient funds for rent"
    return str(err)


def outcome(err: Any) -> dict[str, Any]:
    return {"Ok": None} if err is None else {"Err": err}


def status_document(record: Record) -> dict[str, Any]:
    return {
        "confirmationStatus": "finalized",
        "confirmations": None,
        "err": record.err,
        "slot": record.slot,
        "status": outcome(record.err),
    }


def transaction_document(record: Record, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return getTransaction's answer; an airdrop has no signed transaction."""
    encoding = options.get("encoding") or "json"
    transaction = VersionedTransaction.from_bytes(record.wire) if record.wire else None
    version: Any = 0 if transaction and isinstance(transaction.message, MessageV0) else LEGACY
    ceiling = options.get("maxSupportedTransactionVersion")
    if version != LEGACY and ceiling is None:
        raise RpcFault(
            UNSUPPORTED_TRANSACTION_VERSION,
            "Transaction version (0) is not supported by the requesting client. Please try the request again "
            'with the following configuration parameter: "maxSupportedTransactionVersion": 0',
        )
    document = {
        "blockTime": record.block_time,
        "meta": _meta(record),
        "slot": record.slot,
        "transaction": _transaction(record, transaction, encoding),
    }
    return document if ceiling is None else {**document, "version": version}


def _meta(record: Record) -> dict[str, Any]:
    static = len(record.keys) - sum(record.loaded)
    writable = record.keys[static : static + record.loaded[0]]
    before, after = record.tokens
    meta: dict[str, Any] = {
        "computeUnitsConsumed": record.units,
        "err": record.err,
        "fee": record.fee,
        "innerInstructions": list(record.inner),
        "loadedAddresses": {
            "readonly": list(record.keys[static + record.loaded[0] :]),
            "writable": list(writable),
        },
        "logMessages": list(record.logs),
        "postBalances": list(record.balances[1]),
        "postTokenBalances": [_token(entry) for entry in after],
        "preBalances": list(record.balances[0]),
        "preTokenBalances": [_token(entry) for entry in before],
        "rewards": [],
        "status": outcome(record.err),
    }
    return meta if record.return_data is None else {**meta, "returnData": record.return_data}


def _token(entry: TokenBalance) -> dict[str, Any]:
    return {
        "accountIndex": entry.index,
        "mint": entry.mint,
        "owner": entry.owner,
        "programId": entry.program,
        "uiTokenAmount": amount_document(entry.amount, entry.decimals),
    }


def _transaction(record: Record, transaction: VersionedTransaction | None, encoding: str) -> Any:
    if encoding == "base64":
        return [base64.b64encode(record.wire).decode(), "base64"]
    if encoding == "base58":
        return [base58.b58encode(record.wire).decode(), "base58"]
    if encoding not in ("json", "jsonParsed"):
        raise invalid_params(f"Invalid params: unknown variant `{encoding}`")
    if transaction is None:
        return {"signatures": [record.signature], "message": _unsigned(record, encoding)}
    signatures = [str(signature) for signature in transaction.signatures]
    return {"signatures": signatures, "message": _message(record, transaction.message, encoding)}


def _unsigned(record: Record, encoding: str) -> dict[str, Any]:
    keys = [
        {"pubkey": key, "signer": False, "writable": True, "source": "transaction"} for key in record.keys
    ]
    return {
        "accountKeys": keys if encoding == "jsonParsed" else list(record.keys),
        "header": _header(0, 0, 0),
        "instructions": [],
        "recentBlockhash": str(base58.b58encode(bytes(32)).decode()),
    }


def _message(record: Record, message: Message | MessageV0 | MessageV1, encoding: str) -> dict[str, Any]:
    header = message.header
    instructions = [
        {
            "programIdIndex": entry.program_id_index,
            "accounts": list(entry.accounts),
            "data": base58.b58encode(bytes(entry.data)).decode(),
            "stackHeight": 1,
        }
        for entry in message.instructions
    ]
    document: dict[str, Any] = {"recentBlockhash": str(message.recent_blockhash)}
    if encoding == "jsonParsed":
        return document | {
            "accountKeys": _parsed_keys(record, message),
            "instructions": [_by_name(record, entry) for entry in instructions],
        }
    document |= {
        "accountKeys": [str(key) for key in message.account_keys],
        "header": _header(
            header.num_required_signatures,
            header.num_readonly_signed_accounts,
            header.num_readonly_unsigned_accounts,
        ),
        "instructions": instructions,
    }
    if isinstance(message, MessageV0):
        document["addressTableLookups"] = [
            {
                "accountKey": str(lookup.account_key),
                "readonlyIndexes": list(lookup.readonly_indexes),
                "writableIndexes": list(lookup.writable_indexes),
            }
            for lookup in message.address_table_lookups
        ]
    return document


def _parsed_keys(record: Record, message: Message | MessageV0 | MessageV1) -> list[dict[str, Any]]:
    static = len(message.account_keys)
    signers = message.header.num_required_signatures
    return [
        {
            "pubkey": key,
            "signer": index < signers,
            "source": "transaction" if index < static else "lookupTable",
            "writable": _is_writable(message, index) if index < static else index < static + record.loaded[0],
        }
        for index, key in enumerate(record.keys)
    ]


def _is_writable(message: Message | MessageV0 | MessageV1, index: int) -> bool:
    """Return whether the message header makes a key writable."""
    header, keys = message.header, len(message.account_keys)
    signers = header.num_required_signatures
    if index < signers:
        return index < signers - header.num_readonly_signed_accounts
    return index < keys - header.num_readonly_unsigned_accounts


def _by_name(record: Record, entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "accounts": [record.keys[at] for at in entry["accounts"]],
        "data": entry["data"],
        "programId": record.keys[entry["programIdIndex"]],
        "stackHeight": entry["stackHeight"],
    }


def _header(signatures: int, readonly_signed: int, readonly_unsigned: int) -> dict[str, int]:
    return {
        "numReadonlySignedAccounts": readonly_signed,
        "numReadonlyUnsignedAccounts": readonly_unsigned,
        "numRequiredSignatures": signatures,
    }
