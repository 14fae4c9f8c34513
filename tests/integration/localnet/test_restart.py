"""What the chain confirmed it never forgets: closed and opened again, or killed in the middle of a storm."""

import asyncio
import json
import signal
import sys
from pathlib import Path

from solana.rpc.async_api import AsyncClient
from solana.rpc.models import TxOpts
from solders.hash import Hash
from solders.keypair import Keypair
from solders.message import Message
from solders.signature import Signature
from solders.system_program import TransferParams, transfer
from solders.transaction import Transaction, VersionedTransaction

from hypernode.domain.clock import ManualClock
from hypernode_localnet.service import Localnet, Options

SOL = 10**9
STORM = 60
KILL_AFTER = 25


async def test_accounts_history_genesis_and_time_survive_a_restart(tmp_path: Path) -> None:
    options, clock = Options(state=tmp_path, slot_seconds=3600), ManualClock()
    key = Keypair().pubkey()
    async with Localnet(options, clock) as net:
        rpc = AsyncClient(net.rpc_url)
        signature = (await rpc.request_airdrop(key, SOL)).value
        net.bank.advance(1_000)
        genesis, time, slot = net.bank.genesis, net.bank.time.now(), net.bank.slot
        await rpc.close()
    clock.set(clock.now() - 500)
    async with Localnet(options, clock) as net:
        rpc = AsyncClient(net.rpc_url)
        assert (await rpc.get_balance(key)).value == SOL
        assert (await rpc.get_signature_statuses([signature])).value[0] is not None
        assert (net.bank.genesis, net.bank.slot) == (genesis, slot)
        assert net.bank.time.now() >= time, "time never runs backwards, even over a restart"
        await rpc.close()


async def test_equal_airdrops_are_all_paid(tmp_path: Path) -> None:
    key = Keypair().pubkey()
    async with Localnet(Options(state=tmp_path, slot_seconds=3600)) as net:
        rpc = AsyncClient(net.rpc_url)
        signatures = {(await rpc.request_airdrop(key, SOL)).value for _ in range(3)}
        assert len(signatures) == 3
        assert (await rpc.get_balance(key)).value == 3 * SOL
        await rpc.close()


async def started(state: Path) -> tuple[asyncio.subprocess.Process, str]:
    argv = ("-m", "hypernode_localnet", "--rpc-port", "0", "--ws-port", "0", "--state", str(state), "--json")
    process = await asyncio.create_subprocess_exec(
        sys.executable, *argv, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert process.stdout is not None
    return process, json.loads(await process.stdout.readline())["rpc_url"]


async def ended(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    process.send_signal(number)
    await process.communicate()


async def test_killed_in_a_storm_it_has_every_acknowledged_transaction_once(tmp_path: Path) -> None:
    process, url = await started(tmp_path)
    rpc, payer, to = AsyncClient(url), Keypair(), Keypair().pubkey()
    await rpc.request_airdrop(payer.pubkey(), 100 * SOL)
    recent: Hash = (await rpc.get_latest_blockhash()).value.blockhash
    acknowledged: list[Signature] = []

    async def send(number: int) -> None:
        step = transfer(
            TransferParams(from_pubkey=payer.pubkey(), to_pubkey=to, lamports=SOL // 100 + number)
        )
        message = Message.new_with_blockhash([step], payer.pubkey(), recent)
        sent = await rpc.send_transaction(
            VersionedTransaction.from_legacy(Transaction([payer], message, recent)),
            opts=TxOpts(skip_preflight=True, skip_confirmation=True),
        )
        acknowledged.append(sent.value)
        if len(acknowledged) == KILL_AFTER:
            process.send_signal(signal.SIGKILL)

    await asyncio.gather(*(send(number) for number in range(STORM)), return_exceptions=True)
    await process.communicate()
    await rpc.close()
    assert len(acknowledged) >= KILL_AFTER

    process, url = await started(tmp_path)
    rpc = AsyncClient(url)
    statuses = (await rpc.get_signature_statuses(acknowledged)).value
    assert all(status is not None and status.err is None for status in statuses)
    history = (await rpc.get_signatures_for_address(to)).value
    moved = 0
    for entry in history:
        found = (await rpc.get_transaction(entry.signature)).value
        assert found is not None
        meta = found.transaction.meta
        assert meta is not None
        moved += meta.post_balances[1] - meta.pre_balances[1]
    assert len({entry.signature for entry in history}) == len(history)
    assert {str(signature) for signature in acknowledged} <= {str(entry.signature) for entry in history}
    assert (await rpc.get_balance(to)).value == moved
    await rpc.close()
    await ended(process, signal.SIGTERM)
