"""Subscriptions over WebSocket: who listens to what, and the notices of a transaction or a new slot."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey
from starlette.websockets import WebSocket, WebSocketDisconnect

from hypernode_localnet import encoding
from hypernode_localnet.bank import Bank
from hypernode_localnet.errors import INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR, RpcFault, invalid_params
from hypernode_localnet.methods import with_context
from hypernode_localnet.records import Record

# A listener that falls this far behind loses its connection: it can reconnect and read what it missed.
MAX_BACKLOG = 10_000
TOO_SLOW = 1008  # "policy violation", as WebSocket numbers it

# What is left of an account that a transaction closed.
_CLOSED = Account(0, b"", Pubkey.default())

Notice = dict[str, Any]


class Outbox:
    """What one connection has still to send; `overrun` is set once its client is too slow for it."""

    def __init__(self, size: int = MAX_BACKLOG) -> None:
        self.notices: asyncio.Queue[Notice] = asyncio.Queue(size)
        self.overrun = asyncio.Event()

    def put(self, notice: Notice) -> None:
        try:
            self.notices.put_nowait(notice)
        except asyncio.QueueFull:
            self.overrun.set()


@dataclass(frozen=True)
class Subscription:
    """One listener: `on_record` returns what to send for a transaction; `once` ends it after one notice."""

    number: int
    kind: str
    queue: Outbox
    on_record: Callable[[Record, list[str]], list[Any]]
    once: bool = False


class Hub:
    """All subscriptions of one chain; the bank calls it after each commit."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self._numbers = count(1)
        self._subscriptions: dict[int, Subscription] = {}
        bank.listeners.append(self._landed)
        bank.slot_listeners.append(self._slot)

    def subscribe(self, method: str, params: list[Any], queue: Outbox) -> int:
        """Register one listener and return its number; unknown methods and bad parameters are refused."""
        maker = _MAKERS.get(method)
        if maker is None:
            raise RpcFault(METHOD_NOT_FOUND, "Method not found")
        try:
            react = maker(self.bank, params)
        except (KeyError, IndexError, TypeError, ValueError) as cause:
            raise invalid_params(f"Invalid params: {cause}") from cause
        number = next(self._numbers)
        kind = method.removesuffix("Subscribe")
        self._subscriptions[number] = Subscription(number, kind, queue, react, once=kind == "signature")
        return number

    def catch_up(self, number: int, params: list[Any]) -> None:
        """Tell a listener for a signature that it has landed already; called once its number is answered."""
        subscription = self._subscriptions[number]
        record = self.bank.record(params[0]) if subscription.once else None
        if record is not None:
            self._deliver(subscription, record, list(record.keys))

    def unsubscribe(self, number: Any) -> bool:
        return self._subscriptions.pop(number, None) is not None

    def _landed(self, record: Record, keys: list[str]) -> None:
        for subscription in list(self._subscriptions.values()):
            self._deliver(subscription, record, keys)

    def _deliver(self, subscription: Subscription, record: Record, keys: list[str]) -> None:
        for value in subscription.on_record(record, keys):
            self._push(subscription, with_context(self.bank, value))
            if subscription.once:
                self.unsubscribe(subscription.number)

    def _slot(self, slot: int) -> None:
        for subscription in list(self._subscriptions.values()):
            if subscription.kind == "slot":
                self._push(subscription, {"parent": slot - 1, "root": slot, "slot": slot})
            elif subscription.kind == "root":
                self._push(subscription, slot)

    def _push(self, subscription: Subscription, result: Any) -> None:
        params = {"result": result, "subscription": subscription.number}
        notice = {"jsonrpc": "2.0", "method": f"{subscription.kind}Notification", "params": params}
        subscription.queue.put(notice)


