"""RPC methods that read accounts and tokens."""

from __future__ import annotations

from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from hypernode_localnet import encoding
from hypernode_localnet.bank import Bank
from hypernode_localnet.errors import invalid_params
from hypernode_localnet.methods import Methods, with_context
from hypernode_localnet.tokens import (
    MINT_BYTES,
    TOKEN_PROGRAMS,
    TokenAccount,
    amount_document,
    read_mint,
    read_token_account,
)

# Limits of one call on a Solana node.
MAX_ACCOUNTS = 100
MAX_FILTERS = 4
LARGEST_ACCOUNTS = 20

accounts = Methods()


@accounts.method("getBalance", required=1)
def get_balance(bank: Bank, params: list[Any]) -> dict[str, Any]:
    return with_context(bank, bank.vm.get_balance(encoding.pubkey(params[0])) or 0)


@accounts.method("getAccountInfo", required=1)
def get_account_info(bank: Bank, params: list[Any]) -> dict[str, Any]:
    return with_context(bank, _document(bank, encoding.pubkey(params[0]), encoding.config(params, 1)))


@accounts.method("getMultipleAccounts", required=1)
def get_multiple_accounts(bank: Bank, params: list[Any]) -> dict[str, Any]:
    addresses, options = params[0], encoding.config(params, 1)
    if len(addresses) > MAX_ACCOUNTS:
        raise invalid_params(f"Too many inputs provided; max {MAX_ACCOUNTS}")
    options = {"encoding": "base64", **options}
    return with_context(bank, [_document(bank, encoding.pubkey(text), options) for text in addresses])


@accounts.method("getProgramAccounts", required=1)
def get_program_accounts(bank: Bank, params: list[Any]) -> Any:
    options = encoding.config(params, 1)
    filters = options.get("filters") or []
    if len(filters) > MAX_FILTERS:
        raise invalid_params(f"Too many filters provided; max {MAX_FILTERS}")
    found = [
        {"pubkey": str(address), "account": encoding.account_document(bank.vm, account, options)}
        for address, account in bank.program_accounts(encoding.pubkey(params[0]))
        if all(encoding.passes(account, entry) for entry in filters)
    ]
    return with_context(bank, found) if options.get("withContext") else found


@accounts.method("getTokenAccountBalance", required=1)
def get_token_account_balance(bank: Bank, params: list[Any]) -> dict[str, Any]:
    account = bank.account(encoding.pubkey(params[0]))
    if account is None:
        raise invalid_params("Invalid param: could not find account")
    token = _token(account)
    if token is None:
        raise invalid_params("Invalid param: not a Token account")
    return with_context(bank, amount_document(token.amount, _decimals(bank, token.mint)))


@accounts.method("getTokenSupply", required=1)
def get_token_supply(bank: Bank, params: list[Any]) -> dict[str, Any]:
    account = bank.account(encoding.pubkey(params[0]))
    if account is None or account.owner not in TOKEN_PROGRAMS or len(account.data) != MINT_BYTES:
        raise invalid_params("Invalid param: not a Token mint")
    mint = read_mint(bytes(account.data))
    return with_context(bank, amount_document(mint.supply, mint.decimals))


@accounts.method("getTokenAccountsByOwner", required=2)
def get_token_accounts_by_owner(bank: Bank, params: list[Any]) -> dict[str, Any]:
    owner, wanted, options = encoding.pubkey(params[0]), params[1], encoding.config(params, 2)
    mint = encoding.pubkey(wanted["mint"]) if "mint" in wanted else None
    programs = [encoding.pubkey(wanted["programId"])] if "programId" in wanted else list(TOKEN_PROGRAMS)
    found = [
        {"pubkey": str(address), "account": encoding.account_document(bank.vm, account, options)}
        for program in programs
        for address, account, token in _tokens(bank, program)
        if token.owner == owner and mint in (None, token.mint)
    ]
    return with_context(bank, found)


@accounts.method("getTokenLargestAccounts", required=1)
def get_token_largest_accounts(bank: Bank, params: list[Any]) -> dict[str, Any]:
    mint = encoding.pubkey(params[0])
    decimals = _decimals(bank, mint)
    held = [
        (token.amount, str(address))
        for program in TOKEN_PROGRAMS
        for address, _, token in _tokens(bank, program)
        if token.mint == mint
    ]
    largest = sorted(held, reverse=True)[:LARGEST_ACCOUNTS]
    rows = [{"address": address, **amount_document(amount, decimals)} for amount, address in largest]
    return with_context(bank, rows)


def _document(bank: Bank, address: Pubkey, options: Any) -> dict[str, Any] | None:
    account = bank.account(address)
    if account is None or account.lamports == 0:
        return None
    return encoding.account_document(bank.vm, account, options)


def _token(account: Account) -> TokenAccount | None:
    return read_token_account(bytes(account.data)) if account.owner in TOKEN_PROGRAMS else None


def _tokens(bank: Bank, program: Pubkey) -> list[tuple[Pubkey, Account, TokenAccount]]:
    found = ((address, account, _token(account)) for address, account in bank.program_accounts(program))
    return [(address, account, token) for address, account, token in found if token is not None]


def _decimals(bank: Bank, mint: Pubkey) -> int:
    account = bank.account(mint)
    if account is None or account.owner not in TOKEN_PROGRAMS:
        raise invalid_params("Invalid param: could not find mint")
    return read_mint(bytes(account.data)).decimals
