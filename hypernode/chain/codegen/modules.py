"""Owns the generated modules as a whole: what they import, their order, their formatting."""

import subprocess
import sys

from hypernode.chain.codegen.builders import render_builder, render_discriminators, render_slots
from hypernode.chain.codegen.enums import DOMAIN_MODULES, FIELD_ENUMS
from hypernode.chain.codegen.idl import Enum, ErrorDefinition, Idl, Struct
from hypernode.chain.codegen.lowering import Lowering, domain_imports
from hypernode.chain.codegen.structs import render_account, render_enum, render_event, render_plain

HEADER = '''"""Owns the typed client of the {name} program{part}. Written by `make generate`."""
'''


def render_client(idl: Idl) -> str:
    lowering = Lowering(idl)
    outer = {name for name, _ in (*idl.accounts, *idl.events)}
    plain = [definition for name, definition in idl.types.items() if name not in outer]
    body = [
        f'\nPROGRAM_ID: Final = Address("{idl.address}")\n',
        *(render_enum(definition) for definition in plain if isinstance(definition, Enum)),
        *(render_plain(definition, lowering) for definition in plain if isinstance(definition, Struct)),
        *(render_account(idl, name, tag, lowering) for name, tag in idl.accounts),
        *(render_event(idl, name, tag, lowering) for name, tag in idl.events),
        *(render_builder(definition, lowering) for definition in idl.instructions),
        _table("ACCOUNT_TYPES", "type[ProgramAccount]", [name for name, _ in idl.accounts]),
        _table("EVENT_TYPES", "type[Event]", [name for name, _ in idl.events]),
        render_discriminators(idl.instructions),
        render_slots(idl.instructions),
    ]
    return _formatted(HEADER.format(name=idl.name, part="") + _client_imports(idl) + "\n".join(body))


def render_errors(idl: Idl) -> str:
    classes = "\n".join(_error_class(definition) for definition in idl.errors)
    numbers = "".join(f"{definition.code}: {definition.name}," for definition in idl.errors)
    text = f"""
from collections.abc import Mapping
from typing import Final

from hypernode.chain.refusal import Refusal
from hypernode.domain.types import Address

PROGRAM_ID: Final = Address("{idl.address}")

{classes}

BY_NUMBER: Final[Mapping[int, type[Refusal]]] = {{{numbers}}}
"""
    return _formatted(HEADER.format(name=idl.name, part="'s errors") + text)


def _error_class(definition: ErrorDefinition) -> str:
    return f'''
class {definition.name}(Refusal):
    """{definition.message}"""

    PROGRAM = PROGRAM_ID
    NUMBER = {definition.code}
'''


def _table(name: str, element: str, entries: list[str]) -> str:
    return f"\n{name}: Final[tuple[{element}, ...]] = ({''.join(f'{entry},' for entry in entries)})\n"


def _client_imports(idl: Idl) -> str:
    domain: dict[str, set[str]] = domain_imports(_enums_in_use(idl))
    domain.setdefault("hypernode.domain.types", set()).add("Address")
    own_enums = any(isinstance(item, Enum) and item.name not in DOMAIN_MODULES for item in idl.types.values())
    optional = any(slot.optional for item in idl.instructions for slot in item.accounts)
    vectors = any(isinstance(arg.type, dict) for item in idl.instructions for arg in item.args)
    absent = ", absent_or" if optional else ""
    sequence = ", Sequence" if vectors else ""
    lines = [
        f"from collections.abc import Mapping{sequence}",
        "from dataclasses import dataclass",
        *(["from enum import IntEnum"] if own_enums else []),
        "from typing import ClassVar, Final, Self",
        "",
        "from hypernode.chain import layout",
        f"from hypernode.chain.instruction import AccountMeta, Instruction{absent}",
        "from hypernode.chain.layout import Event, ProgramAccount, Reader",
        *(f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(domain.items())),
    ]
    return "\n".join(lines) + "\n"


def _enums_in_use(idl: Idl) -> set[str]:
    fields = {
        (item.name, field.name)
        for item in idl.types.values()
        if isinstance(item, Struct)
        for field in item.fields
    }
    args = {(item.name, arg.name) for item in idl.instructions for arg in item.args}
    named = {FIELD_ENUMS[key] for key in fields | args if key in FIELD_ENUMS}
    return named | {name for name in idl.types if name in DOMAIN_MODULES}


def _formatted(source: str) -> str:
    """Let ruff drop the imports that this program does not use and lay out the rest."""
    for command in (["check", "--select=F401,I", "--fix", "--quiet"], ["format", "--line-length=110"]):
        source = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", "--stdin-filename=generated.py", "-"],
            input=source,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    return source
