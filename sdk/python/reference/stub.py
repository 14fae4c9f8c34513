"""Text of hypernode/sync.pyi: the classes of the SDK with every `async` taken out."""

from __future__ import annotations

import typing
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any

import hypernode.sync
from hypernode.client.blocking import Blocking
from hypernode.client.hypernode import Hypernode
from reference.members import Member, fields, members, write

HEAD = '''"""Types of `hypernode.sync`. Written by `python -m reference`; do not edit."""

{imports}

{classes}
'''


def render() -> str:
    """Return the whole stub."""
    faces = _faces()
    modules: set[str] = set()

    def name(kind: Any) -> str:
        if kind in faces:
            return faces[kind]
        if kind is AsyncIterator:
            kind = typing.get_origin(typing.Iterator[int])
        if kind is AbstractAsyncContextManager:
            modules.add("contextlib")
            return "contextlib.AbstractContextManager"
        if kind in (Any, typing.Self):
            modules.add("typing")
            return f"typing.{kind.__name__ if hasattr(kind, '__name__') else kind._name}"
        if kind.__module__ == "builtins":
            return str(kind.__name__)
        modules.add(kind.__module__)
        return f"{kind.__module__}.{kind.__name__}"

    def text(found: Any) -> str:
        written = write(found, name)
        if "Unpack[" in written:
            modules.add("typing")
            written = written.replace("Unpack[", "typing.Unpack[")
        if "Literal[" in written:
            modules.add("typing")
            written = written.replace("Literal[", "typing.Literal[")
        return written

    classes = [_class(target, faces[target], text) for target in sorted(faces, key=faces.__getitem__)]
    names = ", ".join(repr(name).replace("'", '"') for name in hypernode.sync.__all__)
    classes.append(f"__all__ = [{names}]")
    imports = "\n".join(f"import {module}" for module in sorted(modules))
    return HEAD.format(imports=imports, classes="\n\n".join(classes))


def _class(target: type[Any], name: str, text: Any) -> str:
    lines = [f"class {name}:"]
    if target is Hypernode:
        # Attributes that its constructor sets.
        lines += ["    jobs: Jobs", "    nodes: Nodes"]
    if hasattr(target, "__dataclass_fields__"):
        for field, kind in fields(target).items():
            lines += ["    @property", f"    def {field}(self) -> {text(kind)}: ..."]
    if target.__name__ == "Job":
        hints = typing.get_type_hints(target.__init__)
        lines += [f"    id: {text(hints['id'])}", f"    posted: {text(hints['posted'])}"]
    for member in members(target):
        lines += _member(member, text)
    return "\n".join(lines)


def _member(member: Member, text: Any) -> list[str]:
    returned = text(member.hints["return"])
    if member.kind == "property":
        return ["    @property", f"    def {member.name}(self) -> {returned}: ..."]
    first = "cls" if member.kind == "class method" else "self"
    parameters = ", ".join(filter(None, (first, member.parameters(text))))
    head = ["    @classmethod"] if first == "cls" else []
    return [*head, f"    def {member.name}({parameters}) -> {returned}: ..."]


def _faces() -> dict[type[Any], str]:
    for public in hypernode.sync.__all__:
        getattr(hypernode.sync, public)  # each is loaded when it is asked for
    return {Hypernode: "Hypernode"} | {target: face.__name__ for target, face in Blocking.FACES.items()}
