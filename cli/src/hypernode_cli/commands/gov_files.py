"""Files of proposals: instructions as JSON, and the texts whose hashes are on chain."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from hypernode.chain.instruction import AccountMeta, Instruction
from hypernode.domain.types import parse_address
from hypernode.errors import DomainError, InvalidDocument
from hypernode_cli.context import Context

TEXTS = "proposals"
FORM = (
    '[{"program": ADDRESS, "accounts": [{"address": ADDRESS, "signer": false, "writable": true}],'
    ' "data": HEX}]'
)


def read_instructions(file: Path) -> list[Instruction]:
    """Read instructions from JSON, data in hex or base64."""
    try:
        entries = json.loads(file.read_bytes())
        return [_instruction(entry) for entry in (entries if isinstance(entries, list) else [entries])]
    except (ValueError, KeyError, TypeError, DomainError) as cause:
        raise InvalidDocument(str(file), f"no instructions: {cause!r}", fix=f"write {FORM}") from cause


def text_path(context: Context, description_hash: bytes) -> Path:
    """Return where this home keeps the text of a proposal, if it has it."""
    return context.home / TEXTS / f"{description_hash.hex()}.txt"


def _instruction(entry: dict[str, Any]) -> Instruction:
    metas = tuple(
        AccountMeta(parse_address(one["address"]), bool(one.get("signer")), bool(one.get("writable")))
        for one in entry["accounts"]
    )
    return Instruction(parse_address(entry["program"]), metas, _bytes(entry["data"]))


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return base64.b64decode(text, validate=True)
