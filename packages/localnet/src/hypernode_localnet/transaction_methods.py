"""RPC methods that send, simulate and look up transactions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from solders.transaction_metadata import FailedTransactionMetadata

from hypernode_localnet import encoding
from hypernode_localnet.bank import Bank
from hypernode_localnet.errors import (
    PREFLIGHT_FAILURE,
    SIGNATURE_VERIFICATION_FAILURE,
    RpcFault,
    invalid_params,
)
from hypernode_localnet.journal import FIRST_SLOT
from hypernode_localnet.methods import Methods, with_context
from hypernode_localnet.records import Record, failure, metadata
from hypernode_localnet.views import error_text, status_document, transaction_document

# Longest base64 and base58 text of one packet.
MAX_ENCODED = {"base64": 1_644, "base58": 1_683}
MAX_SIGNATURES = 256
MAX_HISTORY = 1_000

transactions = Methods()


@transactions.method("sendTransaction", required=1)
def send_transaction(bank: Bank, params: list[Any]) -> str:
    options = encoding.config(params, 1)
    wire = _wire(params[0], options)
    transaction = bank.read(wire)
    signature = str(transaction.signatures[0])
    if not bank.verifies(transaction):
        raise RpcFault(SIGNATURE_VERIFICATION_FAILURE, "Transaction signature verification failure")
    refusal = bank.refusal(transaction)
    preflight = not options.get("skipPreflight", False)
    if refusal == "AlreadyProcessed" and not preflight:
        return signature
    if refusal is not None:
        if preflight:
            raise _preflight_fault(refusal, (), 0)
        return signature
    if preflight:
        result = bank.simulate(transaction)
        if isinstance(result, FailedTransactionMetadata):
            meta = metadata(result)
            raise _preflight_fault(failure(result), meta.logs(), meta.compute_units_consumed())
    bank.execute(transaction, wire)
    return signature


@transactions.method("simulateTransaction", required=1)
def simulate_transaction(bank: Bank, params: list[Any]) -> dict[str, Any]:
    options = encoding.config(params, 1)
    transaction = bank.read(_wire(params[0], options))
    if options.get("replaceRecentBlockhash"):
        if options.get("sigVerify"):
            raise invalid_params("sigVerify may not be used with replaceRecentBlockhash")
    elif bank.hash_age(str(transaction.message.recent_blockhash)) is None:
        return with_context(bank, _simulated("BlockhashNotFound", [], 0))
    if options.get("sigVerify") and not bank.verifies(transaction):
        raise RpcFault(SIGNATURE_VERIFICATION_FAILURE, "Transaction signature verification failure")
    result = bank.simulate(transaction)
    meta = metadata(result) if isinstance(result, FailedTransactionMetadata) else result.meta()
    err = failure(result) if isinstance(result, FailedTransactionMetadata) else None
    document = _simulated(err, list(meta.logs()), meta.compute_units_consumed())
    if err is None and options.get("replaceRecentBlockhash"):
        height = bank.slot - FIRST_SLOT + 150
        document["replacementBlockhash"] = {"blockhash": bank.blockhash(), "lastValidBlockHeight": height}
    asked = options.get("accounts")
    if asked is not None:
        document["accounts"] = _simulated_accounts(bank, result, asked)
    return with_context(bank, document)


@transactions.method("requestAirdrop", required=2)
def request_airdrop(bank: Bank, params: list[Any]) -> str:
    return bank.airdrop(encoding.pubkey(params[0]), int(params[1]))


@transactions.method("getSignatureStatuses", required=1)
def get_signature_statuses(bank: Bank, params: list[Any]) -> dict[str, Any]:
    if len(params[0]) > MAX_SIGNATURES:
        raise invalid_params(f"Too many inputs provided; max {MAX_SIGNATURES}")
    found = (bank.record(signature) for signature in params[0])
    return with_context(bank, [None if record is None else status_document(record) for record in found])


@transactions.method("getTransaction", required=1)
def get_transaction(bank: Bank, params: list[Any]) -> dict[str, Any] | None:
    options = params[1] if len(params) > 1 and isinstance(params[1], str) else encoding.config(params, 1)
    if isinstance(options, str):
        options = {"encoding": options}
    record = bank.record(params[0])
    return None if record is None else transaction_document(record, options)


@transactions.method("getSignaturesForAddress", required=1)
def get_signatures_for_address(bank: Bank, params: list[Any]) -> list[dict[str, Any]]:
    options = encoding.config(params, 1)
    asked = options.get("limit")
    limit = MAX_HISTORY if asked is None else int(asked)
    if not 1 <= limit <= MAX_HISTORY:
        raise invalid_params(f"Invalid limit; max {MAX_HISTORY}")
    address = str(encoding.pubkey(params[0]))
    found = bank.signatures(address, options.get("before"), options.get("until"), limit)
    return [_history(record) for record in found]


def _wire(text: Any, options: Mapping[str, Any]) -> bytes:
    kind = options.get("encoding") or "base58"
    limit = MAX_ENCODED.get(kind)
    if limit is not None and isinstance(text, str) and len(text) > limit:
        raise invalid_params(
            f"{kind} encoded solana_transaction::versioned::VersionedTransaction too large: "
            f"{len(text)} bytes (max: encoded/raw {limit}/1232)"
        )
    return encoding.wire(text, kind)


def _preflight_fault(err: Any, logs: Any, units: int) -> RpcFault:
    data = {**_simulated(err, list(logs), units)}
    return RpcFault(PREFLIGHT_FAILURE, f"Transaction simulation failed: {error_text(err)}", data)


def _simulated(err: Any, logs: list[str], units: int) -> dict[str, Any]:
    return {
        "accounts": None,
        "err": err,
        "innerInstructions": None,
        "loadedAccountsDataSize": 0,
        "logs": logs,
        "replacementBlockhash": None,
        "returnData": None,
        "unitsConsumed": units,
    }


def _simulated_accounts(bank: Bank, result: Any, asked: Mapping[str, Any]) -> list[Any]:
    if isinstance(result, FailedTransactionMetadata):
        return [None for _ in asked["addresses"]]
    after = {str(address): account for address, account in result.post_accounts()}
    options = {"encoding": asked.get("encoding", "base64")}
    found = [after.get(address) or bank.account(encoding.pubkey(address)) for address in asked["addresses"]]
    return [
        None if account is None else encoding.account_document(bank.vm, account, options) for account in found
    ]


def _history(record: Record) -> dict[str, Any]:
    return {
        "blockTime": record.block_time,
        "confirmationStatus": "finalized",
        "err": record.err,
        "memo": None,
        "signature": record.signature,
        "slot": record.slot,
    }
