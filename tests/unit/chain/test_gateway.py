"""The gateway reads what a node answers, repeats only reads, and knows for certain how a sending ended."""

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from hypernode.chain import addresses, tokens
from hypernode.chain.errors import NativeError, TransactionExpired
from hypernode.chain.generated.markets import PROGRAM_ID, Job
from hypernode.chain.instruction import Instruction
from hypernode.chain.keys import Key
from hypernode.chain.layout import LayoutError
from hypernode.chain.rpc import LONGEST_RETRY_AFTER, Rpc
from hypernode.chain.rpc_client import RpcClient
from hypernode.chain.transactions import Draft
from hypernode.domain.status import JobStatus
from hypernode.errors import RpcUnavailable, TransactionFailed
from tests.support.documents import an_address

BLOCKHASH = "4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM"
CONFIRMED = {"value": [{"slot": 5, "err": None, "confirmationStatus": "confirmed"}]}
UNKNOWN = {"value": [None]}


class Node:
    """A node that answers from a script: per method the answers in order, the last one repeatedly."""

    def __init__(self, **script: list[Any]) -> None:
        self.script = {
            "getLatestBlockhash": [{"value": {"blockhash": BLOCKHASH, "lastValidBlockHeight": 100}}],
            **script,
        }
        self.calls: list[tuple[str, list[Any]]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        method = body["method"]
        self.calls.append((method, body["params"]))
        answers = self.script[method]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, int):
            return httpx.Response(answer)
        key = "error" if isinstance(answer, dict) and "code" in answer else "result"
        return httpx.Response(200, json={"jsonrpc": "2.0", "id": body["id"], key: answer})

    def count(self, method: str) -> int:
        return sum(called == method for called, _ in self.calls)


def connected(handler: Callable[[httpx.Request], httpx.Response]) -> RpcClient:
    client = httpx.AsyncClient(transport=httpx.MockTransport(handler))
    return RpcClient(Rpc(client, "http://node"), bytes(32))


def a_transfer(owner: Key) -> Instruction:
    return tokens.transfer(source=owner.address, destination=owner.address, owner=owner.address, amount=1)


def account(data: bytes, owner: str) -> dict[str, Any]:
    return {"value": {"owner": owner, "lamports": 7, "data": [base64.b64encode(data).decode(), "base64"]}}


async def test_a_read_is_repeated_while_the_node_does_not_answer() -> None:
    node = Node(getBalance=[503, 429, {"value": 12}])
    async with connected(node) as chain:
        assert await chain.balance(PROGRAM_ID) == 12
    assert node.count("getBalance") == 3


async def test_a_node_that_asks_for_a_pause_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)

    def busy(request: httpx.Request) -> httpx.Response:
        if len(pauses) == 2:
            return httpx.Response(200, json={"jsonrpc": "2.0", "id": 1, "result": {"value": 12}})
        return httpx.Response(429, headers={"retry-after": ("7", "86400")[len(pauses)]})

    monkeypatch.setattr(asyncio, "sleep", note)
    async with connected(busy) as chain:
        assert await chain.balance(PROGRAM_ID) == 12
    assert pauses == [7.0, LONGEST_RETRY_AFTER]


async def test_accounts_are_read_in_pages_of_a_hundred() -> None:
    wanted = [an_address(f"account {number}") for number in range(101)]
    node = Node(getMultipleAccounts=[{"value": [None] * 100}, {"value": [None]}])
    async with connected(node) as chain:
        found = await chain.read_many(wanted)
    assert [len(params[0]) for _, params in node.calls] == [100, 1]
    assert {found.get(Job, address) for address in wanted} == {None}


async def test_the_node_filters_jobs_by_status_and_node() -> None:
    address = an_address("node")
    node = Node(getProgramAccounts=[[]])
    async with connected(node) as chain:
        assert await chain.jobs(JobStatus.SUBMITTED, address) == {}
    ((_, (program, options)),) = node.calls
    offsets = [entry["memcmp"]["offset"] for entry in options["filters"] if "memcmp" in entry]
    assert (program, offsets) == (PROGRAM_ID, [0, Job.PLACES["status"][0], Job.PLACES["node"][0]])
    assert options["filters"][-1]["memcmp"]["bytes"] == address


