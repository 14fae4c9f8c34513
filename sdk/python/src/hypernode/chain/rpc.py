"""Client of JSON-RPC over HTTP: one call, its errors, and which calls may be repeated."""

import base64
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt

from hypernode.blobs import HTTP_LIMITS
from hypernode.chain.batch import RawAccount
from hypernode.domain.backoff import Backoff
from hypernode.domain.types import Address
from hypernode.errors import ChainError, RpcUnavailable

COMMITMENT = "confirmed"
READ_ATTEMPTS = 4
TIMEOUT_SECONDS = 15.0
LONGEST_RETRY_AFTER = 10.0
# What a JSON-RPC server may answer per page of signatures, and per page of accounts.
SIGNATURE_PAGE = 1_000
ACCOUNT_PAGE = 100

_BACKOFF = Backoff(first=0.1, longest=2.0)
_TOO_MANY_REQUESTS = 429
_SERVER_FAULT = 500


class RpcRefused(ChainError):
    """The node answered with a JSON-RPC error; `data` holds the simulation where there was one."""

    def __init__(self, number: int, detail: str, data: Any = None) -> None:
        super().__init__(f"{detail} ({number})")
        self.number = number
        self.data = data


class RpcBusy(RpcUnavailable):
    """The node answered that it cannot serve now; `retry_after` is the pause in seconds that it asked for."""

    def __init__(self, detail: str, retry_after: float = 0.0) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Blockhash:
    """A recent block hash, and the block height after which a transaction that names it is dead."""

    hash: str
    last_valid_block_height: int


class Rpc:
    """Ask one node. Reads repeat on failure; a transaction is sent by its caller's own rules."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client = client
        self._url = url
        self._ids = count(1)

    @classmethod
    def open(cls, url: str) -> "Rpc":
        return cls(httpx.AsyncClient(timeout=TIMEOUT_SECONDS, limits=HTTP_LIMITS), url)

    async def close(self) -> None:
        await self._client.aclose()

    async def call(self, method: str, *params: Any) -> Any:
        """Make one call, once."""
        request = {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": list(params)}
        try:
            response = await self._client.post(self._url, json=request)
        except httpx.HTTPError as error:
            raise RpcUnavailable(f"{self._url}: {type(error).__name__} {error}".rstrip()) from error
        if response.status_code == _TOO_MANY_REQUESTS or response.status_code >= _SERVER_FAULT:
            raise RpcBusy(f"{self._url}: HTTP {response.status_code}", _seconds_asked(response))
        try:
            answer = response.json()
        except ValueError as error:
            raise RpcUnavailable(f"{self._url}: the answer is not JSON") from error
        if not isinstance(answer, dict) or ("result" not in answer and "error" not in answer):
            raise RpcUnavailable(f"{self._url}: the answer is not JSON-RPC")
        if "error" in answer:
            refusal = answer["error"]
            raise RpcRefused(refusal.get("code", 0), refusal.get("message", ""), refusal.get("data"))
        return answer["result"]

    async def read(self, method: str, *params: Any) -> Any:
        """Make a call that changes nothing, and repeat it while the node does not answer."""
        attempts = AsyncRetrying(
            retry=retry_if_exception_type(RpcUnavailable),
            stop=stop_after_attempt(READ_ATTEMPTS),
            wait=_pause,
            reraise=True,
        )
        return await attempts(self.call, method, *params)

    async def account(self, address: Address) -> RawAccount | None:
        value = (await self.read("getAccountInfo", address, _encoded()))["value"]
        return None if value is None else _account(value)

    async def accounts(self, addresses: list[Address]) -> dict[Address, RawAccount | None]:
        values: list[Any] = []
        for start in range(0, len(addresses), ACCOUNT_PAGE):
            page = addresses[start : start + ACCOUNT_PAGE]
            values += (await self.read("getMultipleAccounts", page, _encoded()))["value"]
        found = (None if value is None else _account(value) for value in values)
        return dict(zip(addresses, found, strict=True))

    async def program_accounts(
        self, program: Address, filters: list[dict[str, Any]]
    ) -> dict[Address, RawAccount]:
        entries = await self.read("getProgramAccounts", program, {**_encoded(), "filters": filters})
        return {Address(entry["pubkey"]): _account(entry["account"]) for entry in entries}

    async def balance(self, address: Address) -> int:
        answer = await self.read("getBalance", address, {"commitment": COMMITMENT})
        return int(answer["value"])

    async def genesis_hash(self) -> str:
        return str(await self.read("getGenesisHash"))

    async def block_height(self) -> int:
        return int(await self.read("getBlockHeight", {"commitment": COMMITMENT}))

    async def latest_blockhash(self) -> Blockhash:
        value = (await self.read("getLatestBlockhash", {"commitment": COMMITMENT}))["value"]
        return Blockhash(value["blockhash"], int(value["lastValidBlockHeight"]))

    async def send(self, transaction: str, *, preflight: bool = True) -> str:
        options = {"encoding": "base64", "skipPreflight": not preflight, "preflightCommitment": COMMITMENT}
        return str(await self.call("sendTransaction", transaction, options))

    async def signature_status(self, signature: str) -> dict[str, Any] | None:
        answer = await self.read("getSignatureStatuses", [signature], {"searchTransactionHistory": True})
        status: dict[str, Any] | None = answer["value"][0]
        return status

    async def signatures(
        self, address: Address, until: str | None, before: str | None
    ) -> list[dict[str, Any]]:
        """Return one page, newest first, of what touched an address after `until` and before `before`."""
        options: dict[str, Any] = {"commitment": COMMITMENT, "limit": SIGNATURE_PAGE}
        if until is not None:
            options["until"] = until
        if before is not None:
            options["before"] = before
        page: list[dict[str, Any]] = await self.read("getSignaturesForAddress", address, options)
        return page

    async def transaction(self, signature: str) -> dict[str, Any] | None:
        options = {"encoding": "base64", "commitment": COMMITMENT, "maxSupportedTransactionVersion": 0}
        found: dict[str, Any] | None = await self.read("getTransaction", signature, options)
        return found


def _pause(state: RetryCallState) -> float:
    """Return a pause that doubles and is spread at random, but at least what the node asked for."""
    fault = None if state.outcome is None else state.outcome.exception()
    asked = fault.retry_after if isinstance(fault, RpcBusy) else 0.0
    return max(asked, _BACKOFF(state.attempt_number))


def _seconds_asked(response: httpx.Response) -> float:
    """Return the seconds of `Retry-After`, at most what a read may be held up; 0 for a date or nothing."""
    text = response.headers.get("retry-after", "")
    return min(float(text), LONGEST_RETRY_AFTER) if text.isdecimal() else 0.0


def _encoded() -> dict[str, Any]:
    return {"encoding": "base64", "commitment": COMMITMENT}


def _account(value: dict[str, Any]) -> RawAccount:
    return RawAccount(Address(value["owner"]), int(value["lamports"]), base64.b64decode(value["data"][0]))
