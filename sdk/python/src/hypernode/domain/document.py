"""Strict reader of documents: each member once, of its exact type and range, and none unknown."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

import base58

from hypernode.domain.canonical import MAX_SAFE_INTEGER
from hypernode.domain.money import U64_MAX
from hypernode.domain.types import Address, parse_address
from hypernode.errors import InvalidAddress, InvalidDocument

HASH_BYTES = 32
SIGNATURE_BYTES = 64
U8_MAX = 2**8 - 1
U32_MAX = 2**32 - 1
Member = TypeVar("Member", bound=Enum)
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,19}")


class DocumentReader:
    """Take members off a document one by one; `finish` refuses whatever is left."""

    def __init__(
        self, document: Any, *, error: type[InvalidDocument] = InvalidDocument, path: str = ""
    ) -> None:
        self._error = error
        self._path = path
        if not isinstance(document, Mapping):
            raise error(path or "document", "must be a JSON object")
        self._members = dict(document)

    def refuse(self, name: str, detail: str, *, fix: str | None = None) -> InvalidDocument:
        return self._error(self._at(name), detail, fix=fix)

    def kind(self, expected: str) -> None:
        """Check the member that separates the hash domains of documents."""
        if self.text("type") != expected:
            raise self.refuse("type", f"must be {expected!r}")

    def text(self, name: str) -> str:
        value = self._take(name)
        if not isinstance(value, str):
            raise self.refuse(name, "must be a string")
        return value

    def integer(self, name: str, low: int = 0, high: int = MAX_SAFE_INTEGER) -> int:
        value = self._take(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.refuse(name, "must be an integer")
        if not low <= value <= high:
            raise self.refuse(name, f"must lie between {low} and {high}, not {value}")
        return value

    def flag(self, name: str) -> bool:
        value = self._take(name)
        if not isinstance(value, bool):
            raise self.refuse(name, "must be true or false")
        return value

    def u64(self, name: str) -> int:
        text = self.text(name)
        if _DECIMAL.fullmatch(text) is None or int(text) > U64_MAX:
            raise self.refuse(name, "must be a u64 as a decimal string without leading zeros")
        return int(text)

    def digest(self, name: str) -> bytes:
        return self._decoded(name, self.text(name), HASH_BYTES, "must be")

    def is_null(self, name: str) -> bool:
        """Take a member that is null and return True; leave any other where it is."""
        if name not in self._members or self._members[name] is not None:
            return False
        del self._members[name]
        return True

    def hex(self, name: str, size: int) -> bytes:
        """Take `size` bytes in lower-case hex."""
        return self._decoded(name, self._take(name), size, "must be")

    def optional_hex(self, name: str, size: int) -> bytes | None:
        """Take null, or `size` bytes in lower-case hex."""
        return None if self.is_null(name) else self._decoded(name, self._take(name), size, "must be null or")

    def named(self, name: str, kind: type[Member]) -> Member:
        """Take the lower-case name of a member of an enum."""
        text = self.text(name)
        for member in kind:
            if member.name.lower() == text:
                return member
        names = ", ".join(member.name.lower() for member in kind)
        raise self.refuse(name, f"must be one of {names}")

    def address(self, name: str) -> Address:
        text = self.text(name)
        try:
            return parse_address(text)
        except InvalidAddress as cause:
            raise self.refuse(name, cause.detail) from cause

    def addresses(self, name: str) -> tuple[Address, ...]:
        """Take a list of addresses."""
        texts = self.texts(name)
        places = DocumentReader(
            {f"{name}[{index}]": text for index, text in enumerate(texts)}, error=self._error, path=self._path
        )
        return tuple(places.address(f"{name}[{index}]") for index in range(len(texts)))

    def signature(self, name: str) -> str:
        """Take a transaction's signature: the base58 form of 64 bytes."""
        text = self.text(name)
        try:
            raw = base58.b58decode(text)
        except ValueError:
            raw = b""
        if len(raw) != SIGNATURE_BYTES or base58.b58encode(raw).decode() != text:
            raise self.refuse(name, f"must be base58 of {SIGNATURE_BYTES} bytes")
        return text

    def mapping(self, name: str) -> dict[str, Any]:
        """Take an object of another document, as it is."""
        value = self._take(name)
        if not isinstance(value, Mapping):
            raise self.refuse(name, "must be a JSON object")
        return dict(value)

    def items(self, name: str) -> list[Any]:
        value = self._take(name)
        if not isinstance(value, list):
            raise self.refuse(name, "must be a list")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        items = self.items(name)
        for index, item in enumerate(items):
            if not isinstance(item, str):
                raise self.refuse(f"{name}[{index}]", "must be a string")
        return tuple(items)

    def object(self, name: str) -> "DocumentReader":
        return DocumentReader(self._take(name), error=self._error, path=self._at(name))

    def objects(self, name: str) -> list["DocumentReader"]:
        return [
            DocumentReader(item, error=self._error, path=self._at(f"{name}[{index}]"))
            for index, item in enumerate(self.items(name))
        ]

    def strings(self) -> dict[str, str]:
        """Take all that is left as a map of strings."""
        names = list(self._members)
        return {name: self.text(name) for name in names}

    def finish(self) -> None:
        for name in sorted(map(str, self._members)):
            raise self.refuse(name, "is not a known member", fix="remove it or correct its spelling")

    def _decoded(self, name: str, value: Any, size: int, must: str) -> bytes:
        try:
            raw = bytes.fromhex(value) if isinstance(value, str) else b""
        except ValueError:
            raw = b""
        if len(raw) != size or raw.hex() != value:
            raise self.refuse(name, f"{must} {2 * size} lower-case hex digits")
        return raw

    def _take(self, name: str) -> Any:
        try:
            return self._members.pop(name)
        except KeyError:
            raise self.refuse(name, "is missing") from None

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name
