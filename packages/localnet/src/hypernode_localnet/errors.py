"""JSON-RPC errors with the numbers and documents of a Solana node."""

from __future__ import annotations

from typing import Any

from hypernode.errors import ChainError

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
PREFLIGHT_FAILURE = -32002
SIGNATURE_VERIFICATION_FAILURE = -32003
BLOCK_NOT_AVAILABLE = -32004
SLOT_SKIPPED = -32007
UNSUPPORTED_TRANSACTION_VERSION = -32015


class RpcFault(ChainError):
    """Answer a request with an error object; `number` is its JSON-RPC code."""

    def __init__(self, number: int, detail: str, data: Any = None) -> None:
        super().__init__(detail)
        self.number = number
        self.data = data

    def to_document(self) -> dict[str, Any]:
        document: dict[str, Any] = {"code": self.number, "message": self.detail}
        if self.data is not None:
            document["data"] = self.data
        return document


def invalid_params(detail: str) -> RpcFault:
    return RpcFault(INVALID_PARAMS, detail)
