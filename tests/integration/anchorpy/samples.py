"""Values of IDL types for tests, each with the bytes that a program expects, made from the IDL alone."""

from typing import Any

import base58

INTEGERS = {f"{sign}{bits}": (bits // 8, sign == "i") for sign in ("u", "i") for bits in (8, 16, 32, 64, 128)}
ADDRESS_BYTES = 32


class Sampler:
    """Maker of samples; neighbours differ, so that exchanged fields are noticed.

    A value is JSON: an address is base58, bytes are a list of numbers, a struct is an object.
    """

    def __init__(self, idl: dict[str, Any]) -> None:
        self._types = {entry["name"]: entry["type"] for entry in idl["types"]}
        self._next = 0

    def fields(self, fields: list[dict[str, Any]]) -> tuple[dict[str, Any], bytes]:
        samples = {field["name"]: self.of(field["type"]) for field in fields}
        values = {name: value for name, (value, _) in samples.items()}
        return values, b"".join(data for _, data in samples.values())

    def struct(self, name: str) -> tuple[Any, bytes]:
        body = self._types[name]
        return self.of(body["alias"]) if body["kind"] == "type" else self.fields(body["fields"])

    def of(self, inner: Any) -> tuple[Any, bytes]:
        match inner:
            case str():
                return self._scalar(inner)
            case {"defined": {"name": name}}:
                return self.struct(name)
            case {"array": [item, length]}:
                return self._items(item, length)
            case {"vec": item}:
                values, data = self._items(item, 2)
                return values, len(values).to_bytes(4, "little") + data
        raise AssertionError(f"no sample of {inner}")

    def _scalar(self, name: str) -> tuple[Any, bytes]:
        self._next = self._next % 100 + 1
        if name == "pubkey":
            data = bytes([self._next]) * ADDRESS_BYTES
            return base58.b58encode(data).decode(), data
        if name == "bool":
            return self._next % 2 == 1, bytes([self._next % 2])
        size, signed = INTEGERS[name]
        value = -self._next if signed else self._next
        return value, value.to_bytes(size, "little", signed=signed)

    def _items(self, item: Any, length: int) -> tuple[list[Any], bytes]:
        samples = [self.of(item) for _ in range(length)]
        return [value for value, _ in samples], b"".join(data for _, data in samples)
