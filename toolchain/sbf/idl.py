"""Assembly of an Anchor IDL (spec 0.1.0) from the sections that its generated tests print."""

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
            f"the IDL tests printed {len(programs)} programs, not 1: add the feature idl-build to the crate"
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
            raise ToolchainError(f"{kind} is not a known IDL section: add it to toolchain/sbf/idl.py")
    return idl


def _add_event(idl: dict[str, Any], section: dict[str, Any]) -> None:
    """Add an event and its types. Two events may carry the same type."""
    idl.setdefault("events", []).append(section["event"])
    known = {defined["name"] for defined in idl.setdefault("types", [])}
    idl["types"] += [defined for defined in section["types"] if defined["name"] not in known]
