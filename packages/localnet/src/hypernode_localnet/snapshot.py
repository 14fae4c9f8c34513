"""Account keys of a transaction, also from lookup tables, and their token balances."""

from __future__ import annotations

from solders.address_lookup_table_account import AddressLookupTable
from solders.litesvm import LiteSVM
from solders.message import Message, MessageV0, MessageV1
from solders.pubkey import Pubkey

from hypernode_localnet.records import TokenBalance
from hypernode_localnet.tokens import TOKEN_PROGRAMS, read_mint, read_token_account


def account_keys(
    vm: LiteSVM, message: Message | MessageV0 | MessageV1
) -> tuple[list[Pubkey], tuple[int, int]]:
    """Return all keys (static, looked-up writable, looked-up read-only), and the counts of the last two."""
    keys = list(message.account_keys)
    writable: list[Pubkey] = []
    readonly: list[Pubkey] = []
    lookups = message.address_table_lookups if isinstance(message, MessageV0) else []
    for lookup in lookups:
        table = vm.get_account(lookup.account_key)
        if table is None:
            continue
        addresses = AddressLookupTable.deserialize(bytes(table.data)).addresses
        writable += [addresses[at] for at in lookup.writable_indexes if at < len(addresses)]
        readonly += [addresses[at] for at in lookup.readonly_indexes if at < len(addresses)]
    return [*keys, *writable, *readonly], (len(writable), len(readonly))


def token_balances(vm: LiteSVM, keys: list[Pubkey]) -> tuple[TokenBalance, ...]:
    """Return the balance of every token account among the keys."""
    found = []
    for index, key in enumerate(keys):
        account = vm.get_account(key)
        if account is None or account.owner not in TOKEN_PROGRAMS:
            continue
        token = read_token_account(bytes(account.data))
        if token is None:
            continue
        mint = vm.get_account(token.mint)
        decimals = read_mint(bytes(mint.data)).decimals if mint is not None else 0
        found.append(
            TokenBalance(index, str(token.mint), str(token.owner), str(account.owner), token.amount, decimals)
        )
    return tuple(found)
