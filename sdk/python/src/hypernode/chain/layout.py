"""Byte layout of program data: little-endian, no padding, addresses as base58."""

from enum import IntEnum
from typing import Any, ClassVar, Self, TypeVar

from base58 import b58encode

from hypernode.chain.record import Record
from hypernode.domain.types import ADDRESS_BYTES, Address, address_bytes, address_of
from hypernode.errors import ChainError

Member = TypeVar("Member", bound=IntEnum)


class LayoutError(ChainError):
    """Bytes that their type does not allow, or a value that its type cannot hold."""


class Reader:
    """Take typed values from the front of some bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @classmethod
    def after(cls, discriminator: bytes, data: bytes) -> Self:
        """Return a reader that starts behind the discriminator; refuse data without it."""
        if not data.startswith(discriminator):
            raise LayoutError(f"expected discriminator {discriminator.hex()}, found {data[:8].hex()}")
        reader = cls(data)
        reader._at = len(discriminator)
        return reader

    def raw(self, size: int) -> bytes:
        end = self._at + size
        if end > len(self._data):
            raise LayoutError(f"{len(self._data)} bytes end before byte {end}")
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def unsigned(self, size: int) -> int:
        return int.from_bytes(self.raw(size), "little")

    def signed(self, size: int) -> int:
        return int.from_bytes(self.raw(size), "little", signed=True)

    def member(self, enum: type[Member], size: int) -> Member:
        value = self.unsigned(size)
        try:
            return enum(value)
        except ValueError as error:
            raise LayoutError(f"{value} is not a valid {enum.__name__}") from error

    def boolean(self) -> bool:
        value = self.unsigned(1)
        if value > 1:
            raise LayoutError(f"{value} is not a valid boolean; expected 0 or 1")
        return value == 1

    def address(self) -> Address:
        return address_of(self.raw(ADDRESS_BYTES))

    def blob(self) -> bytes:
        return self.raw(self.unsigned(4))

    def text(self) -> str:
        try:
            return self.blob().decode()
        except UnicodeDecodeError as error:
            raise LayoutError("text is not UTF-8") from error

    def finish(self) -> None:
        """Refuse bytes after the last field."""
        if self._at != len(self._data):
            raise LayoutError(f"{len(self._data) - self._at} bytes follow the last field")


def unsigned(value: int, size: int) -> bytes:
    return _integer(value, size, signed=False)


def signed(value: int, size: int) -> bytes:
    return _integer(value, size, signed=True)


def _integer(value: int, size: int, *, signed: bool) -> bytes:
    if not isinstance(value, int) or isinstance(value, bool):
        raise LayoutError(f"{value!r} is not an integer; amounts are integers of base units")
    try:
        return int(value).to_bytes(size, "little", signed=signed)
    except OverflowError as error:
        raise LayoutError(f"{value} does not fit into {size} bytes") from error


def boolean(value: bool) -> bytes:
    return b"\x01" if value else b"\x00"


def address(value: Address) -> bytes:
    return address_bytes(value)


def raw(value: bytes, size: int) -> bytes:
    if len(value) != size:
        raise LayoutError(f"expected {size} bytes, got {len(value)}")
    return bytes(value)


def blob(value: bytes) -> bytes:
    return unsigned(len(value), 4) + bytes(value)


def sequence(items: list[bytes], length: int) -> bytes:
    """Return the elements of an array; refuse any other count than its length."""
    if len(items) != length:
        raise LayoutError(f"expected {length} elements, got {len(items)}")
    return b"".join(items)


def vector(items: list[bytes]) -> bytes:
    return unsigned(len(items), 4) + b"".join(items)


class ProgramAccount(Record):
    """Base of every account that one of our programs owns."""

    PROGRAM: ClassVar[Address]
    DISCRIMINATOR: ClassVar[bytes]
    SIZE: ClassVar[int]
    # Offset and bytes of each field.
    PLACES: ClassVar[dict[str, tuple[int, int]]]

    @classmethod
    def decode(cls, data: bytes) -> Self:
        raise NotImplementedError

    @classmethod
    def filters(cls, **equal: Address | int) -> list[dict[str, Any]]:
        """Return filters of JSON-RPC's `getProgramAccounts`: this type, and fields equal to these values."""
        places = {cls.PLACES[name]: value for name, value in equal.items()}
        wanted = [(0, cls.DISCRIMINATOR)]
        for (offset, size), value in places.items():
            wanted.append((offset, unsigned(value, size) if isinstance(value, int) else address_bytes(value)))
        return [
            {"dataSize": cls.SIZE},
            *({"memcmp": {"offset": at, "bytes": b58encode(data).decode()}} for at, data in wanted),
        ]

    def encode(self) -> bytes:
        raise NotImplementedError


class Event(Record):
    """Base of every event that one of our programs emits."""

    PROGRAM: ClassVar[Address]
    DISCRIMINATOR: ClassVar[bytes]

    @classmethod
    def decode(cls, data: bytes) -> Self:
        raise NotImplementedError

    @property
    def name(self) -> str:
        return type(self).__name__
