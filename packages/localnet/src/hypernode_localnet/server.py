"""Servers of the chain: JSON-RPC over HTTP POST (single and batch), and PubSub over WebSocket."""

from __future__ import annotations

import json
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from hypernode_localnet.account_methods import accounts
from hypernode_localnet.bank import Bank
from hypernode_localnet.block_methods import blocks
from hypernode_localnet.cluster_methods import cluster
from hypernode_localnet.errors import INVALID_REQUEST, PARSE_ERROR, RpcFault
from hypernode_localnet.methods import Methods
from hypernode_localnet.pubsub import Hub, Subscriber
from hypernode_localnet.transaction_methods import transactions

# Limit of a request body on a Solana node, in bytes.
MAX_BODY = 50 * 1024

METHODS = Methods()
for part in (blocks, cluster, accounts, transactions):
    METHODS.include(part)


def http_app(bank: Bank) -> Starlette:
    """Return the JSON-RPC application; it allows every origin, as a Solana node does."""

    async def rpc(request: Request) -> Response:
        body = await request.body()
        if len(body) > MAX_BODY:
            return PlainTextResponse("Too large", status_code=413)
        answer = handle(bank, body)
        return Response(answer, media_type="application/json", headers=_OPEN)

    async def preflight(request: Request) -> Response:
        return Response(headers=_OPEN)

    async def health(request: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(
        routes=[
            Route("/", rpc, methods=["POST"]),
            Route("/", preflight, methods=["OPTIONS"]),
            Route("/health", health),
        ]
    )


def ws_app(hub: Hub) -> Starlette:
    async def pubsub(socket: WebSocket) -> None:
        await Subscriber(hub, socket).run()

    return Starlette(routes=[WebSocketRoute("/", pubsub)])


_OPEN = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "*",
}


def handle(bank: Bank, body: bytes) -> bytes:
    """Answer one request or a batch of them."""
    try:
        request = json.loads(body)
    except ValueError:
        return _encode(_fault(None, RpcFault(PARSE_ERROR, "Parse error")))
    if isinstance(request, list):
        if not request:
            return _encode(_fault(None, RpcFault(INVALID_REQUEST, "Invalid request")))
        answers = [answer for entry in request if (answer := answer_to(bank, entry)) is not None]
        return _encode(answers)
    answer = answer_to(bank, request)
    return b"" if answer is None else _encode(answer)


def answer_to(bank: Bank, request: Any) -> dict[str, Any] | None:
    """Answer one request object; a notification (no id) gets no answer."""
    identity = request.get("id") if isinstance(request, dict) else None
    try:
        if not isinstance(request, dict) or request.get("jsonrpc") != "2.0":
            raise RpcFault(INVALID_REQUEST, "Invalid request")
        method, params = request.get("method"), request.get("params") or []
        if not isinstance(method, str) or not isinstance(params, list):
            raise RpcFault(INVALID_REQUEST, "Invalid request")
        result = METHODS.call(bank, method, params)
    except RpcFault as fault:
        return _fault(identity, fault)
    return {"jsonrpc": "2.0", "result": result, "id": identity} if "id" in request else None


def _fault(identity: Any, fault: RpcFault) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "error": fault.to_document(), "id": identity}


def _encode(document: Any) -> bytes:
    return json.dumps(document, separators=(",", ":")).encode()
