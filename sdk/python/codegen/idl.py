"""Reader of an Anchor IDL (spec 0.1.0); it refuses what the generator does not support."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SPEC = "0.1.0"


class UnknownIdl(Exception):
    """The IDL holds something that this generator does not support."""


@dataclass(frozen=True)
class Field:
    name: str
    type: Any
    docs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Struct:
    name: str
    fields: tuple[Field, ...]
    docs: tuple[str, ...]


@dataclass(frozen=True)
class Enum:
    name: str
    variants: tuple[str, ...]
    docs: tuple[str, ...]


@dataclass(frozen=True)
class Alias:
    name: str
    type: Any


TypeDefinition = Struct | Enum | Alias


@dataclass(frozen=True)
class Seed:
    """One seed of a derived address: fixed bytes, or what an argument, account or account's field holds."""

    value: bytes | None
    name: str = ""
    type: Any = None
    account: bool = False


@dataclass(frozen=True)
class Pda:
    """How an account's address is derived; `program` is None for the program of the IDL itself."""

    seeds: tuple[Seed, ...]
    program: bytes | None


@dataclass(frozen=True)
class AccountSlot:
    """One account of an instruction.

    `address` is set where the instruction accepts only one account. `related` means that another account
    names this one, so only that account's data gives the address.
    """

    name: str
    signer: bool
    writable: bool
    optional: bool
    related: bool
    address: str | None
    pda: Pda | None


@dataclass(frozen=True)
class InstructionDefinition:
    name: str
    discriminator: bytes
    accounts: tuple[AccountSlot, ...]
    args: tuple[Field, ...]
    docs: tuple[str, ...]


@dataclass(frozen=True)
class ErrorDefinition:
    code: int
    name: str
    message: str


@dataclass(frozen=True)
class Idl:
    name: str
    address: str
    instructions: tuple[InstructionDefinition, ...]
    accounts: tuple[tuple[str, bytes], ...]
    events: tuple[tuple[str, bytes], ...]
    types: dict[str, TypeDefinition]
    errors: tuple[ErrorDefinition, ...]


def load(path: Path) -> Idl:
    return parse(json.loads(path.read_text()))


def parse(document: dict[str, Any]) -> Idl:
    if document["metadata"]["spec"] != SPEC:
        raise UnknownIdl(f"spec {document['metadata']['spec']} is not supported; expected {SPEC}")
    types = {entry["name"]: _type_definition(entry) for entry in document.get("types", [])}
    return Idl(
        name=document["metadata"]["name"],
        address=document["address"],
        instructions=tuple(_instruction(entry, types) for entry in document["instructions"]),
        accounts=_discriminated(document.get("accounts", [])),
        events=_discriminated(document.get("events", [])),
        types=types,
        errors=tuple(
            ErrorDefinition(entry["code"], entry["name"], entry.get("msg", entry["name"]))
            for entry in document.get("errors", [])
        ),
    )


def _discriminated(entries: list[dict[str, Any]]) -> tuple[tuple[str, bytes], ...]:
    return tuple((entry["name"], bytes(entry["discriminator"])) for entry in entries)


def _type_definition(entry: dict[str, Any]) -> TypeDefinition:
    name, body, docs = entry["name"], entry["type"], tuple(entry.get("docs", []))
    if body["kind"] == "struct":
        return Struct(name, tuple(_field(field) for field in body.get("fields", [])), docs)
    if body["kind"] == "enum":
        if any(variant.get("fields") for variant in body["variants"]):
            raise UnknownIdl(f"{name} has variants with fields")
        return Enum(name, tuple(variant["name"] for variant in body["variants"]), docs)
    if body["kind"] == "type":
        return Alias(name, body["alias"])
    raise UnknownIdl(f"{name} is a {body['kind']}")


def _field(entry: dict[str, Any]) -> Field:
    return Field(entry["name"], entry["type"], tuple(entry.get("docs", [])))


def _instruction(entry: dict[str, Any], types: dict[str, TypeDefinition]) -> InstructionDefinition:
    args = tuple(_field(arg) for arg in entry["args"])
    return InstructionDefinition(
        name=entry["name"],
        discriminator=bytes(entry["discriminator"]),
        accounts=tuple(_slot(account, args, types) for account in entry["accounts"]),
        args=args,
        docs=tuple(entry.get("docs", [])),
    )


def _slot(entry: dict[str, Any], args: tuple[Field, ...], types: dict[str, TypeDefinition]) -> AccountSlot:
    return AccountSlot(
        name=entry["name"],
        signer=entry.get("signer", False),
        writable=entry.get("writable", False),
        optional=entry.get("optional", False),
        related=bool(entry.get("relations")),
        address=_fixed_address(entry.get("address")),
        pda=_pda(entry["pda"], args, types) if "pda" in entry else None,
    )


def _fixed_address(value: str | None) -> str | None:
    """Return the address; a dotted value names a field of another account, which the caller must read."""
    return None if value is None or "." in value else value


def _pda(entry: dict[str, Any], args: tuple[Field, ...], types: dict[str, TypeDefinition]) -> Pda:
    program = entry.get("program")
    if program is not None and program["kind"] != "const":
        raise UnknownIdl(f"a derived address of the program in {program['kind']} {program.get('path')}")
    seeds = tuple(_seed(seed, args, types) for seed in entry["seeds"])
    return Pda(seeds, None if program is None else bytes(program["value"]))


def _seed(entry: dict[str, Any], args: tuple[Field, ...], types: dict[str, TypeDefinition]) -> Seed:
    if entry["kind"] == "const":
        return Seed(bytes(entry["value"]))
    path = entry["path"]
    if entry["kind"] == "account" and "." not in path:
        return Seed(None, path, "pubkey", account=True)
    fields = args if entry["kind"] == "arg" else _fields_of(entry["account"], types)
    for field in fields:
        if field.name == path.rpartition(".")[2]:
            return Seed(None, path.replace(".", "_"), field.type)
    raise UnknownIdl(f"seed {path}")


def _fields_of(name: str, types: dict[str, TypeDefinition]) -> tuple[Field, ...]:
    definition = types.get(name)
    return definition.fields if isinstance(definition, Struct) else ()
