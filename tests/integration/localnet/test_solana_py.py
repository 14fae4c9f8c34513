"""The public Python client, unchanged: send, confirm, read, subscribe, tokens, filters, history."""

import base64
from typing import Any

import pytest
from solana.rpc.core import RPCException
from solana.rpc.models import MemcmpOpts, TokenAccountOpts, TxOpts
from solana.rpc.websocket_api import SolanaWsClient
from solders.keypair import Keypair
from solders.pubkey import Pubkey
from solders.rpc.config import RpcTransactionLogsFilterMentions

from hypernode.chain import tokens
from hypernode.chain.keys import Key
from hypernode.chain.transactions import Draft
from hypernode.domain.types import Address
from tests.integration.localnet.conftest import SOL, Client

MILLION = 10**6
MINT_BYTES, ACCOUNT_BYTES = 82, 165
TOKEN_PROGRAM = Pubkey.from_string("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA")


async def test_it_sends_confirms_and_reads(client: Client) -> None:
    to = Keypair().pubkey()
    signature = await client.send(to, SOL)
    confirmed = await client.rpc.confirm_transaction(signature)
    assert confirmed.value[0] is not None
    assert confirmed.value[0].err is None
    assert (await client.rpc.get_balance(to)).value == SOL
    account = (await client.rpc.get_account_info(to)).value
    assert account is not None
    assert account.lamports == SOL
    assert (await client.rpc.get_balance(client.payer.pubkey())).value == 99 * SOL - 5_000


async def test_it_reads_transactions_with_logs_and_balances(client: Client) -> None:
    to = Keypair().pubkey()
    signature = await client.send(to, SOL)
    for encoding in ("json", "jsonParsed", "base64"):
        found = (await client.rpc.get_transaction(signature, encoding=encoding)).value
        assert found is not None
        meta = found.transaction.meta
        assert meta is not None
        assert meta.err is None
        assert meta.fee == 5_000
        assert meta.post_balances[1] - meta.pre_balances[1] == SOL
        assert meta.log_messages is not None
        assert meta.log_messages[-1].endswith("success")


async def test_history_pages_newest_first(client: Client) -> None:
    to = Keypair().pubkey()
    sent = [await client.send(to, SOL + number) for number in range(5)]
    everything = (await client.rpc.get_signatures_for_address(to)).value
    assert [entry.signature for entry in everything] == sent[::-1]
    page = (await client.rpc.get_signatures_for_address(to, limit=2)).value
    assert [entry.signature for entry in page] == [sent[4], sent[3]]
    older = (await client.rpc.get_signatures_for_address(to, before=sent[3], until=sent[0])).value
    assert [entry.signature for entry in older] == [sent[2], sent[1]]


async def test_it_subscribes_to_an_account_a_signature_logs_and_a_program(client: Client) -> None:
    to = Keypair().pubkey()
    async with SolanaWsClient(client.net.ws_url) as socket:
        await socket.account_subscribe(pubkey=to)
        signature = await client.send(to, SOL)
        notice: Any = await socket.recv()
        assert notice.result.value.lamports == SOL
        # one that has landed already is told at once
        await socket.signature_subscribe(signature=signature)
        landed: Any = await socket.recv()
        assert landed.result.value.err is None
        await socket.logs_subscribe(filter_=RpcTransactionLogsFilterMentions(to))
        second = await client.send(to, 2 * SOL)
        seen: dict[str, Any] = {
            type(note).__name__: note for note in (await socket.recv(), await socket.recv())
        }
        assert seen["LogsNotification"].result.value.signature == second
        await socket.slot_subscribe()
        client.net.bank.next_slot()
        slot: Any = await socket.recv()
        assert slot.result.slot == client.net.bank.slot


async def a_token_account(client: Client, amount: int) -> tuple[Address, Address, Key]:
    """Make a mint and one account that holds `amount` of it."""
    payer = Key(client.payer)
    mint, account = Key.generate(), Key.generate()
    rent = client.net.bank.vm.minimum_balance_for_rent_exemption
    program = Address(str(TOKEN_PROGRAM))
    steps = [
        tokens.create_account(
            payer=payer.address,
            account=made.address,
            lamports=rent(size),
            space=size,
            owner=program,
        )
        for made, size in ((mint, MINT_BYTES), (account, ACCOUNT_BYTES))
    ]
    steps += [
        tokens.initialize_mint(mint=mint.address, authority=payer.address, decimals=6),
        tokens.initialize_account(account=account.address, mint=mint.address, owner=payer.address),
        tokens.mint_to(mint=mint.address, account=account.address, authority=payer.address, amount=amount),
    ]
    recent = str((await client.rpc.get_latest_blockhash()).value.blockhash)
    draft = Draft.build(steps, [payer, mint, account], payer.address, recent)
    await client.rpc.send_raw_transaction(base64.b64decode(draft.encode()))
    return mint.address, account.address, payer


