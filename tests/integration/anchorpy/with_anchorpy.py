"""Process in an environment of its own: build instructions and decode accounts with anchorpy.

Standard input is JSON, by program: the IDL in the older shape, values for each instruction, data of accounts.
Standard output is JSON, by program: the instructions that were built and the accounts that were decoded.
"""

import dataclasses
import json
import sys
from typing import Any

from anchorpy import Context, Program, Provider, Wallet
from anchorpy_core.idl import Idl
from pyheck import snake
from solana.rpc.async_api import AsyncClient
from solders.instruction import Instruction
from solders.pubkey import Pubkey


def main() -> None:
    request = json.load(sys.stdin)
    json.dump({name: answer(part) for name, part in request.items()}, sys.stdout)


def answer(part: dict[str, Any]) -> dict[str, Any]:
    idl = part["idl"]
    # Nothing is sent: the provider is only what the constructor asks for.
    provider = Provider(AsyncClient(), Wallet.dummy())
    address = Pubkey.from_string(idl["metadata"]["address"])
    program = Program(Idl.from_json(json.dumps(idl)), address, provider)
    kinds = {entry["name"]: fields_of(entry) for entry in idl["types"]}
    return {
        "instructions": {
            entry["name"]: shown(build(program, kinds, entry, part["values"][entry["name"]]))
            for entry in idl["instructions"]
        },
        "accounts": [decoded(program, bytes.fromhex(data)) for data in part["accounts"]],
    }


def fields_of(entry: dict[str, Any]) -> dict[str, Any]:
    return {snake(field["name"]): field["type"] for field in entry["type"]["fields"]}


def build(program: Any, kinds: dict[str, Any], entry: dict[str, Any], values: dict[str, Any]) -> Instruction:
    arguments = [typed(kinds, arg["type"], values["args"][snake(arg["name"])]) for arg in entry["args"]]
    accounts = {name: Pubkey.from_string(address) for name, address in values["accounts"].items()}
    found: Instruction = program.instruction[snake(entry["name"])](*arguments, ctx=Context(accounts=accounts))
    return found


def typed(kinds: dict[str, Any], kind: Any, value: Any) -> Any:
    """Return a JSON value as anchorpy takes it for this type of the IDL.

    A struct is a dict: anchorpy deep-copies its own dataclasses, which addresses of solders 0.26 refuse.
    """
    match kind:
        case "publicKey":
            return Pubkey.from_string(value)
        case "bytes":
            return bytes(value)
        case {"defined": name}:
            return {field: typed(kinds, kinds[name][field], each) for field, each in value.items()}
        case {"array": [item, _]} | {"vec": item}:
            return [typed(kinds, item, each) for each in value]
    return value


def shown(instruction: Instruction) -> dict[str, Any]:
    metas = [[str(meta.pubkey), meta.is_signer, meta.is_writable] for meta in instruction.accounts]
    return {
        "program": str(instruction.program_id),
        "data": bytes(instruction.data).hex(),
        "accounts": metas,
    }


def decoded(program: Any, data: bytes) -> dict[str, Any]:
    found = program.coder.accounts.parse(data)
    return {"name": found.name, "fields": plain(found.data)}


def plain(value: Any) -> Any:
    """Return a decoded value as JSON; anchorpy adds `_` to a field whose name is a keyword of Python."""
    if dataclasses.is_dataclass(value):
        return {name.removesuffix("_"): plain(each) for name, each in vars(value).items() if name[0] != "_"}
    if isinstance(value, Pubkey):
        return str(value)
    if isinstance(value, list | tuple | bytes):
        return [plain(each) for each in value]
    return value


if __name__ == "__main__":
    main()
