"""Owns saying what an instruction is: its program, its name and its typed arguments, where we know them."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypernode.chain.addresses import UPGRADEABLE_LOADER
from hypernode.chain.codegen.idl import Alias, Enum, Idl, InstructionDefinition, parse
from hypernode.chain.layout import LayoutError, Reader
from hypernode.chain.programs import NAMES, idl
from hypernode.domain.types import Address

LOADER_NAME = "upgradeable_loader"
# What a proposal of kind Upgrade may hold: the loader numbers its instructions with a u32.
_LOADER: Mapping[int, str] = {
    3: "upgrade",
    4: "set_authority",
    6: "extend_program",
    7: "set_authority_checked",
}
_SIZES = {f"{sign}{8 * size}": (sign, size) for sign in "ui" for size in (1, 2, 4, 8, 16)}
# Wider integers lose digits in a JSON reader that knows only doubles.
_PLAIN_BYTES = 4


@dataclass(frozen=True)
class Described:
    """Null where it is not known: another program, or bytes that are not what its IDL says."""

    program: str | None = None
    name: str | None = None
    arguments: dict[str, Any] | None = None
    accounts: tuple[str, ...] = ()


def describe(program: Address, data: bytes) -> Described:
    """Decode an instruction's data; integers of 64 bits and more are decimal strings, bytes are hex."""
    if program == UPGRADEABLE_LOADER:
        number = struct.unpack_from("<I", data)[0] if len(data) >= struct.calcsize("<I") else None
        return Described(LOADER_NAME, _LOADER.get(number) if number is not None else None)
    known = _known().get(program)
    if known is None:
        return Described()
    found = next((one for one in known.instructions if data.startswith(one.discriminator)), None)
    if found is None:
        return Described(known.name)
    accounts = tuple(slot.name for slot in found.accounts)
    return Described(known.name, found.name, _arguments(known, found, data), accounts)


@cache
def _known() -> dict[Address, Idl]:
    found = (parse(idl(name)) for name in NAMES)
    return {Address(one.address): one for one in found}


def _arguments(known: Idl, definition: InstructionDefinition, data: bytes) -> dict[str, Any] | None:
    try:
        reader = Reader.after(definition.discriminator, data)
        values = {field.name: _value(known, field.type, reader) for field in definition.args}
        reader.finish()
    except LayoutError:
        return None
    return values


def _value(known: Idl, kind: Any, reader: Reader) -> Any:
    if isinstance(kind, str):
        return _scalar(kind, reader)
    if kind == {"vec": "u8"}:
        return reader.blob().hex()
    if "vec" in kind:
        return [_value(known, kind["vec"], reader) for _ in range(reader.unsigned(4))]
    if "array" in kind:
        item, size = kind["array"]
        return reader.raw(size).hex() if item == "u8" else [_value(known, item, reader) for _ in range(size)]
    if "defined" in kind:
        return _defined(known, kind["defined"]["name"], reader)
    raise LayoutError(f"{kind} is no type that an argument has")


def _defined(known: Idl, name: str, reader: Reader) -> Any:
    definition = known.types[name]
    if isinstance(definition, Enum):
        number = reader.unsigned(1)
        if number >= len(definition.variants):
            raise LayoutError(f"{number} is no {name}")
        return definition.variants[number]
    if isinstance(definition, Alias):
        return _value(known, definition.type, reader)
    return {field.name: _value(known, field.type, reader) for field in definition.fields}


def _scalar(kind: str, reader: Reader) -> Any:
    if kind == "pubkey":
        return reader.address()
    if kind == "bool":
        return reader.boolean()
    if kind == "bytes":
        return reader.blob().hex()
    if kind not in _SIZES:
        raise LayoutError(f"{kind} is no type that an argument has")
    sign, size = _SIZES[kind]
    number = reader.unsigned(size) if sign == "u" else reader.signed(size)
    return number if size <= _PLAIN_BYTES else str(number)
