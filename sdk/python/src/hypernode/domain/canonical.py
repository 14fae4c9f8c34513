"""The encoding of documents: RFC 8785 JSON, whose SHA-256 is hash and blob address."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import rfc8785

from hypernode.errors import InvalidDocument

# RFC 8785 numbers are IEEE doubles: larger integers travel as decimal strings.
MAX_SAFE_INTEGER = 2**53 - 1


def canonical_bytes(document: Mapping[str, Any]) -> bytes:
    """Encode a document; floats are refused because two languages may print them differently."""
    try:
        _refuse_floats("document", document)
        return rfc8785.dumps(dict(document))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as cause:
        raise InvalidDocument("document", f"has no canonical form: {cause}") from cause
    except RecursionError:
        raise InvalidDocument("document", "is nested too deeply") from None


def canonical_hash(document: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(canonical_bytes(document)).digest()


def parse_canonical(data: bytes) -> dict[str, Any]:
    """Read a document back; any other spelling of it is refused, as it would have another hash."""
    document = parse_json(data)
    if canonical_bytes(document) != data:
        raise InvalidDocument(
            "document",
            "is not in canonical form",
            fix="send the RFC 8785 bytes unchanged",
        )
    return document


def parse_json(data: bytes) -> dict[str, Any]:
    """Read a JSON object in any spelling; one that names a member twice is refused."""
    try:
        document = json.loads(data, object_pairs_hook=_unique_members)
    except (ValueError, RecursionError) as cause:
        raise InvalidDocument("document", f"is not JSON: {cause}") from cause
    if not isinstance(document, dict):
        raise InvalidDocument("document", "must be a JSON object")
    return document


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise InvalidDocument("document", "names a member twice")
    return members


def _refuse_floats(field: str, value: object) -> None:
    if isinstance(value, float):
        raise InvalidDocument(field, "must not be a fraction", fix="use an integer or a decimal string")
    if isinstance(value, Mapping):
        for name, member in value.items():
            _refuse_floats(f"{field}.{name}", member)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _refuse_floats(f"{field}[{index}]", item)
