"""Owns the assembly of an Anchor IDL (spec 0.1.0) from the sections that its generated tests print."""

import json
import re
from typing import Any

from .errors import ToolchainError

_SECTION = re.compile(r"^--- IDL begin (\w+) ---\n(.*?)\n--- IDL end \1 ---$", re.DOTALL | re.MULTILINE)


def assemble(printed: str) -> dict[str, Any]:
    sections = _SECTION.findall(printed)
    programs = [json.loads(body) for kind, body in sections if kind == "program"]
    if len(programs) != 1:
        raise ToolchainError(
            f"the IDL tests printed {len(programs)} programs: is the feature idl-build there?"
        )
    idl: dict[str, Any] = programs[0]
    for kind, body in sections:
        if kind == "address":
            idl["address"] = body.strip()
        elif kind == "errors":
            idl.setdefault("errors", []).extend(json.loads(body))
        elif kind == "event":
            _add_event(idl, json.loads(body))
        elif kind == "const":
            idl.setdefault("constants", []).append(json.loads(body))
        elif kind != "program":
            raise ToolchainError(f"unknown IDL section {kind}: Anchor prints more than this assembles")
    return idl


def _add_event(idl: dict[str, Any], section: dict[str, Any]) -> None:
    """Two events may bring the same type along."""
    idl.setdefault("events", []).append(section["event"])
    known = {defined["name"] for defined in idl.setdefault("types", [])}
    idl["types"] += [defined for defined in section["types"] if defined["name"] not in known]
