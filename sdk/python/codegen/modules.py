"""The generated package of one program: its modules, their imports and their formatting."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from codegen.builders import render_builder, render_discriminators, render_slots
from codegen.derivations import derivations, render_addresses
from codegen.enums import DOMAIN_MODULES, domain_enum
from codegen.idl import Enum, ErrorDefinition, Idl, Struct
from codegen.lowering import Lowering
from codegen.structs import render_account, render_enum, render_event, render_plain

HEADER = '"""{title} of the {name} program. Written by `make generate`."""\n'
# Every module imports what any of them may need; the formatting drops what this one does not use.
IMPORTS = """
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Final, Self

from hypernode.chain import layout, record
from hypernode.chain.derivation import derive
from hypernode.chain.instruction import AccountMeta, Instruction, absent_or
from hypernode.chain.layout import Event, ProgramAccount, Reader
from hypernode.chain.refusal import Refusal
from hypernode.domain.types import Address
""" + "".join(f"from {module} import {name}\n" for name, module in sorted(DOMAIN_MODULES.items()))


def render_package(idl: Idl, foreign: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return a program's modules by file name; the accounts in `foreign` belong to another program."""
    lowering = Lowering(idl)
    accounts = [(name, tag) for name, tag in idl.accounts if name not in foreign]
    types = _plain_types(idl)
    own = "from . import addresses\nfrom .addresses import PROGRAM_ID\n"
    own += f"from .types import {', '.join(types)}\n" if types else ""
    bodies = {
        "addresses": ("Addresses", render_addresses(idl, lowering)),
        "types": ("Types", "\n".join(_render_type(types[name], lowering) for name in types)),
        "accounts": ("Accounts", own + _accounts(idl, accounts, lowering)),
        "events": ("Events", own + _events(idl, lowering)),
        "instructions": ("Instructions", own + _instructions(idl, lowering)),
        "errors": ("Errors", own + _errors(idl)),
    }
    modules = {
        f"{name}.py": HEADER.format(title=title, name=idl.name) + IMPORTS + body
        for name, (title, body) in bodies.items()
    }
    names = {
        "addresses": ["PROGRAM_ID"],
        "types": list(types),
        "accounts": ["ACCOUNT_TYPES", *(name for name, _ in accounts)],
        "events": ["EVENT_TYPES", *(name for name, _ in idl.events)],
        "instructions": ["ACCOUNTS", "INSTRUCTIONS", *(entry.name for entry in idl.instructions)],
    }
    return {"__init__.py": _package(idl, names), **modules}


def formatted(modules: dict[str, str]) -> dict[str, str]:
    """Return the modules as ruff lays them out, without the imports that they do not use."""
    commands = (
        [
            "check",
            "--select=F401,I",
            "--fix",
            "--quiet",
            "--config=lint.isort.known-first-party=['hypernode']",
        ],
        ["format", "--line-length=110", "--quiet"],
    )
    with TemporaryDirectory() as name:
        for path, text in modules.items():
            (Path(name) / path).parent.mkdir(exist_ok=True)
            (Path(name) / path).write_text(text)
        for command in commands:
            subprocess.run([sys.executable, "-m", "ruff", *command, "--isolated", name], check=True)
        return {path: (Path(name) / path).read_text() for path in modules}


def _package(idl: Idl, names: dict[str, list[str]]) -> str:
    imports = "".join(
        f"from .{module} import {', '.join(found)}\n" for module, found in names.items() if found
    )
    everything = sorted(["addresses", *(name for found in names.values() for name in found)])
    return (
        HEADER.format(title="Client", name=idl.name)
        + f"from . import addresses\n{imports}\n__all__ = [{''.join(f'{name!r},' for name in everything)}]\n"
    )


def _plain_types(idl: Idl) -> dict[str, Enum | Struct]:
    """Return the types that are neither an account nor an event nor the domain's; enums first."""
    outer = {name for name, _ in (*idl.accounts, *idl.events)}
    plain = [
        definition
        for name, definition in idl.types.items()
        if isinstance(definition, Enum | Struct) and name not in outer and domain_enum(name) is None
    ]
    return {found.name: found for found in sorted(plain, key=lambda found: isinstance(found, Struct))}


def _render_type(definition: Enum | Struct, lowering: Lowering) -> str:
    return render_enum(definition) if isinstance(definition, Enum) else render_plain(definition, lowering)


def _accounts(idl: Idl, accounts: list[tuple[str, bytes]], lowering: Lowering) -> str:
    classes = [render_account(idl, name, tag, lowering) for name, tag in accounts]
    return "\n".join(
        [*classes, _table("ACCOUNT_TYPES", "type[ProgramAccount]", [name for name, _ in accounts])]
    )


def _events(idl: Idl, lowering: Lowering) -> str:
    classes = [render_event(idl, name, tag, lowering) for name, tag in idl.events]
    return "\n".join([*classes, _table("EVENT_TYPES", "type[Event]", [name for name, _ in idl.events])])


def _instructions(idl: Idl, lowering: Lowering) -> str:
    derived = derivations(idl)
    builders = [render_builder(definition, derived, lowering) for definition in idl.instructions]
    return "\n".join([*builders, render_discriminators(idl.instructions), render_slots(idl.instructions)])


def _errors(idl: Idl) -> str:
    classes = "\n".join(_error_class(definition) for definition in idl.errors)
    numbers = "".join(f"{definition.code}: {definition.name}," for definition in idl.errors)
    return f"{classes}\n\nBY_NUMBER: Final[Mapping[int, type[Refusal]]] = {{{numbers}}}\n"


def _error_class(definition: ErrorDefinition) -> str:
    return f'''
class {definition.name}(Refusal):
    """{definition.message}"""

    PROGRAM = PROGRAM_ID
    NUMBER = {definition.code}
'''


def _table(name: str, element: str, entries: list[str]) -> str:
    return f"\n{name}: Final[tuple[{element}, ...]] = ({''.join(f'{entry},' for entry in entries)})\n"
