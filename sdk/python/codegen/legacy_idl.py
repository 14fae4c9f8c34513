"""Converter of IDLs (spec 0.1.0) into the older shape that anchorpy reads: `… legacy_idl [--check]`.

The older shape has no discriminators, fixed addresses or aliases: its readers compute the first from names.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from codegen.idl import SPEC, UnknownIdl
from hypernode.chain.programs import artifacts

DISCRIMINATOR_BYTES = 8
FOLDER = "legacy"

Node = dict[str, Any]


def convert(idl: Node) -> Node:
    """Return the document in the older shape; raises `UnknownIdl` for what that shape cannot say."""
    if idl["metadata"]["spec"] != SPEC:
        raise UnknownIdl(f"spec {idl['metadata']['spec']}; expected {SPEC}")
    types = {entry["name"]: entry for entry in idl.get("types", [])}
    aliases = {
        name: entry["type"]["alias"] for name, entry in types.items() if entry["type"]["kind"] == "type"
    }
    accounts = _named("account", idl.get("accounts", []))
    events = _named("event", idl.get("events", []))
    plain = [name for name in types if name not in {*aliases, *accounts, *events}]
    _named("global", idl["instructions"])
    return {
        "version": idl["metadata"]["version"],
        "name": idl["metadata"]["name"],
        "instructions": [_instruction(entry, aliases) for entry in idl["instructions"]],
        "accounts": [_struct(types[name], aliases) for name in accounts],
        "types": [_struct(types[name], aliases) for name in plain],
        "events": [_event(types[name], aliases) for name in events],
        "errors": [
            {"code": entry["code"], "name": entry["name"], "msg": entry.get("msg", entry["name"])}
            for entry in idl.get("errors", [])
        ],
        "metadata": {"address": idl["address"]},
    }


def _named(namespace: str, entries: list[Node]) -> list[str]:
    """Return the names, each of which must give its discriminator by the rule of the older shape."""
    for entry in entries:
        digest = hashlib.sha256(f"{namespace}:{entry['name']}".encode()).digest()
        if bytes(entry["discriminator"]) != digest[:DISCRIMINATOR_BYTES]:
            raise UnknownIdl(f"the discriminator of {entry['name']} does not follow from its name")
    return [entry["name"] for entry in entries]


def _instruction(entry: Node, aliases: Node) -> Node:
    return {
        "name": _camel_case(entry["name"]),
        **_docs(entry),
        "accounts": [_slot(slot) for slot in entry["accounts"]],
        "args": [_field(arg, aliases) for arg in entry["args"]],
    }


def _slot(slot: Node) -> Node:
    optional = {"isOptional": True} if slot.get("optional") else {}
    return {
        "name": _camel_case(slot["name"]),
        "isMut": slot.get("writable", False),
        "isSigner": slot.get("signer", False),
        **optional,
        **_docs(slot),
    }


def _struct(entry: Node, aliases: Node) -> Node:
    if entry["type"]["kind"] != "struct":
        raise UnknownIdl(f"{entry['name']} is a {entry['type']['kind']}; expected a struct")
    fields = [_field(field, aliases) for field in entry["type"].get("fields", [])]
    return {"name": entry["name"], **_docs(entry), "type": {"kind": "struct", "fields": fields}}


def _event(entry: Node, aliases: Node) -> Node:
    fields = _struct(entry, aliases)["type"]["fields"]
    return {"name": entry["name"], "fields": [{**_without_docs(field), "index": False} for field in fields]}


def _field(field: Node, aliases: Node) -> Node:
    return {"name": _camel_case(field["name"]), **_docs(field), "type": _type(field["type"], aliases)}


def _type(inner: Any, aliases: Node) -> Any:
    match inner:
        case "pubkey":
            return "publicKey"
        case str():
            return inner
        case {"defined": {"name": name, "generics": _}}:
            raise UnknownIdl(f"{name} is generic")
        case {"defined": {"name": name}}:
            return _type(aliases[name], aliases) if name in aliases else {"defined": name}
        case {"array": [item, length]}:
            return {"array": [_type(item, aliases), length]}
        case {"vec": "u8"}:
            return "bytes"
        case {"vec": item}:
            return {"vec": _type(item, aliases)}
        case {"option": item}:
            return {"option": _type(item, aliases)}
    raise UnknownIdl(f"type {inner}")


def _docs(entry: Node) -> Node:
    return {"docs": entry["docs"]} if entry.get("docs") else {}


def _without_docs(field: Node) -> Node:
    return {key: value for key, value in field.items() if key != "docs"}


def _camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="legacy_idl", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is out of date")
    parser.add_argument("--idl", type=Path, default=None, help="folder of IDL files")
    options = parser.parse_args(arguments)
    folder: Path = options.idl or artifacts() / "idl"
    wanted = {
        path.name: json.dumps(convert(json.loads(path.read_text())), indent=1) + "\n"
        for path in sorted(folder.glob("*.json"))
    }
    out = folder / FOLDER
    present = {path.name: path.read_text() for path in out.glob("*.json")}
    stale = sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))
    if options.check:
        if stale:
            sys.stderr.write(f"stale: {', '.join(stale)} in {out}; run `make generate`\n")
        return 1 if stale else 0
    out.mkdir(exist_ok=True)
    for name in stale:
        if name in wanted:
            (out / name).write_text(wanted[name])
        else:
            (out / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