class Subscriber:
    """One WebSocket connection: requests in, answers and notices out, in order."""

    def __init__(self, hub: Hub, socket: WebSocket) -> None:
        self._hub, self._socket = hub, socket
        self._queue = Outbox()
        self._mine: set[int] = set()

    async def run(self) -> None:
        await self._socket.accept()
        parts = [asyncio.create_task(part()) for part in (self._read, self._write, self._queue.overrun.wait)]
        try:
            done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
            for part in done:
                part.result()
        finally:
            for part in parts:
                part.cancel()
            await asyncio.gather(*parts, return_exceptions=True)
            if self._queue.overrun.is_set():
                with contextlib.suppress(RuntimeError):
                    await self._socket.close(TOO_SLOW, "too far behind")
            for number in self._mine:
                self._hub.unsubscribe(number)

    async def _read(self) -> None:
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                self._serve(await self._socket.receive_text())

    async def _write(self) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while True:
                await self._socket.send_text(
                    json.dumps(await self._queue.notices.get(), separators=(",", ":"))
                )

    def _serve(self, text: str) -> None:
        """Queue the answer, and after it what the new subscription has missed."""
        identity, number = None, None
        params: list[Any] = []
        try:
            request = _parse(text)
            identity, params = request.get("id"), request.get("params") or []
            method = request["method"]
            if method.endswith("Unsubscribe"):
                result: Any = self._unsubscribe(params)
            else:
                result = number = self._hub.subscribe(method, params, self._queue)
                self._mine.add(number)
        except RpcFault as fault:
            self._queue.put({"jsonrpc": "2.0", "error": fault.to_document(), "id": identity})
            return
        self._queue.put({"jsonrpc": "2.0", "result": result, "id": identity})
        if number is not None:
            self._hub.catch_up(number, params)

    def _unsubscribe(self, params: list[Any]) -> bool:
        number = params[0] if params else None
        if number not in self._mine:
            raise invalid_params("Invalid subscription id.")
        self._mine.discard(number)
        self._hub.unsubscribe(number)
        return True


def _parse(text: str) -> dict[str, Any]:
    try:
        request = json.loads(text)
    except ValueError:
        raise RpcFault(PARSE_ERROR, "Parse error") from None
    if not isinstance(request, dict) or not isinstance(request.get("method"), str):
        raise RpcFault(INVALID_REQUEST, "Invalid request")
    return request


def _account(bank: Bank, params: list[Any]) -> Callable[[Record, list[str]], list[Any]]:
    address, options = encoding.pubkey(params[0]), encoding.config(params, 1)

    def react(record: Record, keys: list[str]) -> list[Any]:
        if str(address) not in keys:
            return []
        account = bank.account(address) or _CLOSED
        return [encoding.account_document(bank.vm, account, options)]

    return react


def _program(bank: Bank, params: list[Any]) -> Callable[[Record, list[str]], list[Any]]:
    program, options = encoding.pubkey(params[0]), encoding.config(params, 1)
    filters = options.get("filters") or []

    def react(record: Record, keys: list[str]) -> list[Any]:
        found = []
        for key in keys:
            account = bank.account(encoding.pubkey(key))
            if account is None or account.owner != program or account.executable:
                continue
            if all(encoding.passes(account, entry) for entry in filters):
                document = encoding.account_document(bank.vm, account, options)
                found.append({"pubkey": key, "account": document})
        return found

    return react


def _logs(bank: Bank, params: list[Any]) -> Callable[[Record, list[str]], list[Any]]:
    wanted = params[0]
    mentioned = None if wanted in ("all", "allWithVotes") else str(encoding.pubkey(wanted["mentions"][0]))

    def react(record: Record, keys: list[str]) -> list[Any]:
        if mentioned is not None and mentioned not in keys:
            return []
        return [{"signature": record.signature, "err": record.err, "logs": list(record.logs)}]

    return react


def _signature(bank: Bank, params: list[Any]) -> Callable[[Record, list[str]], list[Any]]:
    signature = params[0]
    return lambda record, keys: [{"err": record.err}] if record.signature == signature else []


def _nothing(bank: Bank, params: list[Any]) -> Callable[[Record, list[str]], list[Any]]:
    return lambda record, keys: []


_MAKERS: dict[str, Callable[[Bank, list[Any]], Callable[[Record, list[str]], list[Any]]]] = {
    "accountSubscribe": _account,
    "programSubscribe": _program,
    "logsSubscribe": _logs,
    "signatureSubscribe": _signature,
    "slotSubscribe": _nothing,
    "rootSubscribe": _nothing,
}