async def test_it_reads_tokens(client: Client) -> None:
    mint, account, payer = await a_token_account(client, 5 * MILLION)
    balance = (await client.rpc.get_token_account_balance(Pubkey.from_string(account))).value
    assert (balance.amount, balance.decimals, balance.ui_amount_string) == (str(5 * MILLION), 6, "5")
    supply = (await client.rpc.get_token_supply(Pubkey.from_string(mint))).value
    assert supply.amount == str(5 * MILLION)
    owner = Pubkey.from_string(payer.address)
    options = TokenAccountOpts(mint=Pubkey.from_string(mint))
    (held,) = (await client.rpc.get_token_accounts_by_owner(owner, options)).value
    assert str(held.pubkey) == account
    (parsed,) = (await client.rpc.get_token_accounts_by_owner_json_parsed(owner, options)).value
    info: Any = parsed.account.data.parsed
    assert info["info"]["tokenAmount"]["amount"] == str(5 * MILLION)


async def test_it_filters_program_accounts(client: Client) -> None:
    mint, account, _ = await a_token_account(client, 1)
    await a_token_account(client, 2)
    by_mint = MemcmpOpts(offset=0, bytes=mint)
    (found,) = (
        await client.rpc.get_program_accounts(
            TOKEN_PROGRAM, encoding="base64", filters=[ACCOUNT_BYTES, by_mint]
        )
    ).value
    assert str(found.pubkey) == account
    assert (
        len(
            (
                await client.rpc.get_program_accounts(
                    TOKEN_PROGRAM, encoding="base64", filters=[ACCOUNT_BYTES]
                )
            ).value
        )
        == 2
    )
    assert (
        len(
            (
                await client.rpc.get_program_accounts(TOKEN_PROGRAM, encoding="base64", filters=[MINT_BYTES])
            ).value
        )
        == 2
    )


async def test_a_block_hash_dies_after_150_slots(client: Client) -> None:
    old = await client.transfer(Keypair().pubkey(), SOL)
    client.net.bank.next_slot(150)
    simulated = await client.rpc.simulate_transaction(old)
    assert simulated.value.err is None, "it lives for 150 slots"
    client.net.bank.next_slot()
    with pytest.raises(RPCException, match="Blockhash not found"):
        await client.rpc.send_transaction(old)


async def test_the_same_transaction_lands_once(client: Client) -> None:
    to = Keypair().pubkey()
    once = await client.transfer(to, SOL)
    await client.rpc.send_transaction(once)
    with pytest.raises(RPCException, match="already been processed"):
        await client.rpc.send_transaction(once)
    await client.rpc.send_transaction(once, opts=TxOpts(skip_preflight=True))
    assert (await client.rpc.get_balance(to)).value == SOL


async def test_an_account_below_rent_fails_the_transaction(client: Client) -> None:
    to = Keypair().pubkey()
    with pytest.raises(RPCException, match="insufficient funds for rent"):
        await client.send(to, 10)
    assert (await client.rpc.get_balance(to)).value == 0


async def test_simulation_moves_nothing(client: Client) -> None:
    to = Keypair().pubkey()
    simulated = await client.rpc.simulate_transaction(await client.transfer(to, SOL))
    assert simulated.value.err is None
    assert simulated.value.units_consumed == 150
    assert (await client.rpc.get_balance(to)).value == 0


async def test_the_clock_moves_forward_only(client: Client) -> None:
    before = client.net.bank.time.now()
    client.net.bank.advance(3_600)
    assert (await client.rpc.get_block_time(client.net.bank.slot)).value == before + 3_600
    assert client.net.bank.vm.get_clock().unix_timestamp == before + 3_600
    with pytest.raises(Exception, match="never runs backwards"):
        client.net.bank.set_time(before)
