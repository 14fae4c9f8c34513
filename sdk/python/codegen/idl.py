"""Owns reading an Anchor IDL (spec 0.1.0) into values; refuses what the generator does not know."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SPEC = "0.1.0"


class UnknownIdl(Exception):
    """The IDL holds something this generator was not written for."""


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
class AccountSlot:
    """One account of an instruction; `address` is set where only one account can ever stand there."""

    name: str
    signer: bool
    writable: bool
    optional: bool
    address: str | None


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
        raise UnknownIdl(f"spec {document['metadata']['spec']}, not {SPEC}")
    types = {entry["name"]: _type_definition(entry) for entry in document.get("types", [])}
    return Idl(
        name=document["metadata"]["name"],
        address=document["address"],
        instructions=tuple(_instruction(entry) for entry in document["instructions"]),
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


def _instruction(entry: dict[str, Any]) -> InstructionDefinition:
    return InstructionDefinition(
        name=entry["name"],
        discriminator=bytes(entry["discriminator"]),
        accounts=tuple(_slot(account) for account in entry["accounts"]),
        args=tuple(_field(arg) for arg in entry["args"]),
        docs=tuple(entry.get("docs", [])),
    )


def _slot(entry: dict[str, Any]) -> AccountSlot:
    return AccountSlot(
        name=entry["name"],
        signer=entry.get("signer", False),
        writable=entry.get("writable", False),
        optional=entry.get("optional", False),
        address=_fixed_address(entry.get("address")),
    )


def _fixed_address(value: str | None) -> str | None:
    """A dotted value names a field of another account, which a caller must look up itself."""
    return None if value is None or "." in value else value