async def test_sendings_share_a_block_hash_but_the_same_twice_gets_another() -> None:
    key, used = Key.generate(), "5TAVJ5Z4RSCCcQTpBNXZVoXLCpwCk4pzNTiCEFcSKZAP"
    hashes = [{"value": {"blockhash": name, "lastValidBlockHeight": 9}} for name in (BLOCKHASH, used)]
    twice = {"code": -32002, "message": "", "data": {"err": "AlreadyProcessed"}}
    node = Node(
        getLatestBlockhash=hashes, sendTransaction=["a", "b", twice, "c"], getSignatureStatuses=[CONFIRMED]
    )
    async with connected(node) as chain:
        for amount in (1, 2, 2):
            step = tokens.transfer(
                source=key.address, destination=key.address, owner=key.address, amount=amount
            )
            await chain.send([step], [key])
    assert node.count("getLatestBlockhash") == 2


async def test_a_node_that_stays_silent_is_unavailable() -> None:
    def silent(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    async with connected(silent) as chain:
        with pytest.raises(RpcUnavailable, match="http://node"):
            await chain.balance(PROGRAM_ID)


async def test_an_account_that_does_not_exist_is_none_and_has_no_tokens() -> None:
    async with connected(Node(getAccountInfo=[{"value": None}])) as chain:
        assert await chain.job(PROGRAM_ID) is None
        assert await chain.token_balance(PROGRAM_ID) == 0


async def test_an_account_of_another_program_is_not_taken_for_ours() -> None:
    answer = account(b"\0" * 8, addresses.TOKEN_PROGRAM)
    async with connected(Node(getAccountInfo=[answer])) as chain:
        with pytest.raises(LayoutError, match="belongs to"):
            await chain.config()


async def test_the_clock_is_read_from_its_account() -> None:
    data = (9).to_bytes(8, "little") + bytes(24) + (-5).to_bytes(8, "little", signed=True)
    async with connected(Node(getAccountInfo=[account(data, addresses.SYSTEM_PROGRAM)])) as chain:
        clock = await chain.clock()
    assert (clock.slot, clock.unix_timestamp) == (9, -5)


async def test_a_sending_returns_once_confirmed() -> None:
    key = Key.generate()
    node = Node(sendTransaction=["sig"], getSignatureStatuses=[UNKNOWN, CONFIRMED])
    async with connected(node) as chain:
        signature = await chain.send([a_transfer(key)], [key])
    wire = next(params[0] for method, params in node.calls if method == "sendTransaction")
    assert signature == Draft.decode(wire).signature
    assert node.count("sendTransaction") == 1


async def test_a_sending_is_not_repeated_when_the_node_fails() -> None:
    key = Key.generate()
    node = Node(sendTransaction=[503])
    async with connected(node) as chain:
        with pytest.raises(RpcUnavailable):
            await chain.send([a_transfer(key)], [key])
    assert node.count("sendTransaction") == 1


async def test_a_refused_simulation_is_the_programs_typed_error() -> None:
    key = Key.generate()
    logs = [f"Program {addresses.TOKEN_PROGRAM} failed: custom program error: 0x1"]
    refused = {
        "code": -32002,
        "message": "failed",
        "data": {"err": {"InstructionError": [0, {"Custom": 1}]}, "logs": logs},
    }
    async with connected(Node(sendTransaction=[refused])) as chain:
        with pytest.raises(NativeError) as caught:
            await chain.send([a_transfer(key)], [key])
    assert caught.value.name == "InsufficientFunds"


async def test_a_transaction_that_fails_on_chain_is_a_typed_error() -> None:
    key = Key.generate()
    landed = {
        "value": [
            {"slot": 5, "err": {"InstructionError": [0, {"Custom": 4}]}, "confirmationStatus": "confirmed"}
        ]
    }
    node = Node(sendTransaction=["sig"], getSignatureStatuses=[landed], getTransaction=[None])
    async with connected(node) as chain:
        with pytest.raises(NativeError) as caught:
            await chain.send([a_transfer(key)], [key])
    assert caught.value.name == "OwnerMismatch"


async def test_a_second_submit_of_a_landed_transaction_succeeds() -> None:
    key = Key.generate()
    refused = {"code": -32002, "message": "already", "data": {"err": "AlreadyProcessed"}}
    node = Node(sendTransaction=[refused], getSignatureStatuses=[CONFIRMED])
    wire = Draft.build([a_transfer(key)], [key], key.address, BLOCKHASH).encode()
    async with connected(node) as chain:
        assert await chain.submit(wire) == Draft.decode(wire).signature


async def test_the_same_sent_twice_at_once_is_two_transactions() -> None:
    """With one block hash both have the same bytes; the second waits for the next hash."""
    key = Key.generate()
    refused = {"code": -32002, "message": "already", "data": {"err": "AlreadyProcessed"}}
    hashes = [
        {"value": {"blockhash": text, "lastValidBlockHeight": 100}}
        for text in (BLOCKHASH, BLOCKHASH, "9SL5pPYeU1CeuUqS2ScQLJj9zQYTVWLavbMBpXGwg5wL")
    ]
    node = Node(getLatestBlockhash=hashes, sendTransaction=[refused, "sig"], getSignatureStatuses=[CONFIRMED])
    async with connected(node) as chain:
        signature = await chain.send([a_transfer(key)], [key])
    sent = [Draft.decode(params[0]).signature for method, params in node.calls if method == "sendTransaction"]
    assert sent[0] != sent[1] == signature


async def test_an_old_block_hash_says_that_the_transaction_can_never_land() -> None:
    key = Key.generate()
    refused = {"code": -32002, "message": "old", "data": {"err": "BlockhashNotFound"}}
    async with connected(Node(sendTransaction=[refused])) as chain:
        with pytest.raises(TransactionExpired):
            await chain.send([a_transfer(key)], [key])


async def test_an_incomplete_transaction_is_not_sent() -> None:
    payer, owner = Key.generate(), Key.generate()
    node = Node()
    async with connected(node) as chain:
        wire = await chain.prepare([a_transfer(owner)], [owner], payer.address)
        with pytest.raises(TransactionFailed, match=payer.address):
            await chain.submit(wire)
    assert node.count("sendTransaction") == 0


def listed(*names: str) -> list[dict[str, Any]]:
    return [{"signature": name} for name in names]


def landed(slot: int) -> dict[str, Any]:
    return {
        "slot": slot,
        "blockTime": slot * 10,
        "meta": {"err": None, "logMessages": []},
        "transaction": ["", "base64"],
    }


async def test_history_comes_oldest_first_and_resumes_from_a_cursor() -> None:
    node = Node(getSignaturesForAddress=[listed("c", "b", "a")], getTransaction=[landed(1), landed(2)])
    async with connected(node) as chain:
        found = await chain.transactions_since("cursor", limit=2)
    assert [(entry.signature, entry.slot, entry.block_time) for entry in found] == [
        ("a", 1, 10),
        ("b", 2, 20),
    ]
    asked = next(params for method, params in node.calls if method == "getSignaturesForAddress")
    assert asked[0] == PROGRAM_ID
    assert asked[1]["until"] == "cursor"


async def test_the_history_of_an_account_is_asked_for_by_its_address() -> None:
    node = Node(getSignaturesForAddress=[listed("a")], getTransaction=[landed(1)])
    account = an_address("account")
    async with connected(node) as chain:
        assert await chain.events_of(account) == []
    asked = [params for method, params in node.calls if method == "getSignaturesForAddress"]
    assert [params[0] for params in asked] == [account]
    assert not asked[0][1].get("until")


async def test_history_stops_before_a_transaction_that_cannot_be_shown_yet() -> None:
    node = Node(getSignaturesForAddress=[listed("b", "a")], getTransaction=[landed(1), None])
    async with connected(node) as chain:
        assert [entry.signature for entry in await chain.transactions_since()] == ["a"]


async def test_history_pages_back_to_its_cursor() -> None:
    full = listed(*(f"s{number}" for number in range(1_500, 500, -1)))
    node = Node(getSignaturesForAddress=[full, listed("s500")], getTransaction=[landed(1)])
    async with connected(node) as chain:
        found = await chain.transactions_since(limit=1)
    assert [entry.signature for entry in found] == ["s500"]
    assert [
        params[1].get("before") for method, params in node.calls if method == "getSignaturesForAddress"
    ] == [None, "s501"]
