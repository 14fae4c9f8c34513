"""Refusals byte for byte: what a node of the network answers, and what clients parse."""

import base64
import json
from typing import Any

import httpx
import pytest
from solders.keypair import Keypair

from tests.integration.localnet.conftest import SOL, Client


async def ask(client: Client, body: bytes) -> bytes:
    async with httpx.AsyncClient() as http:
        return (await http.post(client.net.rpc_url, content=body)).content


def request(method: str, *params: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": 7, "method": method, "params": list(params)}).encode()


GOLDEN: dict[str, tuple[bytes, bytes]] = {
    "no JSON": (
        b"{",
        b'{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}',
    ),
    "no request": (
        b'{"id":7}',
        b'{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid request"},"id":7}',
    ),
    "unknown method": (
        request("getEverything"),
        b'{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":7}',
    ),
    "no parameter": (
        request("getBalance"),
        b'{"jsonrpc":"2.0","error":{"code":-32602,'
        b'"message":"`params` should have at least 1 argument(s)"},"id":7}',
    ),
    "no address": (
        request("getBalance", "nonsense"),
        b'{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid param: Invalid"},"id":7}',
    ),
    "unknown encoding": (
        request("sendTransaction", "AA==", {"encoding": "base32"}),
        b'{"jsonrpc":"2.0","error":{"code":-32602,'
        b'"message":"unsupported encoding: base32. Supported encodings: base58, base64"},"id":7}',
    ),
    "too large": (
        request("sendTransaction", "A" * 1648, {"encoding": "base64"}),
        b'{"jsonrpc":"2.0","error":{"code":-32602,"message":"base64 encoded '
        b"solana_transaction::versioned::VersionedTransaction too large: 1648 bytes "
        b'(max: encoded/raw 1644/1232)"},"id":7}',
    ),
    "empty batch": (
        b"[]",
        b'{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid request"},"id":null}',
    ),
    "batch": (
        b"[" + request("getHealth") + b"," + request("nope") + b"]",
        b'[{"jsonrpc":"2.0","result":"ok","id":7},'
        b'{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":7}]',
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
async def test_refusal_is_byte_for_byte(client: Client, name: str) -> None:
    body, answer = GOLDEN[name]
    assert await ask(client, body) == answer


async def test_a_forged_signature_is_refused_before_it_runs(client: Client) -> None:
    signed = bytearray(bytes(await client.transfer(Keypair().pubkey(), SOL)))
    signed[10] ^= 1
    text = base64.b64encode(bytes(signed)).decode()
    answer = json.loads(await ask(client, request("sendTransaction", text, {"encoding": "base64"})))
    assert answer["error"] == {"code": -32003, "message": "Transaction signature verification failure"}


async def test_a_failed_preflight_carries_the_simulation(client: Client) -> None:
    poor = await client.transfer(Keypair().pubkey(), 1_000 * SOL)
    text = base64.b64encode(bytes(poor)).decode()
    answer = json.loads(await ask(client, request("sendTransaction", text, {"encoding": "base64"})))
    error = answer["error"]
    assert error["code"] == -32002
    assert error["message"] == (
        "Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1"
    )
    assert error["data"]["err"] == {"InstructionError": [0, {"Custom": 1}]}
    assert error["data"]["logs"][-1].endswith("failed: custom program error: 0x1")
    assert set(error["data"]) >= {"accounts", "err", "logs", "unitsConsumed", "returnData"}
