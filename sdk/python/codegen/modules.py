"""Owns the generated modules as a whole: what they import, their order, their formatting."""

import subprocess
import sys

from codegen.builders import render_builder, render_discriminators, render_slots
from codegen.enums import DOMAIN_MODULES, domain_enum
from codegen.idl import Enum, ErrorDefinition, Idl, Struct
from codegen.lowering import Lowering
from codegen.structs import render_account, render_enum, render_event, render_plain

HEADER = '''"""Owns the typed client of the {name} program{part}. Written by `make generate`."""
'''


def render_client(idl: Idl, foreign: frozenset[str] = frozenset()) -> str:
    """Write a program's client; accounts that it only reads are `foreign`, and in their own program's."""
    lowering = Lowering(idl)
    accounts = [(name, tag) for name, tag in idl.accounts if name not in foreign]
    outer = {name for name, _ in (*idl.accounts, *idl.events)}
    plain = [
        definition
        for name, definition in idl.types.items()
        if name not in outer and domain_enum(name) is None
    ]
    body = [
        f'\nPROGRAM_ID: Final = Address("{idl.address}")\n',
        *(render_enum(definition) for definition in plain if isinstance(definition, Enum)),
        *(render_plain(definition, lowering) for definition in plain if isinstance(definition, Struct)),
        *(render_account(idl, name, tag, lowering) for name, tag in accounts),
        *(render_event(idl, name, tag, lowering) for name, tag in idl.events),
        *(render_builder(definition, lowering) for definition in idl.instructions),
        _table("ACCOUNT_TYPES", "type[ProgramAccount]", [name for name, _ in accounts]),
        _table("EVENT_TYPES", "type[Event]", [name for name, _ in idl.events]),
        render_discriminators(idl.instructions),
        render_slots(idl.instructions),
    ]
    return _formatted(HEADER.format(name=idl.name, part="") + _client_imports() + "\n".join(body))


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


def _client_imports() -> str:
    """Import whatever a client may need; the formatting drops what this one does not."""
    domain = [f"from {module} import {name}" for name, module in sorted(DOMAIN_MODULES.items())]
    lines = [
        "from collections.abc import Mapping, Sequence",
        "from dataclasses import dataclass",
        "from enum import IntEnum",
        "from typing import ClassVar, Final, Self",
        "",
        "from hypernode.chain import layout",
        "from hypernode.chain.instruction import AccountMeta, Instruction, absent_or",
        "from hypernode.chain.layout import Event, ProgramAccount, Reader",
        *domain,
        "from hypernode.domain.types import Address",
    ]
    return "\n".join(lines) + "\n"


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
