"""Table of RPC methods: functions of the bank and the parameters, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypernode_localnet.bank import Bank
from hypernode_localnet.errors import METHOD_NOT_FOUND, RpcFault, invalid_params

Method = Callable[[Bank, list[Any]], Any]

# The node version whose answers these methods copy.
API_VERSION = "3.0.0"


class Methods:
    """Registry of methods."""

    def __init__(self) -> None:
        self._table: dict[str, tuple[Method, int]] = {}

    def method(self, name: str, *, required: int = 0) -> Callable[[Method], Method]:
        """Register a method that needs `required` parameters."""

        def register(run: Method) -> Method:
            self._table[name] = (run, required)
            return run

        return register

    @property
    def names(self) -> list[str]:
        return sorted(self._table)

    def include(self, other: Methods) -> None:
        self._table.update(other._table)

    def call(self, bank: Bank, name: str, params: list[Any]) -> Any:
        if name not in self._table:
            raise RpcFault(METHOD_NOT_FOUND, "Method not found")
        run, required = self._table[name]
        if len(params) < required:
            raise invalid_params("`params` should have at least 1 argument(s)")
        try:
            return run(bank, params)
        except (KeyError, TypeError, ValueError, OverflowError) as cause:
            raise invalid_params(f"Invalid params: {cause}") from cause


def with_context(bank: Bank, value: Any) -> dict[str, Any]:
    return {"context": {"apiVersion": API_VERSION, "slot": bank.slot}, "value": value}
