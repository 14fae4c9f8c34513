"""Decoder of instructions: program, call, accounts and values by their names in the programs' IDL."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypernode.chain import addresses, loader, programs
from hypernode.chain.instruction import Instruction
from hypernode.chain.layout import LayoutError, Reader
from hypernode.domain.types import Address

_TAG_BYTES = 8
_UNSIGNED = {"u8": 1, "u16": 2, "u32": 4, "u64": 8, "u128": 16}
_SIGNED = {"i8": 1, "i16": 2, "i32": 4, "i64": 8}
# The token program's instructions that move tokens: number, name, accounts.
_TOKEN_CALLS: dict[int, tuple[str, tuple[str, ...]]] = {
    3: ("transfer", ("source", "destination", "owner")),
    7: ("mint_to", ("mint", "account", "authority")),
    8: ("burn", ("account", "mint", "owner")),
}


@dataclass(frozen=True)
class Call:
    """One instruction in names; `values` is None for a program or an instruction that is not known."""

    program: str
    name: str
    values: Mapping[str, Any] | None
    accounts: tuple[tuple[str, Address], ...]

    def __str__(self) -> str:
        values = (self.values or {}).items()
        return " ".join((self.program, self.name, *(f"{name}={_text(value)}" for name, value in values)))


def decode_call(instruction: Instruction) -> Call:
    """Return an instruction in names, or with its raw bytes where it cannot be decoded."""
    try:
        return _known(instruction) or _unknown(instruction)
    except LayoutError:
        return _unknown(instruction)


def _known(instruction: Instruction) -> Call | None:
    if instruction.program == addresses.UPGRADEABLE_LOADER:
        return _loader_call(instruction)
    if instruction.program == addresses.TOKEN_PROGRAM:
        return _token_call(instruction)
    for program, document in _documents().items():
        if document["address"] == instruction.program:
            return _own_call(program, document, instruction)
    return None


def _loader_call(instruction: Instruction) -> Call | None:
    name = loader.CALLS.get(int.from_bytes(instruction.data[:4], "little"))
    return None if name is None else _call("loader", name, {}, loader.CALL_ACCOUNTS[name], instruction)


def _token_call(instruction: Instruction) -> Call | None:
    read = Reader(instruction.data)
    name, names = _TOKEN_CALLS.get(read.unsigned(1), (None, ()))
    if name is None:
        return None
    amount = read.unsigned(8)
    read.finish()
    return _call("token", name, {"amount": amount}, names, instruction)


def _own_call(program: str, document: dict[str, Any], instruction: Instruction) -> Call | None:
    for entry in document["instructions"]:
        if instruction.data.startswith(bytes(entry["discriminator"])):
            names = tuple(account["name"] for account in entry["accounts"])
            values = _values(entry, document, instruction.data)
            return _call(program, entry["name"], values, names, instruction)
    return None


def _values(entry: dict[str, Any], document: dict[str, Any], data: bytes) -> dict[str, Any]:
    types = {found["name"]: found["type"] for found in document["types"]}
    read = Reader(data[_TAG_BYTES:])
    values = {argument["name"]: _value(read, argument["type"], types) for argument in entry["args"]}
    read.finish()
    # A struct that is the only argument is shown by its fields.
    inner = next(iter(values.values())) if len(values) == 1 else None
    return inner if isinstance(inner, dict) else values


def _value(read: Reader, kind: Any, types: dict[str, Any]) -> Any:
    match kind:
        case str():
            return _plain(read, kind)
        case {"vec": "u8"}:
            return read.blob().hex()
        case {"vec": inner}:
            return [_value(read, inner, types) for _ in range(read.unsigned(4))]
        case {"array": ["u8", int(count)]}:
            return read.raw(count).hex()
        case {"array": [inner, int(count)]}:
            return [_value(read, inner, types) for _ in range(count)]
        case {"defined": {"name": str(name)}}:
            return {field["name"]: _value(read, field["type"], types) for field in types[name]["fields"]}
    raise LayoutError(f"no reader for {kind}")


def _plain(read: Reader, kind: str) -> Any:
    if kind in _UNSIGNED:
        return read.unsigned(_UNSIGNED[kind])
    if kind in _SIGNED:
        return read.signed(_SIGNED[kind])
    if kind == "bool":
        return read.boolean()
    if kind == "pubkey":
        return read.address()
    raise LayoutError(f"no reader for {kind}")


def _call(
    program: str, name: str, values: dict[str, Any], names: tuple[str, ...], instruction: Instruction
) -> Call:
    metas = instruction.accounts
    named = (*names, *(f"account_{number}" for number in range(len(names), len(metas))))
    return Call(program, name, values, tuple(zip(named, (meta.address for meta in metas), strict=False)))


def _unknown(instruction: Instruction) -> Call:
    accounts = tuple((f"account_{number}", meta.address) for number, meta in enumerate(instruction.accounts))
    return Call(instruction.program, f"unknown instruction {instruction.data.hex()}", None, accounts)


def _text(value: Any) -> str:
    return "[" + ", ".join(map(_text, value)) + "]" if isinstance(value, list) else str(value)


@cache
def _documents() -> dict[str, dict[str, Any]]:
    return {name: programs.idl(name) for name in programs.NAMES}
